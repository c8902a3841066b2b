"""The inbound queue → one message in one conversation."""

from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from heartline import batches, bootstrap
from heartline.bootstrap import ledger
from heartline.domain.errors import Invalid


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take in raw Twilio events, S3 notifications of raw mail, and what a person released or replays."""
    return batches.each(event, take_in)


def take_in(event: dict[str, Any]) -> None:
    """Tell by its form what an event is; S3 sends a test event when the notification is set up."""
    match event:
        case {"source": "twilio", "body": body}:
            bootstrap.twilio_intake(body)(event)
        case {"source": "held", "id": held_id}:
            ledger.release()(held_id)
        case {"source": "replay", "held": held_id}:
            ledger.release().owned(held_id)
        case {"source": "replay", "key": key, "at": at, "run": run}:
            ledger.mail_record().again(key, datetime.fromisoformat(at), run=run)
        case {"Records": records}:
            for record in records:
                key = unquote_plus(record["s3"]["object"]["key"])
                ledger.mail_record()(key, datetime.fromisoformat(record["eventTime"]))
        case {"Event": "s3:TestEvent"}:
            return
        case _:
            raise Invalid("Nothing of ours sends an event of this form.")
