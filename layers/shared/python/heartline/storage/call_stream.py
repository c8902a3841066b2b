"""Which calls a batch of the table's stream asks the dialer to look at; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from heartline.domain.conversations import State
from heartline.storage import keys

Image = Mapping[str, Any]

_ROUTED: Final = ("state", "rsv", "call", "ch", "merged")
"""What of a head a call depends on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCauses:
    """`wake` are calls with their conversations (empty where unknown), `shown` the conversations whose call changed."""

    wake: tuple[tuple[str, str], ...]
    shown: tuple[str, ...]


def calls_of(records: Iterable[Mapping[str, Any]]) -> CallCauses:
    """Read stream records: calls that anybody but the dialer changed, and heads that moved under a call."""
    wake: dict[tuple[str, str], None] = {}
    shown: dict[str, None] = {}
    for record in records:
        change = record["dynamodb"]
        partition, sort = change["Keys"]["PK"]["S"], change["Keys"]["SK"]["S"]
        old, new = change.get("OldImage", {}), change.get("NewImage", {})
        if sort == "CALL" and new:
            shown[_text(new, "conv")] = None
            if not _text(new, "mover"):
                wake[keys.call_of(partition), _text(new, "conv")] = None
        if sort == "HEAD" and (call := _moved_under(old, new)):
            wake[call, keys.conversation_of(partition)] = None
    return CallCauses(wake=tuple(wake), shown=tuple(name for name in shown if name))


def _moved_under(old: Image, new: Image) -> str:
    """The call that a head's change is about, or nothing: one that is settled has no call any more."""
    if not any(_text(old, name) != _text(new, name) for name in _ROUTED):
        return ""
    left = _text(old, "call") if _text(new, "state") == State.CLOSED or "merged" in new else ""
    return _text(new, "call") or left


def _text(image: Image, name: str) -> str:
    return str(image.get(name, {}).get("S", ""))
