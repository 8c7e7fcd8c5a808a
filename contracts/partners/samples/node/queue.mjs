// Takes the feed from a queue of its own at the broker: CloudEvents in binary mode.
import amqp from 'amqplib'
import { CloudEvent } from 'cloudevents'
import { ask } from './eperfect.mjs'

// The password is shown once, and each asking makes a new one: keep it. What lies in the queue stays there.
const at = await ask('POST', '/queue', {})
const connection = await amqp.connect({
  protocol: at.tls ? 'amqps' : 'amqp',
  hostname: at.host,
  port: at.port,
  vhost: at.virtualHost,
  username: at.user,
  password: at.password
})
const channel = await connection.createChannel()
await channel.prefetch(50)
await channel.consume(at.queue, message => {
  if (message === null) process.exit(1) // the queue is gone: the agreement ended
  const attributes = Object.entries(message.properties.headers)
    .filter(([name]) => name.startsWith('cloudEvents:'))
    .map(([name, value]) => [name.slice('cloudEvents:'.length), value])
  const event = new CloudEvent({
    ...Object.fromEntries(attributes),
    datacontenttype: message.properties.contentType,
    data: JSON.parse(message.content.toString())
  })
  console.log(event.position, event.type, event.id, JSON.stringify(event.data))
  channel.ack(message) // after what the event asks for
})
console.error('Waiting. What another program took before does not come again; a test event comes at once.')
