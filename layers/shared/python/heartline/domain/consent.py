"""Whether somebody wants texts from one of our senders: what they said, what follows, and how a keyword is told; pure.

A choice holds for a pair: one sender of ours (a number, or a messaging service that sends for several) and one phone. A
STOP to one number leaves the others alone. Source: https://help.twilio.com/articles/223134027 and, for `OptOutType`,
https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from heartline.domain.errors import Refused


class Choice(StrEnum):
    """What somebody wants of a sender's texts; somebody who never said is neither."""

    OUT = "out"
    IN = "in"


class Source(StrEnum):
    """How we know: a keyword, Twilio's Advanced Opt-Out, a refusal of Twilio's (21610), an agent, an import."""

    KEYWORD = "keyword"
    ADVANCED = "advanced"
    REFUSED = "refused"
    AGENT = "agent"
    IMPORT = "import"


class Keyword(StrEnum):
    """What a text of one word asks for."""

    STOP = "stop"
    START = "start"
    HELP = "help"


_STOPS: Final = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT")
_KEYWORDS: Final = {
    **dict.fromkeys(_STOPS, Keyword.STOP),
    **dict.fromkeys(("START", "YES", "UNSTOP"), Keyword.START),
    **dict.fromkeys(("HELP", "INFO"), Keyword.HELP),
}
_AMBIGUOUS: Final = "YES"
"""A keyword to somebody who opted out, and an answer to everybody else."""

_WORDS_KEPT: Final = 160
"""Characters of a statement that the history keeps; with Advanced Opt-Out a keyword may be any words."""

_CHOICES: Final = {Keyword.STOP: Choice.OUT, Keyword.START: Choice.IN}
BY_CUSTOMER: Final = frozenset({Source.KEYWORD, Source.ADVANCED, Source.REFUSED})
"""Twilio holds these as well: it refuses our texts until the customer sends START, whatever we note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One sender of ours (E.164, or a messaging service's `MG…`) and one phone (E.164)."""

    sender: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that was said of a pair, as the history keeps it. `words` are the customer's, or an agent's reason.

    `by` names who: the customer's number, an agent's id, `twilio` or `import`. `once` is the same for a repetition.
    """

    choice: Choice
    source: Source
    at: datetime
    by: str
    words: str
    once: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What holds for a pair now. `stated` is what brought it about; None where nothing was ever said.

    `latest` is when it was last said, which may be later: what was said before that, and comes late, changes nothing.
    `known` is since when this sender may write without an introduction: they wrote to it, or were introduced.
    """

    pair: Pair
    stated: Statement | None = None
    latest: datetime | None = None
    known: datetime | None = None
    version: int = 0

    @property
    def is_out(self) -> bool:
        """Whether texts of this sender to this phone are refused."""
        return self.stated is not None and self.stated.choice is Choice.OUT

    @property
    def reason(self) -> str:
        """Why and since when, in plain words; empty where nothing was said."""
        return _told(self.stated) if self.stated else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A statement, and the consent before and after it; the two are equal where it only goes on record."""

    before: Consent
    after: Consent
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a customer's text asks for with a keyword, and the pairs that it is about."""

    keyword: Keyword
    source: Source
    pairs: tuple[Pair, ...]


class OptedOut(Refused):
    """The customer does not want texts from this sender; says why and since when."""

    code = "opted_out"

    def __init__(self, consent: Consent) -> None:
        pair = consent.pair
        super().__init__(f"{pair.phone} gets no texts from {pair.sender}: {consent.reason}. {_remedy(consent)}")
        self.consent = consent


def keyword_of(text: str, opt_out_type: str = "") -> Keyword | None:
    """What a text asks for if its whole body is a keyword, in any case; Twilio's reading wins where it sends one."""
    said = {"STOP": Keyword.STOP, "START": Keyword.START, "HELP": Keyword.HELP}.get(opt_out_type.strip().upper())
    return said or _KEYWORDS.get(text.strip().upper())


def pairs_of(sender: str, service: str, phone: str) -> tuple[Pair, ...]:
    """The pairs that a text is held to: that of the messaging service that sends it, if one does, and the number's."""
    return tuple(Pair(sender=name, phone=phone) for name in (service, sender) if name)


def request_of(text: str, opt_out_type: str, pairs: Sequence[Pair]) -> Request | None:
    """What a text to `pairs` asks for with a keyword; None for every other text."""
    keyword = keyword_of(text, opt_out_type)
    if keyword is None:
        return None
    source = Source.ADVANCED if opt_out_type.strip() else Source.KEYWORD
    return Request(keyword=keyword, source=source, pairs=tuple(pairs))


def changed_by(
    request: Request, consents: Sequence[Consent], *, phone: str, words: str, at: datetime, once: str
) -> tuple[Change, ...]:
    """What a customer's keyword changes; HELP changes nothing."""
    choice = _CHOICES.get(request.keyword)
    if choice is None:
        return ()
    said = Statement(
        choice=choice, source=request.source, at=at, by=phone, words=words.strip()[:_WORDS_KEPT], once=once
    )
    return tuple(stated(consent, said) for consent in consents)


def is_answer(text: str, consents: Sequence[Consent]) -> bool:
    """Whether a keyword is no more than an answer: a “yes” of somebody who has not opted out."""
    return text.strip().upper() == _AMBIGUOUS and not any(consent.is_out for consent in consents)


def stated(consent: Consent, statement: Statement) -> Change:
    """What a statement does: the later one counts, a second STOP keeps the first date, an import never lifts a STOP."""
    after = replace(consent, stated=_held(consent, statement), latest=statement.at, version=consent.version + 1)
    return Change(before=consent, after=after if _counts(consent, statement) else consent, statement=statement)


def _held(consent: Consent, statement: Statement) -> Statement:
    """The statement that holds afterwards: the earliest of those that say the same without a change in between."""
    before = consent.stated
    return before if before is not None and before.choice is statement.choice else statement


def _counts(consent: Consent, statement: Statement) -> bool:
    before = consent.stated
    if before is None or consent.latest is None:
        return True
    lifts = statement.choice is Choice.IN and before.choice is Choice.OUT
    if statement.at < consent.latest or (lifts and statement.at == consent.latest):
        return False  # of two in the same millisecond, nobody knows the order: the STOP counts
    return statement.source is not Source.IMPORT or (statement.choice, before.choice) == (Choice.OUT, Choice.IN)


def _told(statement: Statement) -> str:
    day = statement.at.strftime("%Y-%m-%d")
    verb = "opted out" if statement.choice is Choice.OUT else "opted in"
    told = {
        Source.KEYWORD: f"the customer {verb} on {day} with “{statement.words}”",
        Source.ADVANCED: f"the customer {verb} on {day} with “{statement.words}” (Advanced Opt-Out)",
        Source.REFUSED: f"Twilio told us on {day} that the customer {verb} (21610)",
        Source.AGENT: f"{statement.by} noted on {day} that the customer {verb}: {statement.words}",
        Source.IMPORT: f"an import said on {day} that the customer {verb}",
    }
    return told[statement.source]


def _remedy(consent: Consent) -> str:
    by_customer = consent.stated is not None and consent.stated.source in BY_CUSTOMER
    if by_customer:
        return "Only the customer can lift that, with a text of START; call instead, or write a mail."
    return "If they want texts again, say so with your reason in the conversation, or call instead."
