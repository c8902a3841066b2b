"""The item of a call, both directions side by side; pure. Fields that have their usual value are not written."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from heartline.domain.call_parties import Mode, Party, PartyKind, PartyState, Transfer, Wants
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, CallDirection, Purpose, RecordingState, Untold
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.lines import Line, Spell
from heartline.domain.recordings import Consent, Pause
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.heads import milliseconds
from heartline.storage import items, keys
from heartline.storage.call_views import call_view
from heartline.storage.demand_items import (
    demand_attributes,
    pools_from_item,
    preference_attribute,
    preference_from_item,
    steps_from_item,
)
from heartline.storage.expressions import Item, filled

CALL_LIFE: Final = timedelta(days=400)
"""How long the item of a call is kept; what was said and done stands in the conversation."""

LINE_LIFE: Final = timedelta(days=1)

_TEXTS: Final = {
    "name": "caller_name",
    "conv": "conversation",
    "said": "said",
    "choice": "choice",
    "lang": "language",
    "agent": "agent",
    "device": "device",
    "rsv": "reservation",
    "cf": "conference",
    "problem": "problem",
    "verified": "verified",
}
_TIMES: Final = {
    "queued": "queued",
    "lined": "lined",
    "exp": "expires",
    "answered": "answered",
    "ended": "ended",
    "wrap": "wrap_until",
    "due": "due",
}
_COUNTS: Final = {"attempt": "attempt", "tries": "tries"}

ASKED: Final = ("req", "steps", "pools", "pref", "rules", "band", "boost")
"""What of a call says what it asks of routing."""


def asked_to_item(asked: Asked) -> Item:
    """What a call asks of routing."""
    item = {
        "req": dict(asked.requires),
        **demand_attributes(asked.steps, asked.pools),
        "pref": preference_attribute(asked.preferred),
        "rules": list(asked.rules),
        "band": asked.band or None,
        "boost": asked.boost or None,
    }
    return filled(item)


def call_to_item(call: Call) -> Item:
    item: Item = {
        **keys.call(call.id),
        **call_view(call),
        "state": call.state.value,
        "inbox": call.inbox,
        "number": call.number,
        "caller": [call.caller.kind.value, call.caller.address],
        "began": keys.instant(call.began),
        "direction": call.direction.value,
        "purpose": call.purpose.value,
        **asked_to_item(call.asked),
        **{short: getattr(call, name) for short, name in _TEXTS.items()},
        **{short: _instant(getattr(call, name)) for short, name in _TIMES.items()},
        **{short: getattr(call, name) or None for short, name in _COUNTS.items()},
        "fup": call.followed_up or None,
        "rec": call.recording.value if call.recording is not RecordingState.OFF else None,
        "parties": {label: _party_to_item(party) for label, party in call.parties.items()},
        "wants": _wants_to_item(call.wants),
        "transfer": _transfer_to_item(call.transfer) if call.transfer else None,
        "consent": _consent_to_item(call.consent) if call.consent else None,
        "pauses": [[keys.instant(pause.began), _instant(pause.ended)] for pause in call.pauses],
        "untold": [[entry.id, entry.event, entry.text, keys.instant(entry.at)] for entry in call.untold],
        "ver": call.version,
        "ttl": int((call.began + CALL_LIFE).timestamp()),
    }
    return filled(item)


def call_from_item(item: Item) -> Call:
    kind, address = item["caller"]
    return Call(
        id=item["PK"].removeprefix("CALL#"),
        state=CallState(item["state"]),
        inbox=item["inbox"],
        number=item["number"],
        caller=Identity(kind=IdentityKind(kind), address=address),
        began=items.moment(item["began"]),
        direction=CallDirection(item.get("direction", CallDirection.INBOUND)),
        purpose=Purpose(item.get("purpose", "")),
        requires=item.get("req", {}),
        steps=steps_from_item(item),
        pools=pools_from_item(item),
        preferred=preference_from_item(item),
        rules=tuple(item.get("rules", ())),
        band=item.get("band", 0),
        boost=item.get("boost", 0),
        **_plain_from_item(item),
        followed_up=item.get("fup", False),
        recording=RecordingState(item.get("rec", RecordingState.OFF)),
        parties={label: _party_from_item(label, each) for label, each in item.get("parties", {}).items()},
        wants=_wants_from_item(item.get("wants", {})),
        transfer=_transfer_from_item(item["transfer"]) if "transfer" in item else None,
        consent=_consent_from_item(item["consent"]) if "consent" in item else None,
        pauses=tuple(Pause(began=items.moment(began), ended=_moment(ended)) for began, ended in item.get("pauses", ())),
        untold=tuple(_untold(entry) for entry in item.get("untold", ())),
        version=item["ver"],
    )


def _plain_from_item(item: Item) -> dict[str, Any]:
    """The texts, times and counts."""
    return {
        **{name: item.get(short, "") for short, name in _TEXTS.items()},
        **{name: _moment(item.get(short)) for short, name in _TIMES.items()},
        **{name: item.get(short, 0) for short, name in _COUNTS.items()},
    }


def _party_to_item(party: Party) -> Item:
    return filled(
        {
            "kind": party.kind.value,
            "who": party.who,
            "state": party.state.value,
            "sid": party.sid,
            "muted": party.muted or None,
            "why": party.why,
            "talked": party.talked or None,
        }
    )


def _party_from_item(label: str, item: Item) -> Party:
    return Party(
        label=label,
        kind=PartyKind(item["kind"]),
        who=item.get("who", ""),
        state=PartyState(item["state"]),
        sid=item.get("sid", ""),
        muted=item.get("muted", False),
        why=item.get("why", ""),
        talked=item.get("talked", False),
    )


def _wants_to_item(wants: Wants) -> Item:
    return filled({"hold": wants.hold, "muted": dict(wants.muted), "rec": wants.recording, "ends": list(wants.ends)})


def _wants_from_item(item: Mapping[str, Any]) -> Wants:
    return Wants(
        hold=item.get("hold"),
        muted=item.get("muted", {}),
        recording=item.get("rec"),
        ends=tuple(item.get("ends", ())),
    )


def _transfer_to_item(transfer: Transfer) -> Item:
    return filled(
        {
            "mode": transfer.mode.value,
            "note": transfer.note,
            "by": transfer.by,
            "agent": transfer.agent,
            "skill": transfer.skill,
            "number": transfer.number,
            "label": transfer.label,
            "merged": transfer.merged or None,
        }
    )


def _transfer_from_item(item: Item) -> Transfer:
    named: Item = {"note": "", "by": "", **item, "mode": Mode(item["mode"])}
    return Transfer(**named)


def _consent_to_item(consent: Consent) -> Item:
    return filled({"words": consent.words, "lang": consent.language, "at": keys.instant(consent.at)})


def _consent_from_item(item: Item) -> Consent:
    return Consent(words=item.get("words", ""), language=item.get("lang", ""), at=items.moment(item["at"]))


def _untold(entry: list[str]) -> Untold:
    name, event, text, at = entry
    return Untold(id=name, event=event, text=text, at=items.moment(at))


def _instant(at: datetime | None) -> str | None:
    return keys.instant(at) if at else None


def _moment(text: str | None) -> datetime | None:
    return items.moment(text) if text else None


def line_to_item(line: Line) -> Item:
    """`ttl` takes away the lines that nobody waits in any more."""
    item: Item = {
        **keys.line(line.routing_class),
        "order": list(line.order),
        "spells": [_spell_to_item(spell) for spell in line.spells],
        "at": keys.instant(line.at),
        "empty": None if line.staffed else True,
        "shut": None if line.open else True,
        "ttl": int((line.at + LINE_LIFE).timestamp()),
    }
    return filled(item)


def line_from_item(item: Item) -> Line:
    return Line(
        routing_class=item["PK"].removeprefix("LINE#"),
        order=tuple(item.get("order", ())),
        spells=tuple(map(_spell_from_item, item.get("spells", ()))),
        staffed=not item.get("empty", False),
        open=not item.get("shut", False),
        at=items.moment(item["at"]),
    )


def _spell_to_item(spell: Spell) -> list[int]:
    """When it ended and how long it was in milliseconds, how many left, and 1 if they were more."""
    return [milliseconds(spell.ends), round(spell.seconds * 1000), spell.left, *([1] if spell.more else [])]


def _spell_from_item(stored: list[int]) -> Spell:
    ends, lasted, left, *more = stored
    return Spell(ends=datetime.fromtimestamp(ends / 1000, UTC), seconds=lasted / 1000, left=left, more=bool(more))
