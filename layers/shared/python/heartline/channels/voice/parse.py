"""Reads Twilio's forms for calls, whichever step of a call they are about. Pure.

Source: https://www.twilio.com/docs/voice/twiml#request-parameters, and the pages of Gather, Enqueue, Dial and Record.
"""

import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from heartline.channels.twilio.numbers import canonical, identity_of
from heartline.channels.twilio.webhook import WebhookRequest, read_fields
from heartline.domain.contacts import IdentityKind
from heartline.domain.errors import Invalid
from heartline.domain.ivr.walking import Place
from heartline.domain.phones import is_withheld
from heartline.services.call_ports import CallRequest, Line, Recording

LINES: Final = {
    "completed": Line.CLOSED,
    "busy": Line.CLOSED,
    "no-answer": Line.CLOSED,
    "canceled": Line.CLOSED,
    "failed": Line.FAILED,
}
"""https://www.twilio.com/docs/voice/api/call-resource#call-status-values; every other status is a line in use."""

COUNTRY: Final = "US"
"""Where a number without a country code is from; Twilio gives E.164."""

_ATTESTED: Final = re.compile(r"TN-Validation-Passed-([ABC])\b")
_LONGEST_NAME: Final = 100
_LONGEST_SPEECH: Final = 1000
_RECORDING_FORMAT: Final = ".mp3"
"""https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file: a quarter of the size of WAV."""


def parse_call(request: WebhookRequest) -> CallRequest:
    """Read one request; raises `Invalid` if it is about no call.

    The whisper is asked for by the agent's own leg: there the query names the caller's call.
    """
    return _read(request.fields.first(), request.query, request.body)


def parse_held(raw: bytes) -> CallRequest:
    """Read a held call again, from its compressed form."""
    body = zlib.decompress(raw).decode()
    return _read(read_fields(body).first(), {}, body)


def parse_report(body: str) -> CallRequest | None:
    """Read a status callback as the webhook queued it; None if it is about a message and not about a call."""
    form = read_fields(body).first()
    return None if "CallSid" not in form or "MessageSid" in form else _read(form, {}, body)


def _read(form: Mapping[str, str], query: Mapping[str, str], body: str) -> CallRequest:
    call = query.get("call") or form.get("CallSid", "")
    if not call:
        raise Invalid("The form has no CallSid.")
    caller = identity_of(form.get("From", ""), COUNTRY, event=call)
    return CallRequest(
        call=call,
        caller=caller,
        caller_name="Unknown caller" if caller.kind is IdentityKind.ANONYMOUS else _name(form),
        number=canonical(form.get("To", ""), COUNTRY),
        line=_line(form),
        raw=zlib.compress(body.encode()),
        digits=form.get("Digits", ""),
        speech=form.get("SpeechResult", "")[:_LONGEST_SPEECH],
        place=place_of(query),
        country=form.get("FromCountry", ""),
        verified=verdict(form.get("StirVerstat", "")),
        forwarded_from=_forwarded_from(form),
        attempt=_number(query.get("attempt", "")),
        conversation=query.get("conversation", ""),
        since=_instant(query.get("since", "")),
        position=_number(form.get("QueuePosition", "")),
        seconds_in_line=_number(form.get("QueueTime", "")),
        busy=form.get("DialCallStatus") == "busy",
        recording=_recording(form),
    )


def place_of(query: Mapping[str, str]) -> Place:
    """Where in the menu a request is about; the other way round is `query_of`."""
    return Place(
        node=query.get("node", ""),
        attempt=_number(query.get("attempt", "")),
        language=query.get("language", ""),
        path=tuple(query.get("path", "").split()),
    )


def query_of(place: Place) -> dict[str, str | int]:
    """A place as fields of a URL."""
    path = {"path": " ".join(place.path)} if place.path else {}
    return {"node": place.node, "attempt": place.attempt, "language": place.language, **path}


def _line(form: Mapping[str, str]) -> Line:
    if form.get("QueueResult") == "hangup":
        return Line.CLOSED
    return LINES.get(form.get("CallStatus", ""), Line.OPEN)


def verdict(verstat: str) -> str:
    """The attestation (A, B or C) that was verified, "failed" for one that is not genuine, empty where there is none.

    Source: https://www.twilio.com/docs/voice/trusted-calling-with-shakenstir
    """
    if passed := _ATTESTED.match(verstat):
        return passed[1]
    return "failed" if verstat.startswith("TN-Validation-Failed") else ""


def _forwarded_from(form: Mapping[str, str]) -> str:
    number = form.get("ForwardedFrom", "")
    return "" if is_withheld(number) else canonical(number, COUNTRY)


def _name(form: Mapping[str, str]) -> str:
    """What a caller id look-up found, where the number has one."""
    return form.get("CallerName", "").strip()[:_LONGEST_NAME]


def _recording(form: Mapping[str, str]) -> Recording | None:
    """What was recorded; a recording that is absent or failed is none."""
    if form.get("RecordingStatus") != "completed" or not form.get("RecordingUrl"):
        return None
    return Recording(
        id=form.get("RecordingSid", ""),
        url=form["RecordingUrl"] + _RECORDING_FORMAT,
        seconds=_number(form.get("RecordingDuration", "")),
    )


def _number(text: str) -> int:
    """A whole number, or 0: the query is ours and signed, the form is Twilio's."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else 0


def _instant(text: str) -> datetime | None:
    """Seconds since the epoch."""
    return datetime.fromtimestamp(_number(text), UTC) if _number(text) else None
