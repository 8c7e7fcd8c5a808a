// Has the feed posted to it. PUBLIC_URL is where the platform reaches this program; PORT is where it listens.
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { ask } from './eperfect.mjs'

const seen = new Set() // in real life: in your database, in one transaction with what the event makes you do
let verifier

const server = createServer((request, response) => {
  let body = ''
  request.on('data', part => (body += part))
  request.on('end', () => {
    try {
      const event = verifier.verify(body, request.headers)
      if (!seen.has(event.id)) console.log(event.position, event.type, event.id, JSON.stringify(event.data))
      seen.add(event.id)
      response.writeHead(204).end()
    } catch {
      response.writeHead(401).end()
    }
  })
})

server.listen(process.env.PORT ?? 8080, async () => {
  await ask('PUT', '/webhook', { url: process.env.PUBLIC_URL })
  // Shown once: keep it. Here a new one is made at each start, and the one before signs along for a day.
  verifier = new Webhook((await ask('POST', '/webhook/secret', {})).secret)
  console.error('Waiting. What another program took before does not come again; a test event comes at once.')
})
