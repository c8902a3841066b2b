"""What the people on a simulated call do: the caller, and the phones that are rung; read from the control API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

HABITS: Final = ("answer", "no-answer", "busy", "ask")
ENDINGS: Final = ("hangup", "silence", *"0123456789#*")
FACTS: Final = {"caller_name": "CallerName", "forwarded_from": "ForwardedFrom", "verstat": "StirVerstat"}
"""What may be said of a caller, and the form field that carries it.

Source: https://www.twilio.com/docs/voice/twiml#request-parameters
"""

VERDICTS: Final = (
    *(f"TN-Validation-{outcome}{level}" for outcome in ("Passed", "Failed") for level in ("-A", "-B", "-C", "")),
    "No-TN-Validation",
)
"""https://www.twilio.com/docs/voice/trusted-calling-with-shakenstir#shakenstir-call-attestation-level-meaning"""


_GREETING: Final = ("Hello, how can I help you?",)
_QUESTION: Final = ("Hello, I have a question about my order.",)
_MESSAGE: Final = "Hello, please call me back. Thank you."


class BadScript(ValueError):
    """A description that makes no sense; the message says which part and what it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """How a rung phone behaves; times are in seconds of the call.

    It is picked up after `answer_after`, presses one entry of `digits` at each <Gather> it hears before it is
    connected (an empty entry presses nothing), says the sentences of `says` once it is, talks for `talk` seconds and
    hangs up. A phone that asks rings until somebody at the control API takes the call, and talks until they hang up.
    """

    does: str = "answer"
    digits: tuple[str, ...] = ("1",)
    answer_after: float = 1.0
    talk: float | None = 2.0
    says: tuple[str, ...] = _GREETING

    @classmethod
    def from_json(cls, given: object) -> "Phone":
        """Read a habit ("busy") or an object of this class's fields.

        :raises BadScript: for an unknown habit, or a field of the wrong type.
        """
        fields = {"does": given} if isinstance(given, str) else _object(given)
        does = fields.get("does", "answer")
        if does not in HABITS:
            raise BadScript(f"agent must be one of {', '.join(HABITS)}")
        asks = does == "ask"
        return cls(
            does=does,
            digits=entries(fields, "digits", () if asks else ("1",)),
            answer_after=seconds(fields, "answer_after", 1.0),
            talk=_talk(fields, None if asks else 2.0),
            says=entries(fields, "says", _GREETING),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What a caller does: one entry of `digits` or `speech` for each <Gather>, a voicemail of `record` seconds.

    `record_end` is how a voicemail ends: the caller hangs up, falls silent, or presses a key; `message` is what is said
    in it. `says` are the caller's sentences in a conversation, `talk` its seconds until the caller hangs up.
    `hang_up_after` is in seconds from the start of the call. `agents` are what phones do that are rung because of this
    call, by address; `agent` is what all others do that have no habits of their own. `facts` are form fields: who the
    carrier says is calling.
    """

    digits: tuple[str, ...] = ()
    speech: tuple[str, ...] = ()
    record: int = 3
    record_end: str = "hangup"
    message: str = _MESSAGE
    says: tuple[str, ...] = _QUESTION
    talk: float | None = None
    hang_up_after: float | None = None
    agent: Phone | None = None
    agents: Mapping[str, Phone] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

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
            message=words(given, "message", _MESSAGE),
            says=entries(given, "says", _QUESTION),
            talk=_talk(given, None),
            hang_up_after=None if hang_up is None else seconds(given, "hang_up_after", 0),
            agent=None if given.get("agent") is None else Phone.from_json(given["agent"]),
            agents={address: Phone.from_json(phone) for address, phone in _object(given.get("agents", {})).items()},
            facts=_facts(given),
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


def words(given: Mapping[str, Any], name: str, default: str) -> str:
    value = given.get(name, default)
    if not isinstance(value, str):
        raise BadScript(f"{name} must be a string")
    return value


def _talk(given: Mapping[str, Any], default: float | None) -> float | None:
    """None talks until somebody else ends it."""
    value = given.get("talk", default)
    return None if value is None else seconds(given, "talk", default or 0)


def _facts(given: Mapping[str, Any]) -> dict[str, str]:
    if given.get("verstat") not in (None, *VERDICTS):
        raise BadScript(f"verstat must be one of {', '.join(VERDICTS)}")
    return {field: words(given, name, "") for name, field in FACTS.items() if given.get(name)}


def _object(given: object) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise BadScript("an agent must be a word or an object, and agents an object of them by address")
    return given
