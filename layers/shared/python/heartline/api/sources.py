"""The raw mail behind a message."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.held_models import SourceResponse
from heartline.api.request import allowed_conversation, current
from heartline.api.responses import answers

router = APIGatewayHttpRouter()

Identifier = Annotated[str, Path(min_length=1, max_length=64)]


@router.get(
    "/api/conversations/<conversation_id>/messages/<message_id>/source",
    summary="Get the raw mail",
    tags=["messages"],
    responses=answers(
        HTTPStatus.OK, "A link for five minutes; 403 if a virus was found.", SourceResponse, HTTPStatus.NOT_FOUND
    ),
)
def source(conversation_id: Identifier, message_id: Identifier) -> SourceResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    return SourceResponse(url=request.services.source(conversation_id, message_id))
