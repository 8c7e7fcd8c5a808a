// A partner's endpoint, to be killed: verifies what is posted, notes it in a file, and only then says that it has it.
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const [port, file, secret] = process.argv.slice(2)
const webhook = new Webhook(secret)

const server = createServer(async (request, response) => {
  try {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const { id, subject, sequence, position } = webhook.verify(Buffer.concat(chunks).toString(), request.headers)
    appendFileSync(file, JSON.stringify({ id, subject, sequence, position }) + '\n')
    response.writeHead(204).end()
  } catch {
    response.writeHead(400).end()
  }
})

server.listen(Number(port), '127.0.0.1', () =>
  console.log(JSON.stringify({ step: 'listening' })))
