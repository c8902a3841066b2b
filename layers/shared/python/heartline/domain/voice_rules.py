"""How an inbox takes and makes calls: waiting, calling back, after-call work, nuisance. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from heartline.domain.phrases import Phrase
from heartline.domain.recordings import RecordingRules


class Overflow(StrEnum):
    """What somebody hears whose calls are too many."""

    BUSY = "busy"
    VOICEMAIL = "voicemail"


class Anonymous(StrEnum):
    """What becomes of a caller who withholds the number."""

    ACCEPT = "accept"
    VOICEMAIL = "voicemail"


class Closed(StrEnum):
    """What a caller meets outside the opening hours of an inbox without a menu; a menu has its own way for that."""

    VOICEMAIL = "voicemail"
    MESSAGE = "message"
    CALL_BACK = "call_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackRules:
    """`offer_after` is the seconds in line after which a call-back is offered on `digit`; empty means never.

    A customer who is not reached is called `attempts` times in all, `retry_minutes` apart.
    """

    offer_after: int = 20
    digit: str = "1"
    attempts: int = 3
    retry_minutes: int = 15

    @property
    def retry_after(self) -> timedelta:
        return timedelta(minutes=self.retry_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRules:
    """The rules of one inbox; times are in seconds.

    `caller_id` is the number that customers see when we call them, empty for the inbox's first. `wrap_up` is how long
    an agent is kept free after a talk, 0 for not at all. `max_wait` ends the waiting in line: the caller is put through
    to the number `overflow` (E.164) then, or asked for a message where that is empty. `announce_every` paces what is
    said there, `hold_music` is an https address or a path of ours. `missed_text` is texted to a caller who reached
    nobody, empty for nothing; `text_after_voicemail` says whether also to one who left a message.
    `calls_per_hour` is how often a number may call, 0 for any number of times; `over_cap` is what it hears beyond.
    `language` is what an inbox without a menu speaks; `words` are other words, or other languages, than Heartline has.
    """

    caller_id: str = ""
    wrap_up: int = 30
    max_wait: int = 300
    overflow: str = ""
    announce_every: int = 30
    hold_music: str = ""
    call_back: CallBackRules = CallBackRules()
    recording: RecordingRules = field(default_factory=RecordingRules)
    missed_text: str = ""
    text_after_voicemail: bool = False
    calls_per_hour: int = 20
    over_cap: Overflow = Overflow.BUSY
    anonymous: Anonymous = Anonymous.ACCEPT
    closed: Closed = Closed.VOICEMAIL
    language: str = ""
    words: Mapping[str, Mapping[Phrase, str]] = field(default_factory=dict)
