"""Reads Twilio's reports of recordings, whoever made them: Record, a conference, or a Dial. Pure.

Source: https://www.twilio.com/docs/voice/twiml/record#attributes-recording-status-callback and
https://www.twilio.com/docs/voice/twiml/conference#attributes-recordingStatusCallback
"""

import json
import zlib
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from heartline.channels.twilio.webhook import read_fields
from heartline.domain.errors import Invalid
from heartline.services.recording_ports import RecordingReport

ABOUT: Final = "recording"
"""What the query of our status URL says of a recording's report."""

_OF_A_MESSAGE: Final = "RecordVerb"
"""The `RecordingSource` of a message left; every other one records a talk."""

_EXTENSIONS: Final = (".mp3", ".wav")
_LONGEST: Final = 64


def parse_recording(url: str, body: str) -> RecordingReport | None:
    """Read a report as the webhook queued it; None if it is about something else.

    A conference's names no call: there the query of the URL, which is ours, does.
    """
    query, form = read_fields(urlsplit(url).query).first(), read_fields(body).first()
    if query.get("about") != ABOUT and "RecordingStatus" not in form:
        return None
    return _report(query, form, raw=zlib.compress(json.dumps([url, body]).encode()))


def parse_held_recording(raw: bytes) -> RecordingReport | None:
    """Read a held report again; None if what was held is no recording."""
    text = zlib.decompress(raw).decode()
    if not text.startswith("["):
        return None
    url, body = json.loads(text)
    return parse_recording(url, body)


def _report(query: Mapping[str, str], form: Mapping[str, str], *, raw: bytes) -> RecordingReport:
    call = query.get("call") or form.get("CallSid", "")
    there = form.get("RecordingStatus") == "completed"
    recording = form.get("RecordingSid", "")
    if not call or len(call) > _LONGEST or (there and not 0 < len(recording) <= _LONGEST):
        raise Invalid("The report names no call or no recording.")
    return RecordingReport(
        call=call,
        recording=recording,
        url=_plain(form.get("RecordingUrl", "")) if there else "",
        seconds=_number(form.get("RecordingDuration", "")),
        channels=2 if form.get("RecordingChannels") == "2" else 1,
        of_talk=_of_talk(form),
        raw=raw,
    )


def _of_talk(form: Mapping[str, str]) -> bool:
    source = form.get("RecordingSource", "")
    return source != _OF_A_MESSAGE if source else "ConferenceSid" in form


def _plain(url: str) -> str:
    """The address without the extension that chooses a format."""
    return next((url.removesuffix(ending) for ending in _EXTENSIONS if url.endswith(ending)), url)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
