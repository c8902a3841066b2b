"""Writing to customers: answers, what an answer begins with, and first mails."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.errors import Unseen
from heartline.api.models import MailboxResponse, MessageResponse
from heartline.api.outgoing_models import (
    BeginRequest,
    BeginResponse,
    MailboxRequest,
    PreparationResponse,
    ReplyRequest,
    TemplateRequest,
)
from heartline.api.present import attachment_response, blocked_response, message_response
from heartline.api.present_calls import shown
from heartline.api.request import Id, allowed_conversation, current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.domain.addresses import OwnAddresses
from heartline.domain.errors import Conflict, Invalid
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Channel
from heartline.domain.outbound import Draft
from heartline.domain.recipients import Mode
from heartline.services.addressing import Preparation

router = APIGatewayHttpRouter()

ModeName = Literal["reply", "reply_all", "forward"]


@router.post(
    "/api/conversations/<conversation_id>/replies",
    summary="Answer the customer",
    tags=["messages"],
    responses=answers(
        HTTPStatus.ACCEPTED,
        "Queued, once for each request_id.",
        MessageResponse,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
def reply(conversation_id: Id, body: ReplyRequest) -> Response[MessageResponse]:
    request = current(router)
    allowed_conversation(request, conversation_id)
    caller = request.caller
    try:
        message = request.services.answer.reply(
            conversation_id, _answer(body), agent=caller.agent, inboxes=caller.company.inboxes
        )
    except Conflict as conflict:
        raise _unseen(request, conversation_id, conflict, seen=body.seen) from conflict
    shown = message_response(message, request.services.link)
    return Response(HTTPStatus.ACCEPTED.value, content_type=content_types.APPLICATION_JSON, body=shown)


@router.get(
    "/api/conversations/<conversation_id>/messages/<message_id>/reply",
    summary="What an answer begins with",
    tags=["messages"],
    responses=answers(HTTPStatus.OK, "Whom it would go to.", PreparationResponse, HTTPStatus.NOT_FOUND),
)
def prepare(conversation_id: Id, message_id: Id, mode: Annotated[ModeName, Query()] = "reply") -> PreparationResponse:
    request = current(router)
    head = allowed_conversation(request, conversation_id)
    outgoing = request.services.outgoing
    own = OwnAddresses.of(request.caller.company.inboxes)
    return _prepared(request, outgoing.addressing.prepared(head, message_id, Mode(mode), own), Mode(mode))


@router.post(
    "/api/conversations",
    summary="Write to a customer first",
    tags=["conversations"],
    responses=answers(
        HTTPStatus.ACCEPTED,
        "Queued, once for each request_id, in a conversation that is the caller's.",
        BeginResponse,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
def begin(body: BeginRequest) -> Response[BeginResponse]:
    request = current(router)
    caller = request.caller
    inbox = caller.inbox(body.inbox)
    head, message = request.services.outgoing.begin(
        _first(body), agent=caller.agent, inbox=inbox, inboxes=caller.company.inboxes
    )
    begun = BeginResponse(conversation=shown(request, head), message=message_response(message, request.services.link))
    return Response(HTTPStatus.ACCEPTED.value, content_type=content_types.APPLICATION_JSON, body=begun)


def _answer(body: ReplyRequest) -> Draft:
    only_mail = (body.to, body.cc, body.bcc, body.subject, body.answers, body.forwards)
    if body.channel != "email" and any(only_mail):
        raise Invalid("It goes to the customer's number: recipients, a subject and other messages are for mail.")
    if body.number and body.channel != "sms":
        raise Invalid("Only a text goes to a number of your choice.")
    return Draft(
        request_id=body.request_id,
        channel=Channel(body.channel),
        text=body.text,
        seen=body.seen,
        recipient=body.number,
        to=_addresses(body.to),
        cc=_addresses(body.cc),
        bcc=_addresses(body.bcc),
        subject=body.subject,
        answers=body.answers or "",
        forwards=body.forwards or "",
        uploads=tuple(body.attachments),
        quote=body.quote,
        template=body.template.sid if body.template else "",
        variables=_variables(body.template),
        force=body.force,
        override_quiet=body.override_quiet,
    )


def _variables(template: TemplateRequest | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(template.variables.items())) if template else ()


def _check_first(body: BeginRequest) -> None:
    """A mail has people and a subject, a text or a WhatsApp message a number."""
    only_mail = (body.to, body.cc, body.bcc, body.subject)
    if body.channel == "email" and (body.number or not body.to or not body.subject):
        raise Invalid("A first mail needs `to` and `subject`, and has no number.")
    if body.channel != "email" and (any(only_mail) or not body.number):
        raise Invalid("A first text or WhatsApp message needs a `number`; recipients and a subject are for mail.")


def _first(body: BeginRequest) -> Draft:
    _check_first(body)
    return Draft(
        request_id=body.request_id,
        channel=Channel(body.channel),
        text=body.text,
        seen="",
        recipient=body.number.strip(),
        to=_addresses(body.to),
        cc=_addresses(body.cc),
        bcc=_addresses(body.bcc),
        subject=body.subject,
        uploads=tuple(body.attachments),
        template=body.template.sid if body.template else "",
        variables=_variables(body.template),
        force=body.anyway,
        override_quiet=body.override_quiet,
    )


def _addresses(entries: Iterable[MailboxRequest]) -> tuple[MailAddress, ...]:
    return tuple(MailAddress(name=entry.name, address=entry.address) for entry in entries)


def _prepared(request: Request, prepared: Preparation, mode: Mode) -> PreparationResponse:
    recipients, original = prepared.recipients, prepared.original
    blocked = request.services.outgoing.suppressions.blocked([r.address.lower() for r in recipients.everyone])
    files = original.attachments if mode is Mode.FORWARD else ()
    return PreparationResponse(
        to=[MailboxResponse(name=entry.name, address=entry.address) for entry in recipients.to],
        cc=[MailboxResponse(name=entry.name, address=entry.address) for entry in recipients.cc],
        subject=prepared.subject,
        quoted_text=original.text,
        attachments=[attachment_response(file, request.services.link) for file in files],
        new_domains=list(prepared.new_domains),
        blocked=[blocked_response(entry) for entry in blocked],
    )


def _unseen(request: Request, conversation_id: str, conflict: Conflict, *, seen: str) -> Unseen:
    """Show the messages that the author of the reply has not seen; none where the conversation was closed."""
    newer = request.services.reading.messages_since(conversation_id, seen) if conflict.newer else ()
    return Unseen(str(conflict), shown=[message_response(message, request.services.link) for message in newer])
