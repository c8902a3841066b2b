"""Merging and splitting conversations by hand."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.models import ConversationResponse, MergeRequest, SplitRequest
from heartline.api.present_calls import shown
from heartline.api.request import Id, allowed_conversation, current
from heartline.api.responses import answers

router = APIGatewayHttpRouter()


@router.post(
    "/api/conversations/<conversation_id>/merge",
    summary="Merge into another",
    tags=["conversations"],
    responses=answers(
        HTTPStatus.OK, "The head that goes on.", ConversationResponse, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
    ),
)
def merge(conversation_id: Id, body: MergeRequest) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    allowed_conversation(request, body.into)
    merging = request.services.merging
    return shown(request, merging.merge(conversation_id, into=body.into, by=request.caller.agent))


@router.post(
    "/api/conversations/<conversation_id>/unmerge",
    summary="Undo a merge",
    tags=["conversations"],
    responses=answers(
        HTTPStatus.OK, "The head that stands alone.", ConversationResponse, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
    ),
)
def unmerge(conversation_id: Id) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    return shown(request, request.services.merging.undo(conversation_id, by=request.caller.agent))


@router.post(
    "/api/conversations/<conversation_id>/split",
    summary="Split messages off",
    tags=["conversations"],
    responses=answers(
        HTTPStatus.OK, "The head that begins.", ConversationResponse, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
    ),
)
def split(conversation_id: Id, body: SplitRequest) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    merging = request.services.merging
    return shown(request, merging.split(conversation_id, body.messages, by=request.caller.agent))
