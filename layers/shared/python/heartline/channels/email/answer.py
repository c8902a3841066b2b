"""Sends an agent's answer as a mail that every mail program files under the customer's own."""

from dataclasses import dataclass

from heartline.channels.email.receive import alias
from heartline.channels.email.render import Draft, render_reply, reply_subject
from heartline.channels.email.send import SesMail
from heartline.domain.mail import MailAddress
from heartline.domain.outbound import Intent
from heartline.domain.threading import Keys, reply_address, ses_aliases, sign_loop, sign_token, synthetic_message_id


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSender:
    """Implements `services.ports.Sender` over SES; `region` decides the Message-ID that SES puts in place of ours."""

    ses: SesMail
    keys: Keys
    region: str

    def send(self, intent: Intent) -> tuple[str, tuple[str, ...]]:
        """Send, and answer SES's id with every Message-ID that an answer may name."""
        draft = self._draft(intent)
        sent = self.ses.send(render_reply(draft), sender=intent.sender, recipients=[intent.recipient])
        bare, *rewritten = ses_aliases(sent, self.region)
        return f"ses:{bare}", tuple(alias(intent.inbox, name) for name in (draft.message_id, *rewritten))

    def _draft(self, intent: Intent) -> Draft:
        token = sign_token(self.keys, intent.conversation, intent.inbox)
        domain = intent.sender.rpartition("@")[2]
        return Draft(
            sender=MailAddress(name=intent.sender_name, address=intent.sender),
            to=intent.mail.to if intent.mail else (MailAddress(address=intent.recipient),),
            subject=reply_subject(intent.subject) if intent.subject else intent.sender_name,
            text=intent.text,
            message_id=synthetic_message_id(token, domain, intent.id),
            at=intent.at,
            reply_to=reply_address(intent.sender, token),
            in_reply_to=intent.thread[-1] if intent.thread else "",
            references=intent.thread,
            signed_id=synthetic_message_id(token, domain),
            loop=sign_loop(self.keys, intent.inbox) if intent.mail and intent.mail.automatic else "",
        )
