"""What a caller's line, or an agent's, is told to do next; how that is said to a provider is the channel's business."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from heartline.domain.calls import Call
from heartline.domain.ivr.walking import Place, Saying

OUR_LANGUAGE: Final = "en-US"
"""The language of what agents hear, and of a number that no inbox has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Say the sayings and listen for a key, or for one of `hints` where there are any; the answer is about `place`.

    `seconds` is how long to listen after the last word.
    """

    sayings: tuple[Saying, ...]
    place: Place
    seconds: int
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """Say something, then go on with another instruction in the same breath."""

    sayings: tuple[Saying, ...]
    then: "Instruction"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutThrough:
    """Connect with a number outside of Heartline, which sees `caller_id`, a number of ours (both E.164)."""

    number: str
    caller_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Do not take the call: the caller hears a busy tone, or that the number cannot be reached. It costs nothing."""

    busy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Enqueue:
    """Wait in line; `since` is when this waiting began, `routing_class` the line that the caller's place is in."""

    call: Call
    routing_class: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Music:
    """Music for about so many `seconds`, and again; `path` is https, a path of ours, or empty for our own tune."""

    inbox: str
    path: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One turn of the waiting: say the sayings, of which there are none most of the time, and play music.

    `told` is the second of the waiting at which the caller was told their place last. `digit` is the key that asks for
    a call-back, empty where none is offered.
    """

    call: Call
    routing_class: str
    since: datetime
    told: int
    sayings: tuple[Saying, ...]
    digit: str
    music: Music


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Step out of the line: there is something to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Hear the words, then talk in the call's conference as the leg of that label; `record` what is said there."""

    call: Call
    label: str
    words: str = ""
    record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Hear the words and press any key to take the offer of the call: a mailbox does not."""

    call: Call
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMessage:
    """Record what the caller has to say, who has heard how; `thanks` is said to one who stays silent.

    `inbox` and `language` are whose words, and which, the caller hears afterwards.
    """

    call: str
    inbox: str
    language: str
    thanks: Saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Goodbye:
    """Say the words, if any, and hang up."""

    words: str = ""
    language: str = OUR_LANGUAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The line is closed, or this was only a report."""


Instruction = (
    Ask
    | First
    | PutThrough
    | Reject
    | Enqueue
    | Music
    | Hold
    | Leave
    | Join
    | Confirm
    | TakeMessage
    | Goodbye
    | Nothing
)
