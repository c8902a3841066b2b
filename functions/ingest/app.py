"""The inbound queue → one message in one conversation."""

from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from heartline import batches, bootstrap


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take in raw Twilio events and S3 notifications of raw mail."""
    return batches.each(event, take_in)


def take_in(event: dict[str, Any]) -> None:
    """Tell by its form what an event is; S3 sends a test event when the notification is set up."""
    if event.get("source") == "twilio":
        bootstrap.text_intake()(event)
    elif event.get("Event") != "s3:TestEvent":
        for record in event["Records"]:
            key = unquote_plus(record["s3"]["object"]["key"])
            bootstrap.mail_intake()(key, datetime.fromisoformat(record["eventTime"]))
