"""Decides, once a conversation is read, whom a message of ours goes to and what goes with it; then it is frozen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from heartline.domain.addresses import OwnAddresses
from heartline.domain.contacts import IdentityKind, why_mute
from heartline.domain.conversations import Conversation
from heartline.domain.errors import Invalid, NotFound
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.mail import Kind, MailAddress, MailDetails
from heartline.domain.messages import AuthorKind, Channel, Direction, Message
from heartline.domain.outbound import Draft, Envelope
from heartline.domain.phones import E164, unified_mobile
from heartline.domain.recipients import Mode, Recipients, checked, new_domains, recipients_of
from heartline.domain.subjects import SUBJECT_LIMIT, answer_subject, forward_subject, on_one_line
from heartline.services.outbound_ports import Originals
from heartline.services.ports import ReadingStore
from heartline.services.uploads import Uploads

_RECENT: Final = 100
_MAIL: Final = re.compile(r".+@.+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What a composer begins with when a message is taken up; `new_domains` no earlier message had."""

    recipients: Recipients
    subject: str
    original: Message
    new_domains: tuple[str, ...]


class Dialable(Protocol):
    """Reads a number that a person wrote, as it is dialled in `country` (ISO 3166), into E.164; raises `Invalid`."""

    def __call__(self, written: str, country: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressing:
    """Reads what a draft refers to. Raises `Invalid` where it can go to nobody, and `NotFound`."""

    reading: ReadingStore
    originals: Originals
    uploads: Uploads
    dialable: Dialable

    def answer(
        self, draft: Draft, head: Conversation, *, agent: AgentProfile | None, inbox: Inbox, own: OwnAddresses
    ) -> Envelope:
        """The envelope of an answer in a conversation."""
        recent = self._recent(head)
        if draft.channel is not Channel.EMAIL:
            recipient = _number(draft, head, recent, chosen=agent is not None)
            return Envelope(
                recipient=recipient,
                subject=head.subject,
                wrote_to=wrote_to(recent, recipient),
                attachments=self.uploads.enclosed(agent.id, draft.uploads, draft.channel) if agent else (),
            )
        source = self._source(head.id, draft.forwards or draft.answers, recent)
        quotes = inbox.mail_rules.quotes if draft.quote is None else draft.quote
        is_quoted = source is not None and (draft.forwards or (quotes and source.channel is Channel.EMAIL))
        return self._envelope(
            draft,
            _recipients(draft, head, recent, source=source, own=own),
            agent=agent,
            subject=_subject(draft, head, recent, source),
            thread=() if draft.forwards else _thread(recent, source),
            original=source if draft.forwards else None,
            quotes=source.id if source and is_quoted else "",
        )

    def prepared(self, head: Conversation, message_id: str, mode: Mode, own: OwnAddresses) -> Preparation:
        """What taking up a message in this way would send to whom; raises `NotFound`."""
        recent = self._recent(head)
        original = self._original(head.id, message_id)
        recipients = recipients_of(original, mode, own)
        earlier = [message for message in recent if message.at < original.at]
        # Whom the customer copies in is to be looked at; whom we wrote to ourselves was.
        ours = original.direction is Direction.OUTBOUND
        known = [*earlier, original if ours else replace(original, mail=None, recipients=())]
        forwards = mode is Mode.FORWARD
        subject = forward_subject(original.subject or head.subject) if forwards else _latest_subject(head, recent)
        return Preparation(
            recipients=recipients,
            subject=subject,
            original=original,
            new_domains=new_domains(recipients.everyone, known, own),
        )

    def opening(self, draft: Draft, *, agent: AgentProfile, inbox: Inbox, own: OwnAddresses) -> Envelope:
        """The envelope of a first message: a mail's recipients, or the number that a person wrote."""
        if draft.channel is not Channel.EMAIL:
            number = unified_mobile(self.dialable(draft.recipient, inbox.country))
            files = self.uploads.enclosed(agent.id, draft.uploads, draft.channel)
            return Envelope(recipient=number, attachments=files)
        recipients = checked(Recipients(to=draft.to, cc=draft.cc, bcc=draft.bcc), own)
        return self._envelope(draft, recipients, agent=agent, subject=_written(draft.subject))

    def _recent(self, head: Conversation) -> tuple[Message, ...]:
        return self.reading.messages(head.id, limit=_RECENT, cursor=None, whole=False, absorbed=head.absorbed).items

    def _source(self, conversation: str, message_id: str, recent: Sequence[Message]) -> Message | None:
        """The message taken up: the one asked for, else the customer's latest mail, else our own; never a note."""
        if not message_id:
            return _latest_mail(recent)
        known = next((message for message in recent if message.id == message_id), None)
        return _spoken(known) if known else self._original(conversation, message_id)

    def _original(self, conversation: str, message_id: str) -> Message:
        return _spoken(self.originals.message(conversation, message_id))

    def _envelope(
        self,
        draft: Draft,
        recipients: Recipients,
        *,
        agent: AgentProfile | None,
        subject: str,
        thread: tuple[str, ...] = (),
        original: Message | None = None,
        quotes: str = "",
    ) -> Envelope:
        files = self.uploads.taken(agent.id, draft.uploads, text=draft.text, original=original) if agent else ()
        return Envelope(
            recipient=recipients.to[0].address,
            subject=subject,
            thread=thread,
            mail=MailDetails(
                to=recipients.to,
                cc=recipients.cc,
                bcc=recipients.bcc,
                automatic=agent is None,
            ),
            attachments=files,
            quotes=quotes,
        )


def _spoken(message: Message) -> Message:
    """A note is for colleagues only: for every other purpose it is not there."""
    if message.direction is Direction.INTERNAL or message.event:
        raise NotFound(f"There is no message {message.id} in this conversation that could be sent on.")
    return message


def _recipients(
    draft: Draft, head: Conversation, recent: Sequence[Message], *, source: Message | None, own: OwnAddresses
) -> Recipients:
    """Whom the author chose; without a choice, whoever the message taken up is answered to."""
    to = draft.to or ((MailAddress(address=draft.recipient),) if draft.recipient else ())
    if not to and not draft.forwards:
        answered = source is not None and source.channel is Channel.EMAIL
        to = recipients_of(source, Mode.REPLY, own).to if source and answered else ()
        to = to or (MailAddress(address=_last_mail_address(head, recent)),)
    return checked(Recipients(to=to, cc=draft.cc, bcc=draft.bcc), own)


def _subject(draft: Draft, head: Conversation, recent: Sequence[Message], source: Message | None) -> str:
    """As its author wrote it, else the latest one of the customer: a changed subject is taken up."""
    if draft.subject.strip():
        return _written(draft.subject)
    if draft.forwards and source is not None:
        return forward_subject(source.subject or head.subject)
    return _latest_subject(head, recent)


def _latest_subject(head: Conversation, recent: Sequence[Message]) -> str:
    theirs = (message.subject for message in reversed(recent) if message.direction is Direction.INBOUND)
    latest = next((subject for subject in theirs if subject), head.subject)
    return answer_subject(latest) if latest else ""


def _written(subject: str) -> str:
    plain = on_one_line(subject)
    if len(plain) > SUBJECT_LIMIT:
        raise Invalid(f"The subject has {len(plain)} characters; {SUBJECT_LIMIT} is the most.")
    return plain


def _thread(recent: Sequence[Message], source: Message | None) -> tuple[str, ...]:
    """The mails up to the one that is answered, which comes last."""
    if source is None:
        return ()
    earlier = [message for message in recent if (message.at, message.id) < (source.at, source.id)]
    return tuple(name for message in (*earlier, source) if (name := _message_id(message)))


def _message_id(message: Message) -> str:
    """What a mail is known by: its own Message-ID; ours has the id that SES gave it."""
    if message.direction is Direction.INBOUND:
        return message.mail.message_id if message.mail else ""
    return f"ses:{message.provider_id}" if message.channel is Channel.EMAIL and message.provider_id else ""


def _latest_mail(recent: Sequence[Message]) -> Message | None:
    """The customer's latest mail: a stranger who joined the thread is answered only when the author says so."""
    mails = [message for message in reversed(recent) if message.channel is Channel.EMAIL and not message.event]
    theirs = [message for message in mails if message.direction is Direction.INBOUND]
    human = [message for message in theirs if message.mail is None or message.mail.kind is Kind.HUMAN]
    vouched = [message for message in human if message.mail is None or not message.mail.unverified]
    return next(iter([*vouched, *human, *theirs, *mails]), None)


def numbers_in(head: Conversation, recent: Sequence[Message]) -> tuple[str, ...]:
    """The numbers that the customer wrote or called from, the latest first, as what takes texts is spelled."""
    spoken = (unified_mobile(address) for _, address in _spoken_from(head, recent) if E164.fullmatch(address))
    return tuple(dict.fromkeys(spoken))


def wrote_to(recent: Sequence[Message], number: str) -> tuple[str, ...]:
    """Our numbers that texts of `number` came to, the latest first."""
    theirs = (m for m in reversed(recent) if m.direction is Direction.INBOUND and m.channel is Channel.SMS)
    return tuple(dict.fromkeys(ours for m in theirs if m.author.address == number for ours in m.recipients))


def _spoken_from(head: Conversation, recent: Sequence[Message]) -> list[tuple[Channel | None, str]]:
    """The channels and addresses that the customer wrote from, the latest first."""
    theirs = (message for message in reversed(recent) if message.author.kind is AuthorKind.CONTACT)
    return [*((message.channel, message.author.address) for message in theirs), (None, head.contact_address)]


def _last_mail_address(head: Conversation, recent: Sequence[Message]) -> str:
    spoken = (each for _, each in _spoken_from(head, recent) if not why_mute(each))
    address = next(filter(_MAIL.fullmatch, spoken), "")
    if not address:
        raise Invalid(f"No {IdentityKind.EMAIL} address of this customer is known.")
    return address


def _number(draft: Draft, head: Conversation, recent: Sequence[Message], *, chosen: bool) -> str:
    """Where a text goes; what a person chose must be a number of this customer's."""
    number = unified_mobile(draft.recipient)
    if chosen and number and number not in numbers_in(head, recent):
        raise NotFound(f"{draft.recipient} is no number of this customer's.")
    return number or _last_number(head, recent, draft.channel)


def _last_number(head: Conversation, recent: Sequence[Message], channel: Channel) -> str:
    """The number that the customer last used: a call's takes a text.

    WhatsApp knows some numbers by an old spelling: there the one that they wrote from comes first, as it was spelled.
    """
    spoken = _spoken_from(head, recent)
    numbers = [(by, address) for by, address in spoken if E164.fullmatch(address)]
    if channel is Channel.WHATSAPP and (own := next((address for by, address in numbers if by is channel), "")):
        return own
    if numbers:
        return unified_mobile(numbers[0][1])
    mute = next((why for _, address in spoken if (why := why_mute(address))), "")
    raise Invalid(mute or f"No {IdentityKind.PHONE} number of this customer is known.")
