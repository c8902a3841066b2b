"""The raw mail behind a message."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.held_models import SourceResponse
from heartline.api.request import Id, allowed_conversation, current
from heartline.api.responses import answers

router = APIGatewayHttpRouter()


@router.get(
    "/api/conversations/<conversation_id>/messages/<message_id>/source",
    summary="Get the raw mail",
    tags=["messages"],
    responses=answers(
        HTTPStatus.OK, "A link for five minutes; 403 if a virus was found.", SourceResponse, HTTPStatus.NOT_FOUND
    ),
)
def source(conversation_id: Id, message_id: Id) -> SourceResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    return SourceResponse(url=request.services.source(conversation_id, message_id))
