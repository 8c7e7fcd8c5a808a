"""Takes the feed from a queue of its own at the broker: CloudEvents in binary mode. Needs pika (Debian: python3-pika)."""

import ssl
import sys

import pika

from eperfect import ask

# The password is shown once, and each asking makes a new one: keep it. What lies in the queue stays there.
at = ask("POST", "/queue", {})
connection = pika.BlockingConnection(pika.ConnectionParameters(
    host=at["host"],
    port=at["port"],
    virtual_host=at["virtualHost"],
    credentials=pika.PlainCredentials(at["user"], at["password"]),
    ssl_options=pika.SSLOptions(ssl.create_default_context(), at["host"]) if at["tls"] else None,
))
channel = connection.channel()
channel.basic_qos(prefetch_count=50)


def receive(channel, method, properties, body):
    told = properties.headers
    print(told["cloudEvents:position"], told["cloudEvents:type"], told["cloudEvents:id"], body.decode(), flush=True)
    channel.basic_ack(method.delivery_tag)  # after what the event asks for


channel.basic_consume(at["queue"], receive)
print("Waiting. What another program took before does not come again; a test event comes at once.", file=sys.stderr)
channel.start_consuming()
