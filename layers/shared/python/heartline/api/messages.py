"""The timeline of a conversation: reading it, answering, and noting."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.errors import Unseen
from heartline.api.models import MessagePage, MessageResponse, NoteRequest, ReplyRequest
from heartline.api.present import message_response
from heartline.api.request import allowed_conversation, current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.domain.errors import Conflict
from heartline.domain.messages import Channel, Message
from heartline.domain.outbound import Draft

router = APIGatewayHttpRouter()

ConversationId = Annotated[str, Path(min_length=1, max_length=64)]


@router.get(
    "/api/conversations/<conversation_id>/messages",
    summary="Read the timeline",
    tags=["messages"],
    responses=answers(HTTPStatus.OK, "A page, oldest first.", MessagePage, HTTPStatus.NOT_FOUND),
)
def list_messages(
    conversation_id: ConversationId,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> MessagePage:
    request = current(router)
    allowed_conversation(request, conversation_id)
    page = request.services.reading.messages(conversation_id, limit=limit, cursor=cursor)
    return MessagePage(items=[_shown(request, message) for message in page.items], next=page.next)


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
    ),
)
def reply(conversation_id: ConversationId, body: ReplyRequest) -> Response[MessageResponse]:
    request = current(router)
    allowed_conversation(request, conversation_id)
    draft = Draft(
        request_id=body.request_id, channel=Channel(body.channel), text=body.text, seen=body.seen, recipient=""
    )
    try:
        message = request.services.answer.reply(
            conversation_id, draft, agent=request.caller.agent, inboxes=request.caller.inboxes
        )
    except Conflict as conflict:
        raise _unseen(request, conversation_id, conflict, seen=body.seen) from conflict
    return _json(HTTPStatus.ACCEPTED, _shown(request, message))


@router.post(
    "/api/conversations/<conversation_id>/notes",
    summary="Note for colleagues",
    tags=["messages"],
    responses=answers(HTTPStatus.CREATED, "Written, once for each request_id.", MessageResponse, HTTPStatus.NOT_FOUND),
)
def note(conversation_id: ConversationId, body: NoteRequest) -> Response[MessageResponse]:
    request = current(router)
    allowed_conversation(request, conversation_id)
    message = request.services.answer.note(
        conversation_id, request_id=body.request_id, text=body.text, agent=request.caller.agent
    )
    return _json(HTTPStatus.CREATED, _shown(request, message))


def _unseen(request: Request, conversation_id: str, conflict: Conflict, *, seen: str) -> Unseen:
    """Show the messages that the author of the reply has not seen; none where the conversation was closed."""
    newer = request.services.reading.messages_since(conversation_id, seen) if conflict.newer else ()
    return Unseen(str(conflict), shown=[_shown(request, message) for message in newer])


def _shown(request: Request, message: Message) -> MessageResponse:
    return message_response(message, request.services.link)


def _json(status: HTTPStatus, message: MessageResponse) -> Response[MessageResponse]:
    return Response(status_code=status.value, content_type=content_types.APPLICATION_JSON, body=message)
