"""Reads Twilio's forms for calls, whichever step of a call they are about. Pure.

Source: https://www.twilio.com/docs/voice/twiml#request-parameters, and the pages of Gather, Enqueue, Dial and Record.
"""

import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from heartline.channels.twilio.numbers import canonical, identity_of
from heartline.channels.twilio.webhook import WebhookRequest, read_fields
from heartline.domain.call_parties import PartyState
from heartline.domain.contacts import IdentityKind
from heartline.domain.errors import Invalid
from heartline.domain.ivr.walking import Place
from heartline.domain.phones import is_withheld
from heartline.services.call_ports import CallRequest, LegReport, Line, RoomReport

LINES: Final = {
    "completed": Line.CLOSED,
    "busy": Line.CLOSED,
    "no-answer": Line.CLOSED,
    "canceled": Line.CLOSED,
    "failed": Line.FAILED,
}
"""https://www.twilio.com/docs/voice/api/call-resource#call-status-values; every other status is a line in use."""

LEGS: Final = {
    "ringing": PartyState.RINGING,
    "in-progress": PartyState.JOINED,
    **dict.fromkeys(LINES, PartyState.LEFT),
}
"""What a status says of a leg; what is queued or initiated says nothing new."""

UNCONNECTED: Final = ("busy", "no-answer", "canceled", "failed")

COUNTRY: Final = "US"
"""Where a number without a country code is from; Twilio gives E.164."""

_ATTESTED: Final = re.compile(r"TN-Validation-Passed-([ABC])\b")
_LONGEST_NAME: Final = 100
_LONGEST_SPEECH: Final = 1000
_LONGEST_ID: Final = 128
_LONGEST_CLASS: Final = 1000


def parse_call(request: WebhookRequest) -> CallRequest:
    """Read one request; raises `Invalid` if it is about no call.

    Where the leg that asks is not the call itself (an agent's), the query names the call.
    """
    return _read(request.fields.first(), request.query, request.body)


def parse_held(raw: bytes) -> CallRequest:
    """Read a held call again, from its compressed form."""
    body = zlib.decompress(raw).decode()
    return _read(read_fields(body).first(), {}, body)


def parse_report(url: str, body: str) -> LegReport | RoomReport | None:
    """Read a status callback as the webhook queued it; None if it is about a message and not about a call.

    A leg that we placed is named by the query of the URL, a caller's own by its CallSid. Raises `Invalid` if what they
    name can be no call.
    """
    query, form = read_fields(urlsplit(url).query).first(), read_fields(body).first()
    if query.get("about") == "room":
        return _room(form, query)
    if "CallSid" not in form or "MessageSid" in form:
        return None
    word = form.get("CallStatus", "")
    return LegReport(
        call=_id(query, "call") or _id(form, "CallSid"),
        label=_id(query, "leg"),
        sid=_id(form, "CallSid"),
        state=LEGS.get(word),
        why=word if word in UNCONNECTED else "",
        request=_read(form, query, body),
    )


def _room(form: Mapping[str, str], query: Mapping[str, str]) -> RoomReport | None:
    """Somebody who joined; what else happens in a conference is told by its legs."""
    if form.get("StatusCallbackEvent") != "participant-join":
        return None
    return RoomReport(
        call=_id(query, "call"),
        conference=_id(form, "ConferenceSid"),
        label=_id(form, "ParticipantLabel"),
        sid=_id(form, "CallSid"),
    )


def _read(form: Mapping[str, str], query: Mapping[str, str], body: str) -> CallRequest:
    call = _id(query, "call") or _id(form, "CallSid")
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
        country=form.get("ToCountry" if _is_ours(form) else "FromCountry", ""),
        verified=verdict(form.get("StirVerstat", "")),
        forwarded_from=_forwarded_from(form),
        attempt=_number(query.get("attempt", "")),
        conversation=_id(query, "conversation"),
        since=_instant(query.get("since", "")),
        sid=_id(form, "CallSid"),
        leg=_id(query, "leg"),
        inbox=_id(query, "inbox"),
        routing_class=_id(query, "class", longest=_LONGEST_CLASS),
        told=_number(query.get("told", "")),
        result=form.get("QueueResult", ""),
    )


def _id(fields: Mapping[str, str], name: str, *, longest: int = _LONGEST_ID) -> str:
    """An id of ours or Twilio's; raises `Invalid` for what is too long to be one, and for a key of the table."""
    text = fields.get(name, "")
    if len(text) > longest:
        raise Invalid(f"{name} is longer than {longest} characters.")
    return text


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


def _is_ours(form: Mapping[str, str]) -> bool:
    """Whether we placed the leg: https://www.twilio.com/docs/voice/twiml#request-parameters, Direction."""
    return form.get("Direction", "").startswith("outbound")


def _forwarded_from(form: Mapping[str, str]) -> str:
    number = form.get("ForwardedFrom", "")
    return "" if is_withheld(number) else canonical(number, COUNTRY)


def _name(form: Mapping[str, str]) -> str:
    """What a caller id look-up found, where the number has one."""
    return form.get("CallerName", "").strip()[:_LONGEST_NAME]


def _number(text: str) -> int:
    """A whole number, or 0: the query is ours and signed, the form is Twilio's."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else 0


def _instant(text: str) -> datetime | None:
    """Seconds since the epoch."""
    return datetime.fromtimestamp(_number(text), UTC) if _number(text) else None
