"""Turns the domain's facts into the API's shapes."""

from collections.abc import Callable, Iterable
from typing import Final

from heartline.api.call_models import CallResponse
from heartline.api.models import (
    AttachmentResponse,
    AuthorResponse,
    BounceResponse,
    ContactResponse,
    ConversationResponse,
    MailboxResponse,
    MailResponse,
    MessageResponse,
    WarningResponse,
)
from heartline.api.outgoing_models import BlockedResponse
from heartline.api.present_recordings import recording_response
from heartline.api.times import timestamp
from heartline.domain.contacts import why_mute
from heartline.domain.conversations import Conversation, State
from heartline.domain.mail import Bounce, MailAddress, MailDetails
from heartline.domain.messages import Attachment, DeliveryStatus, Direction, Message
from heartline.domain.suppressions import Suppression
from heartline.domain.text_faults import action_for
from heartline.domain.verdicts import Severity, warnings

_LEVELS: Final = {Severity.CAUTION: "warning", Severity.DANGER: "danger"}

Link = Callable[[Attachment], str]


def conversation_response(head: Conversation, call: CallResponse | None, *, vip: bool) -> ConversationResponse:
    waiting = head.waiting_since if head.state is not State.CLOSED else None
    status = {State.CLOSED: "closed", State.SNOOZED: "snoozed"}.get(head.state, "open")
    offer = head.offer_expires if head.state is State.OFFERED else None
    return ConversationResponse.model_validate(
        {
            "id": head.id,
            "inbox": head.inbox,
            "subject": head.subject,
            "status": status,
            "routing": head.state.value,
            "channels": [channel.value for channel in head.channels],
            "contact": ContactResponse(id=head.contact, name=head.contact_name, address=head.contact_address, vip=vip),
            "assignee": head.assignee,
            "band": head.band,
            "boost": head.boost,
            "rules": list(head.rules),
            "pool": head.pools[0].name if len(head.pools) == 1 else None,
            "heated": head.heated,
            "heat": list(head.heat),
            "heat_by": head.heat_by,
            "rounds": head.rounds,
            "snoozed_until": timestamp(head.snoozed_until) if head.snoozed_until else None,
            "offered_to": head.agent if offer else None,
            "offered_until": timestamp(offer) if offer else None,
            "waiting_since": timestamp(waiting) if waiting else None,
            "preview": head.preview,
            "last_message_at": timestamp(head.last_message_at),
            "last_visible": head.last_visible,
            "kind": head.kind.value,
            "problem": head.problem,
            "follows": head.follows,
            "merged_into": head.merged_into,
            "whatsapp_until": timestamp(head.whatsapp_until) if head.whatsapp_until else None,
            "unanswerable": why_mute(head.contact_address),
            "absorbed": list(head.absorbed),
            "call": call,
        }
    )


def message_response(message: Message, link: Link) -> MessageResponse:
    author = message.author
    return MessageResponse(
        id=message.id,
        conversation=message.conversation,
        direction=message.direction.value,
        channel=message.channel.value,
        event=message.event,
        author=AuthorResponse(kind=author.kind.value, id=author.id, name=author.name, address=author.address),
        at=timestamp(message.at),
        text=message.text,
        visible_text=message.words,
        html=message.html or None,
        quoted_html=message.quoted_html or None,
        mail=_mail_response(message, message.mail) if message.mail else None,
        subject=message.subject,
        attachments=[attachment_response(attachment, link) for attachment in message.attachments],
        status=message.status.value,
        status_reason=message.status_reason,
        status_code=message.code,
        status_action=action_for(message.code, is_retried=_is_retried(message)).value,
        again_at=timestamp(message.again_at) if message.again_at and _is_retried(message) else None,
        segments=message.segments,
        price_estimate=message.price or None,
        provider_id=message.provider_id,
        explanation=message.explanation,
        files_pending=len(message.pending_media),
        recording=recording_response(message, message.recording) if message.recording else None,
    )


def _is_retried(message: Message) -> bool:
    """Whether its second try is still to come."""
    return message.again_at is not None and message.status is DeliveryStatus.SENT


def _mail_response(message: Message, mail: MailDetails) -> MailResponse:
    return MailResponse(
        kind=mail.kind.value,
        to=_mailboxes(mail.to),
        cc=_mailboxes(mail.cc),
        bcc=_mailboxes(mail.bcc),
        reply_to=_mailboxes(mail.reply_to),
        remote_images=list(mail.remote_images),
        defects=list(mail.defects),
        bounces=[_bounce_response(bounce) for bounce in mail.bounces],
        unverified=mail.unverified,
        off_subject=mail.off_subject,
        placeholder=mail.placeholder,
        automatic=mail.automatic,
        warnings=_warnings(message, mail),
        source=bool(message.raw),
    )


def _warnings(message: Message, mail: MailDetails) -> list[WarningResponse]:
    """What its verdicts say of a mail that came to us; that its sender is unknown is said by `unverified`."""
    if message.direction is not Direction.INBOUND:
        return []
    found = warnings(mail.verdicts, sender=message.author.address)
    return [WarningResponse.model_validate({"level": _LEVELS[each.severity], "text": each.text}) for each in found]


def blocked_response(entry: Suppression) -> BlockedResponse:
    return BlockedResponse(address=entry.address, reason=entry.reason, at=timestamp(entry.at))


def _mailboxes(entries: Iterable[MailAddress]) -> list[MailboxResponse]:
    return [MailboxResponse(name=entry.name, address=entry.address) for entry in entries]


def _bounce_response(bounce: Bounce) -> BounceResponse:
    return BounceResponse(
        recipient=bounce.recipient, action=bounce.action, status=bounce.status, diagnostic=bounce.diagnostic
    )


def attachment_response(attachment: Attachment, link: Link) -> AttachmentResponse:
    return AttachmentResponse(
        id=attachment.sha256,
        filename=attachment.filename,
        content_type=attachment.content_type,
        size=attachment.size,
        inline=attachment.inline,
        content_id=attachment.content_id,
        url=link(attachment),
    )
