"""What the people on a simulated call do: the caller, and the phones that are dialled; read from the control API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

HABITS: Final = ("answer", "no-answer", "busy")
ENDINGS: Final = ("hangup", "silence", *"0123456789#*")


class BadScript(ValueError):
    """A description that makes no sense; the message says which part and what it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """How a dialled phone behaves; times are in seconds of the call.

    It is picked up after `answer_after`, presses one entry of `digits` at each <Gather> it hears before it is
    connected (an empty entry presses nothing), talks for `talk` seconds and hangs up.
    """

    does: str = "answer"
    digits: tuple[str, ...] = ("1",)
    answer_after: float = 1.0
    talk: float = 2.0

    @classmethod
    def from_json(cls, given: object) -> "Phone":
        """Read a habit ("busy") or an object of this class's fields.

        :raises BadScript: for an unknown habit, or a field of the wrong type.
        """
        fields = {"does": given} if isinstance(given, str) else _object(given, "agent")
        if fields.get("does", "answer") not in HABITS:
            raise BadScript(f"agent must be one of {', '.join(HABITS)}")
        return cls(
            does=fields.get("does", "answer"),
            digits=entries(fields, "digits", ("1",)),
            answer_after=seconds(fields, "answer_after", 1.0),
            talk=seconds(fields, "talk", 2.0),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What a caller does: one entry of `digits` or `speech` for each <Gather>, a voicemail of `record` seconds.

    `record_end` is how a voicemail ends: the caller hangs up, falls silent, or presses a key. `hang_up_after` is in
    seconds from the start of the call. `agent` is what every phone dialled on this call does, unless it is None.
    """

    digits: tuple[str, ...] = ()
    speech: tuple[str, ...] = ()
    record: int = 3
    record_end: str = "hangup"
    hang_up_after: float | None = None
    agent: Phone | None = None

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Script":
        """Read the control API's form of this class's fields.

        :raises BadScript: for a field of the wrong type or out of its range.
        """
        if given.get("record_end", "hangup") not in ENDINGS:
            raise BadScript(f"record_end must be one of {', '.join(ENDINGS)}")
        hang_up = given.get("hang_up_after")
        return cls(
            digits=entries(given, "digits", ()),
            speech=entries(given, "speech", ()),
            record=round(seconds(given, "record", 3)),
            record_end=given.get("record_end", "hangup"),
            hang_up_after=None if hang_up is None else seconds(given, "hang_up_after", 0),
            agent=None if given.get("agent") is None else Phone.from_json(given["agent"]),
        )


def entries(given: Mapping[str, Any], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """A list of words, one for each question."""
    value = given.get(name, default)
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise BadScript(f"{name} must be a list of strings")
    return tuple(value)


def seconds(given: Mapping[str, Any], name: str, default: float) -> float:
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 14400:
        raise BadScript(f"{name} must be a number of seconds from 0 to 14400")
    return value


def _object(given: object, name: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise BadScript(f"{name} must be a word or an object")
    return given
