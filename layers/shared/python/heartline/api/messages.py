"""The timeline of a conversation: reading it, and noting."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.models import MessagePage, MessageResponse, NoteRequest
from heartline.api.present import message_response
from heartline.api.request import Id, allowed_conversation, current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.domain.messages import Message

router = APIGatewayHttpRouter()


@router.get(
    "/api/conversations/<conversation_id>/messages",
    summary="Read the timeline",
    tags=["messages"],
    responses=answers(HTTPStatus.OK, "A page, oldest first.", MessagePage, HTTPStatus.NOT_FOUND),
)
def list_messages(
    conversation_id: Id,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> MessagePage:
    request = current(router)
    absorbed = allowed_conversation(request, conversation_id).absorbed
    page = request.services.reading.messages(conversation_id, limit=limit, cursor=cursor, absorbed=absorbed)
    return MessagePage(items=[_shown(request, message) for message in page.items], next=page.next)


@router.post(
    "/api/conversations/<conversation_id>/notes",
    summary="Note for colleagues",
    tags=["messages"],
    responses=answers(HTTPStatus.CREATED, "Written, once for each request_id.", MessageResponse, HTTPStatus.NOT_FOUND),
)
def note(conversation_id: Id, body: NoteRequest) -> Response[MessageResponse]:
    request = current(router)
    allowed_conversation(request, conversation_id)
    message = request.services.answer.note(
        conversation_id, request_id=body.request_id, text=body.text, agent=request.caller.agent
    )
    return _json(HTTPStatus.CREATED, _shown(request, message))


def _shown(request: Request, message: Message) -> MessageResponse:
    return message_response(message, request.services.link)


def _json(status: HTTPStatus, message: MessageResponse) -> Response[MessageResponse]:
    return Response(status_code=status.value, content_type=content_types.APPLICATION_JSON, body=message)
