"""Reaches the surroundings of the present request from a route."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.services import Request
from heartline.domain.conversations import Conversation

Id = Annotated[str, Path(min_length=1, max_length=64)]
"""The id of a conversation or a message, as a part of a path."""


def current(router: APIGatewayHttpRouter) -> Request:
    request = router.context["request"]
    assert isinstance(request, Request)  # noqa: S101 - the application puts it there before any route runs
    return request


def allowed_conversation(request: Request, conversation_id: str) -> Conversation:
    """Read a conversation that the caller may see; raises `NotFound` for every other."""
    return request.caller.allowed(request.services.reading.conversation(conversation_id))
