"""Turns the domain's facts into the API's shapes."""

from collections.abc import Callable
from datetime import UTC, datetime

from heartline.api.models import (
    AttachmentResponse,
    AuthorResponse,
    ContactResponse,
    ConversationResponse,
    MessageResponse,
)
from heartline.domain.conversations import Conversation, State
from heartline.domain.messages import Attachment, Message

Link = Callable[[Attachment], str]


def timestamp(at: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def conversation_response(head: Conversation) -> ConversationResponse:
    status = {State.CLOSED: "closed", State.SNOOZED: "snoozed"}.get(head.state, "open")
    return ConversationResponse.model_validate(
        {
            "id": head.id,
            "inbox": head.inbox,
            "subject": head.subject,
            "status": status,
            "routing": head.state.value,
            "channels": [channel.value for channel in head.channels],
            "contact": ContactResponse(id=head.contact, name=head.contact_name, address=head.contact_address),
            "assignee": head.assignee,
            "band": head.band,
            "waiting_since": timestamp(head.waiting_since) if head.waiting_since else None,
            "preview": head.preview,
            "last_message_at": timestamp(head.last_message_at),
            "last_visible": head.last_visible,
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
        html=message.html or None,
        subject=message.subject,
        attachments=[_attachment_response(attachment, link) for attachment in message.attachments],
        status=message.status.value,
        status_reason=message.status_reason,
        provider_id=message.provider_id,
        explanation=message.explanation,
    )


def _attachment_response(attachment: Attachment, link: Link) -> AttachmentResponse:
    return AttachmentResponse(
        id=attachment.sha256,
        filename=attachment.filename,
        content_type=attachment.content_type,
        size=attachment.size,
        inline=attachment.inline,
        content_id=attachment.content_id,
        url=link(attachment),
    )
