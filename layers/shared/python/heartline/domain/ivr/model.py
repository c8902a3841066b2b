"""What a voice menu is made of: named nodes, what each of them says, and where it leads. Facts only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

ENGLISH: Final = "en-US"

KEYS: Final = "0123456789*#"
"""What a telephone has."""

LONGEST_SENTENCE: Final = 4096
"""Characters that are read out in one piece: https://www.twilio.com/docs/voice/twiml/say"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Words that are read out; with `audio` (https, or a path of ours) a recording that says `text`, where known."""

    text: str = ""
    audio: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One thing to say, by language (BCP 47); it says itself in the first language where the caller's is missing."""

    by_language: Mapping[str, Spoken] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def in_language(self, language: str) -> tuple[str, Spoken]:
        """What is said to a caller who speaks `language`, and in which language that is."""
        if language in self.by_language:
            return language, self.by_language[language]
        return next(iter(self.by_language.items()), (language, Spoken()))


NOTHING: Final = Prompt()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One key of a menu; `words` are what may be said instead of pressing it. `label` stands in the conversation."""

    digit: str
    label: str
    to: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """One way out of a node: the field that it stands in, its label, and whether a person has to choose it."""

    field: str
    label: str
    to: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """Asks for a key or a word, and listens for so many `seconds`.

    Whoever is not understood goes to `otherwise` after `reprompts` further askings; whoever stays silent goes to
    `no_input`, or to `otherwise` where that is empty.
    """

    name: str
    prompt: Prompt
    choices: tuple[Choice, ...]
    otherwise: str
    no_input: str = ""
    sorry: Prompt = NOTHING
    reprompts: int = 2
    seconds: int = 5

    def exits(self) -> Iterator[Exit]:
        for position, choice in enumerate(self.choices):
            label = f"{choice.digit} {choice.label}"
            yield Exit(field=f"choices[{position}].to", label=label, to=choice.to, chosen=True)
        yield Exit(field="otherwise", label="not understood" if self.no_input else "otherwise", to=self.otherwise)
        if self.no_input:
            yield Exit(field="no_input", label="silent", to=self.no_input)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Says something and goes on."""

    name: str
    prompt: Prompt
    to: str

    def exits(self) -> Iterator[Exit]:
        yield Exit(field="to", label="then", to=self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHours:
    """Goes on by the opening hours of the inbox; on a holiday as when closed, unless `holiday` says otherwise."""

    name: str
    open: str
    closed: str
    holiday: str = ""

    def exits(self) -> Iterator[Exit]:
        yield Exit(field="open", label="open", to=self.open)
        yield Exit(field="closed", label="closed", to=self.closed)
        if self.holiday:
            yield Exit(field="holiday", label="holiday", to=self.holiday)


@dataclass(frozen=True, slots=True, kw_only=True)
class InLanguage:
    """Speaks another language from here on."""

    name: str
    language: str
    to: str

    def exits(self) -> Iterator[Exit]:
        yield Exit(field="to", label=self.language, to=self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a caller's way through the menu ends. `prompt` is said there first."""

    name: str
    prompt: Prompt = NOTHING

    def exits(self) -> Iterator[Exit]:
        yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue(Target):
    """Waits in line for somebody who has the skills; `band` 0 is the inbox's own. `label` is what the call is about."""

    label: str = ""
    requires: Mapping[str, int] = field(default_factory=dict)
    band: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicemail(Target):
    """Leaves a message; without a prompt the inbox's own words are said."""

    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack(Target):
    """Is called back, by somebody who has the skills, and hangs up."""

    label: str = ""
    requires: Mapping[str, int] = field(default_factory=dict)
    band: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Target):
    """Is told something, and the call ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Target):
    """Is put through to a number (E.164) outside of Heartline."""

    number: str


Node = Menu | Say | ByHours | InLanguage | Queue | Voicemail | CallBack | Message | Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class Ivr:
    """A whole menu. `language` is the one that it begins in; `voices` are the provider's names of voices by language.

    `voicemail` is said before a message is recorded, unless the node has words of its own.
    """

    start: str
    nodes: Mapping[str, Node]
    language: str = ENGLISH
    voices: Mapping[str, str] = field(default_factory=dict)
    voicemail: Prompt = NOTHING
