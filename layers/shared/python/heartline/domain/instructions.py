"""What a caller's line, or an agent's, is told to do next; how that is said to a provider is the channel's business."""

from dataclasses import dataclass
from typing import Final

from heartline.domain.calls import Call
from heartline.domain.ivr.walking import Place, Saying

OUR_LANGUAGE: Final = "en-US"
"""The language of what Heartline itself says; a menu brings its own."""


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
    """Wait in line."""

    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Go on waiting; `words` are empty most of the time."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Step out of the line: there is something to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """Ring an agent's phone (E.164) for so many seconds."""

    phone: str
    seconds: int
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisper:
    """Tell the agent, before the line is connected, what is coming."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMessage:
    """Say the words and record what the caller has to say."""

    words: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goodbye:
    """Say the words, if any, and hang up."""

    words: str = ""
    language: str = OUR_LANGUAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The line is closed, or this was only a report."""


Instruction = (
    Ask | First | PutThrough | Reject | Enqueue | Hold | Leave | Dial | Whisper | TakeMessage | Goodbye | Nothing
)
