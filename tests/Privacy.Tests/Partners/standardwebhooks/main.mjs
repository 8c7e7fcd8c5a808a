// A receiver on the reference library of Standard Webhooks. It hears what was posted, a line of JSON each, and tells of each
// whether it verifies.
import { createInterface } from 'node:readline'
import { Webhook } from 'standardwebhooks'

const tell = (step, facts) => console.log(JSON.stringify({ step, ...facts }))

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body } = JSON.parse(line)
  try {
    const event = new Webhook(secret).verify(body, headers)
    tell('verified', { id: event.id, type: event.type })
  } catch (error) {
    tell('refused', { error: error.name })
  }
}
