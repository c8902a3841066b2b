"""Looks into the inbound queue's dead letters without taking them out: which events gave up."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from heartline.channels.twilio.texts import event_of

HIDDEN_SECONDS = 60
"""How long a letter that was looked at is not shown again, should nobody put it back: long enough to see each once."""


def dead_events(url: str) -> frozenset[str]:
    """The ids of the events in a dead-letter queue, as the ledger knows them."""
    return frozenset(event for letter in _letters(url) for event in events_of(letter))


def events_of(letter: Any) -> Iterator[str]:
    """What a message of the inbound queue is about."""
    match letter:
        case {"source": "twilio", "body": body}:
            yield event_of(body)
        case {"source": "replay", "key": key}:
            yield key
        case {"Records": records}:
            yield from (unquote_plus(record["s3"]["object"]["key"]) for record in records)


def _letters(url: str) -> list[Any]:
    """Every letter once; then all are put back in sight."""
    import boto3

    sqs, seen = boto3.client("sqs"), []
    while True:
        answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=HIDDEN_SECONDS)
        if not answer.get("Messages"):
            break
        seen += answer["Messages"]
    for message in seen:
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    return [json.loads(message["Body"]) for message in seen]
