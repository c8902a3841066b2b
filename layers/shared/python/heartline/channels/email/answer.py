"""Sends an intent as a mail that every mail program files under the customer's own."""

from dataclasses import dataclass

from heartline.channels.email.letter import Letter, Original, letter
from heartline.channels.email.render import OutgoingMail, render_mail
from heartline.channels.email.send import SesMail
from heartline.domain.addresses import domain_of, wire_address
from heartline.domain.aliases import mail_alias
from heartline.domain.errors import Invalid, NotFound, Refused
from heartline.domain.mail import MailAddress, MailDetails, MailFile
from heartline.domain.messages import Attachment
from heartline.domain.outbound import Intent
from heartline.domain.threading import (
    Keys,
    body_marker,
    reply_address,
    ses_aliases,
    sign_loop,
    sign_token,
    synthetic_message_id,
)
from heartline.domain.uploads import upload_of_content_id
from heartline.services.outbound_ports import Originals
from heartline.services.ports import Blobs


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSender:
    """Implements `services.ports.Sender` over SES; `region` decides the Message-ID that SES puts in place of ours."""

    ses: SesMail
    keys: Keys
    region: str
    media: Blobs
    originals: Originals

    def send(self, intent: Intent) -> tuple[str, tuple[str, ...]]:
        """Send, and answer SES's id with every Message-ID that an answer may name."""
        try:
            mail = self._composed(intent)
            raw = render_mail(mail)
            recipients = [wire_address(entry.address) for entry in _details(intent).everyone]
        except (Invalid, NotFound) as error:
            raise Refused(str(error)) from error
        sent = self.ses.send(raw, sender=intent.sender, recipients=recipients, intent=intent.id)
        bare, *rewritten = ses_aliases(sent, self.region)
        return f"ses:{bare}", tuple(mail_alias(intent.inbox, name) for name in (mail.message_id, *rewritten))

    def _composed(self, intent: Intent) -> OutgoingMail:
        token = sign_token(self.keys, intent.conversation, intent.inbox)
        domain = domain_of(intent.sender)
        details = _details(intent)
        body = self._letter(intent, body_marker(token))
        thread = tuple(self._message_id(name) for name in intent.thread)
        return OutgoingMail(
            sender=MailAddress(name=intent.sender_name, address=intent.sender),
            to=details.to,
            cc=details.cc,
            subject=intent.subject or intent.sender_name,
            text=body.text,
            html=body.html,
            message_id=synthetic_message_id(token, domain, intent.id),
            at=intent.at,
            reply_to=reply_address(intent.sender, token),
            in_reply_to=thread[-1] if thread else "",
            references=thread,
            signed_id=synthetic_message_id(token, domain),
            loop=sign_loop(self.keys, intent.inbox) if details.automatic else "",
            attachments=tuple(self._file(attachment) for attachment in intent.attachments),
        )

    def _letter(self, intent: Intent, marker: str) -> Letter:
        images = frozenset(file.content_id for file in intent.attachments if file.inline)
        return letter(
            intent.text,
            signature=intent.signature,
            original=self._original(intent, marker, images) if intent.quotes else None,
            images={upload_of_content_id(content_id): content_id for content_id in images},
        )

    def _original(self, intent: Intent, marker: str, images: frozenset[str]) -> Original:
        message = self.originals.message(intent.conversation, intent.quotes)
        if intent.forwards:
            return Original(message=message, forwarded=True, images=images)
        return Original(message=message, marker=marker)

    def _file(self, attachment: Attachment) -> MailFile:
        return MailFile(
            filename=attachment.filename,
            content_type=attachment.content_type,
            content=self.media.get(attachment.key),
            content_id=attachment.content_id,
            inline=attachment.inline and bool(attachment.content_id),
        )

    def _message_id(self, name: str) -> str:
        """A Message-ID as it stands; a mail of ours (`ses:…`) is known by the one that SES gave it."""
        own = name.removeprefix("ses:")
        return name if own == name else ses_aliases(own, self.region)[1]


def _details(intent: Intent) -> MailDetails:
    return intent.mail or MailDetails(to=(MailAddress(address=intent.recipient),))
