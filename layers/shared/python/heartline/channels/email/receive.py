"""Takes in a raw mail that SES put into the mail bucket: one message for each inbox that it was sent to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from heartline.channels.email.folding import folded
from heartline.channels.email.parse import parse_mail
from heartline.channels.email.sanitise import VERSION
from heartline.channels.email.threads import Threads
from heartline.domain.addresses import OwnAddresses, spellings
from heartline.domain.aliases import mail_alias, subject_alias
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import AlreadyStored
from heartline.domain.held import NO_ADDRESS, Held, ending
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import SUBJECT_LENGTH, Arrival, matching_inboxes, preview_of
from heartline.domain.mail import Kind, MailAddress, MailDetails, MailFile, ParsedMail
from heartline.domain.messages import Attachment, Channel, Direction
from heartline.domain.subjects import is_telling
from heartline.domain.threading import Keys
from heartline.observability import count
from heartline.services.aftermath import Aftermath
from heartline.services.ingest import Ingest
from heartline.services.ports import Blobs, Configuration, IntakeStore, References

_END_OF_HEADERS: Final = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveMail:
    """From a raw mail to stored messages. The raw mail stays where it is; files are stored before the message."""

    configuration: Configuration
    mails: Blobs
    media: Blobs
    ingest: Ingest
    store: IntakeStore
    references: References
    after: Aftermath
    keys: Keys

    def __call__(self, key: str, at: datetime) -> tuple[str, ...]:
        """`key` is the raw mail's object, `at` when it was put there; answers the events that it became."""
        raw = self.mails.get(key)
        mail = self._parsed(raw)
        inboxes = self._owners(mail)
        if not inboxes:
            return (self._hold(mail, raw, key, at),)
        arrivals = self._arrivals(mail, raw, inboxes, key=key, at=at)
        for arrival in arrivals:
            self._take_in(arrival, mail)
        return tuple(arrival.event for arrival in arrivals)

    def read(self, key: str, at: datetime, inbox: Inbox) -> Arrival:
        """A raw mail as it would come to an inbox now; its files are stored, its thread is not looked for."""
        raw = self.mails.get(key)
        return self._arrivals(self._parsed(raw), raw, (inbox,), key=key, at=at)[0]

    def release(self, held: Held, inboxes: Sequence[Inbox]) -> tuple[str, ...]:
        """Implements `services.hold.TakeIn`."""
        raw = self.mails.get(held.raw_pointer)
        mail = self._parsed(raw)
        arrivals = self._arrivals(mail, raw, inboxes or self._owners(mail), key=held.raw_pointer, at=held.at)
        for arrival in ending(arrivals, held):
            self._take_in(arrival, mail)
        return tuple(arrival.event for arrival in arrivals)

    def _parsed(self, raw: bytes) -> ParsedMail:
        own = OwnAddresses.of(self.configuration.company().inboxes)
        mail = parse_mail(raw, keys=self.keys, own_addresses=own)
        return replace(mail, sender=_writer(mail, own))

    def _owners(self, mail: ParsedMail) -> tuple[Inbox, ...]:
        names = [name for address in mail.addressed for name in spellings(address)]
        return matching_inboxes(self.configuration.company().inboxes, Channel.EMAIL, names)

    def _arrivals(
        self, mail: ParsedMail, raw: bytes, inboxes: Sequence[Inbox], *, key: str, at: datetime
    ) -> tuple[Arrival, ...]:
        files = self._stored_files(mail, raw) if inboxes else ()
        return tuple(
            _arrival(mail, _event(mail, raw, inbox.id), inbox, key=key, at=at, files=files) for inbox in inboxes
        )

    def _take_in(self, arrival: Arrival, mail: ParsedMail) -> None:
        """Store it, then do what follows from it; a repetition finds it stored, and does what is not done yet."""
        threads = self._threads
        threaded = threads.threaded(arrival, mail)
        conversation = self.ingest(threaded, again=lambda unplaced: threads.threaded(unplaced, mail))
        self.after(threaded, conversation)

    @property
    def _threads(self) -> Threads:
        return Threads(references=self.references, keys=self.keys)

    def _stored_files(self, mail: ParsedMail, raw: bytes) -> tuple[Attachment, ...]:
        """Store what may be downloaded: nothing that SES found a virus in; the original of what could not be read."""
        if mail.kind is Kind.VIRUS:
            return ()
        files = list(mail.attachments)
        if mail.placeholder:
            files.append(MailFile(filename="original.eml", content_type="message/rfc822", content=raw))
        return tuple(self._stored(file) for file in files)

    def _stored(self, file: MailFile) -> Attachment:
        key = f"attachments/{file.sha256}"
        self.media.put(key, file.content, "application/octet-stream")
        return Attachment(
            filename=file.filename,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            key=key,
            content_id=file.content_id,
            inline=file.inline,
        )

    def _hold(self, mail: ParsedMail, raw: bytes, key: str, at: datetime) -> str:
        held = _held(mail, _event(mail, raw, ""), key=key, at=at)
        try:
            self.store.hold(held)
        except AlreadyStored:
            return held.key
        count("Held")
        return held.key


def _writer(mail: ParsedMail, own: OwnAddresses) -> MailAddress:
    """Who wrote it: a group of ours puts its own address into From, and the person who wrote into Reply-To."""
    others = [entry for entry in mail.reply_to if entry.address not in own]
    came_through_us = mail.sender.address in own and mail.kind is Kind.HUMAN
    return others[0] if came_through_us and len(others) == 1 else mail.sender


def _arrival(
    mail: ParsedMail, event: str, inbox: Inbox, *, key: str, at: datetime, files: tuple[Attachment, ...]
) -> Arrival:
    address, html = mail.sender.address.lower(), folded(mail)
    kind = IdentityKind.EMAIL if address else IdentityKind.ANONYMOUS
    return Arrival(
        channel=Channel.EMAIL,
        event=event,
        inbox=inbox,
        sender=Identity(kind=kind, address=address or event),
        sender_name=_shown_name(mail.sender.name) or ("" if address else "Unknown sender"),
        at=at,
        text=mail.text,
        visible_text=mail.visible_text if mail.visible_text != mail.text else "",
        html=html.visible,
        quoted_html=html.quoted,
        subject=mail.subject,
        recipients=tuple(entry.address for entry in (*mail.to, *mail.cc)),
        attachments=files,
        raw_pointer=key,
        provider_id=mail.message_id,
        aliases=(mail_alias(inbox.id, mail.message_id),),
        subject_alias=_subject_alias(mail, inbox),
        mail=replace(details_of(mail), remote_images=html.remote_images),
        unanswerable=mail.unanswerable,
    )


def _shown_name(name: str) -> str:
    """The name as a person reads it: Outlook puts apostrophes around names that it took from an address."""
    return name[1:-1].strip() or name if name.startswith("'") and name.endswith("'") else name


def _subject_alias(mail: ParsedMail, inbox: Inbox) -> str:
    """What the subject rule finds this mail by later, in an inbox that has the rule."""
    is_findable = mail.kind is Kind.HUMAN and bool(mail.sender.address) and is_telling(mail.subject)
    has_rule = inbox.mail_rules.subject_hours > 0
    return subject_alias(inbox.id, mail.sender.address, mail.subject) if has_rule and is_findable else ""


def _held(mail: ParsedMail, event: str, *, key: str, at: datetime) -> Held:
    return Held(
        key=event,
        channel=Channel.EMAIL,
        direction=Direction.INBOUND,
        at=at,
        reason=NO_ADDRESS,
        sender=mail.sender.address,
        recipient=next(iter(mail.addressed), ""),
        subject=mail.subject[:SUBJECT_LENGTH],
        preview=preview_of(mail.visible_text or mail.text),
        raw_pointer=key,
    )


def details_of(mail: ParsedMail) -> MailDetails:
    """What is kept of a mail besides its words."""
    return MailDetails(
        message_id=mail.message_id,
        kind=mail.kind,
        to=mail.to,
        cc=mail.cc,
        reply_to=mail.reply_to,
        verdicts=mail.verdicts,
        remote_images=mail.remote_images,
        defects=mail.defects,
        bounces=mail.bounces,
        placeholder=mail.placeholder,
        sanitised=VERSION if mail.html is not None else 0,
    )


def _event(mail: ParsedMail, raw: bytes, inbox: str) -> str:
    """Identify a mail by inbox, Message-ID and body: the same id with another body is another message.

    The body is hashed as it came, so that a later parser that reads it better finds the same event.
    """
    digest = sha256(mail.message_id.encode(errors="surrogatepass"))
    digest.update(_body_of(raw))
    return f"{inbox}#{digest.hexdigest()[:40]}"


def _body_of(raw: bytes) -> bytes:
    """What stands below the headers, which differ between two copies of one mail; all of it where there are none."""
    end = _END_OF_HEADERS.search(raw)
    return raw[end.end() :] if end else raw
