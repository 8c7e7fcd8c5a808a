"""Takes the feed by asking. Where it stopped is in the file `position`: killed anywhere, it goes on from there."""

import json
import pathlib

from eperfect import ask

position = pathlib.Path("position")
after = position.read_text() if position.exists() else None
while True:
    # Waits up to 20 seconds for something to happen.
    page = ask("GET", "/feed?wait=20" + ("" if after is None else f"&after={after}"))
    for event in page["events"]:
        print(event["position"], event["type"], event["id"], json.dumps(event["data"]), flush=True)
    # First what the events ask for, then the place: done twice is better than not at all, and ids tell it.
    after = page["next"]
    draft = position.with_suffix(".new")
    draft.write_text(str(after))
    draft.replace(position)
