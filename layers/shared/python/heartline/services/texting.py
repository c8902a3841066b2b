"""Says whether a text may go from an inbox to a number, what goes with it, and what it takes: once for all who ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from heartline.domain.consent import Consent, OptedOut, Pair, pairs_of
from heartline.domain.destinations import Line, LineKind, LookUp, NotServed, check, why_not
from heartline.domain.errors import Invalid, Refused
from heartline.domain.inboxes import Inbox
from heartline.domain.introductions import introduced
from heartline.domain.messages import Channel
from heartline.domain.outbound import Draft, Envelope
from heartline.domain.phones import unified
from heartline.domain.prices import Money, estimate
from heartline.domain.quiet_hours import Quiet
from heartline.domain.texting import TextTerms, as_sent, notice_for, text_caps
from heartline.domain.wording import words_of
from heartline.services.ports import Clock, Configuration


class Consents(Protocol):
    """Reads the consent ledger."""

    def consents(self, pairs: Sequence[Pair]) -> tuple[Consent, ...]:
        """What holds for each pair, in their order; one request."""
        ...


class Measured(Protocol):
    """How a text travels: `units` are septets or UTF-16 units, `flipped_by` the character that makes it dearer."""

    @property
    def encoding(self) -> str: ...

    @property
    def units(self) -> int: ...

    @property
    def segments(self) -> int: ...

    @property
    def flipped_by(self) -> str: ...


class Measure(Protocol):
    """Counts the segments of a text; implemented by `channels.sms.render.size_of`."""

    def __call__(self, text: str, *, toll_free: bool = False) -> Measured: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How a text from an inbox to a number stands now.

    `against` are the rules that refuse it, the first one first; `quiet_until` is set while only the hour is wrong, or
    too. `text` is all of it, with the notice; `size` and `price` are those of `text`, and `price` is an estimate.
    """

    sender: str
    service: str
    line: Line
    consents: tuple[Consent, ...]
    against: tuple[Refused, ...]
    quiet_until: datetime | None
    notice: str
    text: str
    size: Measured
    price: Money | None
    segment_price: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Texting:
    """Reads the ledger once and decides; the transaction that submits the text holds it to the same facts."""

    consents: Consents
    configuration: Configuration
    look_up: LookUp
    measure: Measure
    clock: Clock

    def with_terms(self, draft: Draft, envelope: Envelope, inbox: Inbox) -> Envelope:
        """The envelope of a text, or of WhatsApp's template, with the terms that it is submitted under.

        Every other one stays as it is. Raises `NotServed`, `OptedOut`, `Quiet`, and `Invalid` where the inbox has no
        number, or no such template.
        """
        if draft.channel is Channel.WHATSAPP and draft.template:
            return replace(envelope, terms=self._of_template(draft, envelope.recipient, inbox))
        if draft.channel is not Channel.SMS:
            return envelope
        outlook = self.outlook(inbox, envelope.recipient, wrote_to=envelope.wrote_to, text=draft.text)
        for rule in outlook.against:
            if not (draft.override_quiet and isinstance(rule, Quiet)):
                raise rule
        terms = TextTerms(
            pairs=tuple(consent.pair for consent in outlook.consents),
            text=outlook.text,
            introduces=bool(outlook.notice),
            caps=text_caps(self.configuration.company().outbound, envelope.recipient, at=self.clock()),
            segments=outlook.size.segments,
            price=None if envelope.attachments else outlook.price,  # files have prices of their own, carrier by carrier
        )
        return replace(envelope, sender=outlook.sender, terms=terms)

    def _of_template(self, draft: Draft, number: str, inbox: Inbox) -> TextTerms:
        """A template may be sent to anybody, so it goes where texts go, and counts as one."""
        company = self.configuration.company()
        check(self.look_up(number), company.countries, premium=company.outbound.premium)
        caps = text_caps(company.outbound, unified(number), at=self.clock())
        return TextTerms(pairs=(), text=words_of(draft, inbox), introduces=False, caps=caps, segments=0, price=None)

    def outlook(self, inbox: Inbox, number: str, *, wrote_to: Sequence[str] = (), text: str = "") -> Outlook:
        """How a text stands; `wrote_to` are our numbers that this number's own texts came to, the latest first."""
        rules = self.configuration.company().outbound
        sender, service, now = _sender(inbox, wrote_to), inbox.sms_rules.service, self.clock()
        line, consents = self.look_up(number), self.consents.consents(pairs_of(sender, service, number))
        notice = notice_for(inbox, consents, wrote=bool(wrote_to))
        whole = introduced(as_sent(text), notice)
        toll_free = self.look_up(sender).kind is LineKind.TOLL_FREE
        size, quiet = self.measure(whole, toll_free=toll_free), rules.quiet_hours.get(line.country)
        return Outlook(
            sender=sender,
            service=service,
            line=line,
            consents=consents,
            against=tuple(self._against(line, consents, now)),
            quiet_until=quiet.over_at(now) if quiet and quiet.quiet_in(now) else None,
            notice=notice,
            text=whole,
            size=size,
            price=estimate(size.segments, line.country, rules.prices, rules.currency),
            segment_price=estimate(1, line.country, rules.prices, rules.currency),
        )

    def _against(self, line: Line, consents: Sequence[Consent], now: datetime) -> Iterator[Refused]:
        company = self.configuration.company()
        if reason := why_not(line, company.countries, premium=company.outbound.premium):
            yield NotServed(reason)
        yield from (OptedOut(consent) for consent in consents if consent.is_out)
        quiet = company.outbound.quiet_hours.get(line.country)
        if quiet and quiet.quiet_in(now):
            yield Quiet(quiet, now, line.country)


def _sender(inbox: Inbox, wrote_to: Sequence[str]) -> str:
    """The number that the customer knows; the inbox's first one where they know none of its present numbers."""
    numbers = inbox.addresses(Channel.SMS)
    if not numbers:
        raise Invalid(f"The inbox {inbox.name} cannot send on the channel “{Channel.SMS}”.")
    return next((number for number in wrote_to if number in numbers), numbers[0])
