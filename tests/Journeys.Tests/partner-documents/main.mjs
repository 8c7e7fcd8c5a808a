// A partner's developer who trusts nothing but the documents: hears events, a line of JSON each, and tells of each whether it is
// a CloudEvent whose data its own `dataschema` allows. Begins with the platform's AsyncAPI document.
import { createInterface } from 'node:readline'
import { Parser } from '@asyncapi/parser'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { CloudEvent } from 'cloudevents'

const [home] = process.argv.slice(2)
const tell = (step, facts) => console.log(JSON.stringify({ step, ...facts }))

const { document, diagnostics } = await new Parser().parse(await (await fetch(`${home}api/partners/asyncapi.json`)).text())
tell('parsed', {
  errors: diagnostics.filter(found => found.severity === 0).map(found => `${found.path.join('.')}: ${found.message}`),
  version: document?.version(),
  messages: document?.allMessages().all().map(message => message.id())
})

const ajv = addFormats(new Ajv({ strict: true, allErrors: true, keywords: ['x-data-category'] }))
for await (const line of createInterface({ input: process.stdin })) {
  const event = new CloudEvent(JSON.parse(line)) // throws, unless it is one
  const schema = await (await fetch(event.dataschema)).json()
  // What nobody described would pass otherwise.
  const allows = ajv.getSchema(schema.$id) ?? ajv.compile({ ...schema, additionalProperties: false })
  tell(allows(event.data) ? 'allowed' : 'refused', { type: event.type, errors: allows.errors })
}
