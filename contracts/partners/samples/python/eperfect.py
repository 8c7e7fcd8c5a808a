"""How a partner's program signs in and asks: client credentials, and a bearer token that lives ten minutes."""

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

_token, _until = "", 0.0


def _send(request):
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                body = answer.read()
                return json.loads(body) if body else None
        except urllib.error.HTTPError as refusal:
            # RFC 9457: `code` is stable, `detail` is for people.
            if refusal.code not in (429, 502, 503, 504):
                raise SystemExit(f"{refusal.code} {refusal.read().decode()}") from None
            # Too much, or away for the moment: the same again, under the same key, once it may be.
            time.sleep(float(refusal.headers.get("Retry-After", 5)))


def _bearer():
    global _token, _until
    if time.time() >= _until:
        told = _send(urllib.request.Request(
            os.environ["EPERFECT"] + "/connect/token",
            urllib.parse.urlencode({
                "grant_type": "client_credentials",
                "client_id": os.environ["CLIENT_ID"],
                "client_secret": os.environ["CLIENT_SECRET"],
                "scope": "partner:feed",
            }).encode()))
        _token, _until = told["access_token"], time.time() + told["expires_in"] - 60
    return _token


def ask(method, path, body=None):
    """Asks the platform."""
    headers = {"Authorization": f"Bearer {_bearer()}"}
    if method != "GET":
        headers |= {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    return _send(urllib.request.Request(
        os.environ["EPERFECT"] + "/api/partners" + path, data, headers, method=method))
