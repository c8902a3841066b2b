"""The media queue → a message's files in our own bucket, and what becomes of recordings."""

import json
from typing import Any

from heartline import batches
from heartline.bootstrap import recordings
from heartline.services.ports import MessageReference


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Work on messages ({"conversation": id, "message": sort key}) and take in what became of transcripts."""
    return batches.each_record(event, _work)


def _work(record: dict[str, Any]) -> None:
    """On its last delivery nobody would come back to say what is missing, so the message says it now."""
    cause = json.loads(record["body"])
    if cause.get("source") == "aws.transcribe":
        recordings.transcribe().reported(cause["detail"]["TranscriptionJobName"])
    else:
        reference = MessageReference(conversation=cause["conversation"], sort=cause["message"])
        recordings.media()(reference, last=batches.is_last(record))
