"""Takes in a raw mail that SES put into the mail bucket: one message for each inbox that it was sent to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from heartline.channels.email.parse import parse_mail
from heartline.channels.email.sanitise import VERSION
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.conversations import Conversation
from heartline.domain.errors import AlreadyStored
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival, matching_inboxes
from heartline.domain.mail import Kind, MailDetails, MailFile, ParsedMail
from heartline.domain.messages import Attachment, Channel
from heartline.domain.threading import NEW_CONVERSATION, Keys, candidates
from heartline.observability import count
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
    keys: Keys

    def __call__(self, key: str, at: datetime) -> None:
        """`key` is the raw mail's object, `at` when it was put there."""
        raw = self.mails.get(key)
        mail = parse_mail(raw, keys=self.keys)
        inboxes = matching_inboxes(self.configuration.company().inboxes, Channel.EMAIL, _addressed_to(mail))
        if not inboxes:
            self._hold(mail, raw, key, at)
            return
        files = self._stored_files(mail, raw)
        for inbox in inboxes:
            arrival = _arrival(mail, _event(mail, raw, inbox.id), inbox, key=key, at=at, files=files)
            self.ingest(self._threaded(arrival, mail), again=lambda unplaced: self._threaded(unplaced, mail))

    def _threaded(self, arrival: Arrival, mail: ParsedMail) -> Arrival:
        """Find the conversation by the first hint that leads to one of this inbox."""
        inbox = arrival.inbox
        hints = list(candidates(mail, inbox=inbox.id, own_addresses=inbox.mail_addresses, keys=self.keys))
        found = self.references.find([alias(inbox.id, hint.message_id) for hint in hints if hint.message_id])
        for hint in hints:
            reference = found.get(alias(inbox.id, hint.message_id or ""))
            conversation = hint.conversation or (reference.conversation if reference else None)
            head = self._own(conversation, inbox) if conversation else None
            if head is not None:
                return replace(arrival, thread=head, explanation=hint.explanation)
        return replace(arrival, thread=None, explanation=NEW_CONVERSATION)

    def _own(self, conversation: str, inbox: Inbox) -> Conversation | None:
        head = self.references.conversation(conversation)
        return head if head is not None and head.inbox == inbox.id else None

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

    def _hold(self, mail: ParsedMail, raw: bytes, key: str, at: datetime) -> None:
        event = _event(mail, raw, "")
        reason = "No inbox has this address."
        try:
            self.store.hold(channel=Channel.EMAIL, event=event, raw=b"", raw_pointer=key, reason=reason, at=at)
        except AlreadyStored:
            return
        count("Held")


def alias(inbox: str, message_id: str) -> str:
    """The name by which a later mail to this inbox finds a message."""
    return f"mail:{inbox}:{message_id}"


def _addressed_to(mail: ParsedMail) -> Sequence[str]:
    """Every address that the mail may have reached us by, without the part behind a plus."""
    named = [*mail.recipients, *(entry.address for entry in (*mail.to, *mail.cc))]
    return [_without_plus(address.lower()) for address in named]


def _without_plus(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _arrival(
    mail: ParsedMail, event: str, inbox: Inbox, *, key: str, at: datetime, files: tuple[Attachment, ...]
) -> Arrival:
    address = mail.sender.address.lower()
    kind = IdentityKind.EMAIL if address else IdentityKind.ANONYMOUS
    return Arrival(
        channel=Channel.EMAIL,
        event=event,
        inbox=inbox,
        sender=Identity(kind=kind, address=address or event),
        sender_name=mail.sender.name or ("" if address else "Unknown sender"),
        at=at,
        text=mail.text,
        visible_text=mail.visible_text if mail.visible_text != mail.text else "",
        html=mail.html or "",
        subject=mail.subject,
        recipients=tuple(entry.address for entry in (*mail.to, *mail.cc)),
        attachments=files,
        raw_pointer=key,
        provider_id=mail.message_id,
        aliases=(alias(inbox.id, mail.message_id),),
        mail=details_of(mail),
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
