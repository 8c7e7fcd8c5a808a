"""Knows who its customers are: decrypts what is for its key alone, and does and acknowledges what it owes them."""

import json
import os
from datetime import datetime

from jwcrypto import jwe, jwk  # Debian: python3-jwcrypto

from eperfect import ask

key = jwk.JWK.from_json(os.environ["PARTNER_KEY"])
customers = {}  # in real life: in your database, with the position in the same transaction
told = {}  # when it was so: the right value may come before the correction


def opened(value):
    token = jwe.JWE()
    token.deserialize(value["jwe"], key)
    return json.loads(token.payload)


def take(event):
    kind, subject, data = event["type"], event["subject"], event["data"]
    if kind == "com.eperfect.customer.shared.v1":
        customers.setdefault(subject, {}).update({member: opened(value) for member, value in data.items()})
        told.update({(subject, member): datetime.fromisoformat(event["time"]) for member in data})
    elif kind == "com.eperfect.customer.rectified.v1":
        for member in data["corrected"]:
            if (subject, member) in told and told[subject, member] < datetime.fromisoformat(data["rectifiedAt"]):
                customers[subject].pop(member, None)
    elif kind in ("com.eperfect.customer.sharing-withdrawn.v1", "com.eperfect.customer.erased.v1"):
        customers.pop(subject, None)
    else:
        return
    # Acknowledged when it is done, not before; again does no harm.
    if ".shared." not in kind:
        ask("POST", "/acknowledgements", {"eventId": event["id"]})
    print(kind, subject, json.dumps(customers.get(subject)), flush=True)


after = None
while True:
    page = ask("GET", "/feed?wait=20" + ("" if after is None else f"&after={after}"))
    for one in page["events"]:
        take(one)
    after = page["next"]
