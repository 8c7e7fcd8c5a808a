"""Has the feed posted to it. PUBLIC_URL is where the platform reaches this program; PORT is where it listens.

Verifies by hand, for it is short: base64(HMAC-SHA256(key, "{id}.{timestamp}.{body}")), see standardwebhooks.com. There
are libraries.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from eperfect import ask

TOLERANCE = 5 * 60
key = b""
seen = set()  # in real life: in your database, in one transaction with what the event makes you do


def is_signed(headers, body):
    message_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > TOLERANCE:
        return False  # an old one, sent again by somebody else
    digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(digest).decode()
    return any(hmac.compare_digest(expected, one) for one in headers["webhook-signature"].split(" "))


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if not is_signed(self.headers, body):
            return self.answer(401)
        event = json.loads(body)
        if event["id"] not in seen:
            print(event["position"], event["type"], event["id"], json.dumps(event["data"]), flush=True)
        seen.add(event["id"])
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Receiver)
ask("PUT", "/webhook", {"url": os.environ["PUBLIC_URL"]})
# Shown once: keep it. Here a new one is made at each start, and the one before signs along for a day.
key = base64.b64decode(ask("POST", "/webhook/secret", {})["secret"].removeprefix("whsec_"))
threading.Thread(target=server.serve_forever).start()
print("Waiting. What another program took before does not come again; a test event comes at once.", file=sys.stderr)
