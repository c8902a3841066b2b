"""Reaches the surroundings of the present request from a route."""

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.services import Request
from heartline.domain.conversations import Conversation


def current(router: APIGatewayHttpRouter) -> Request:
    request = router.context["request"]
    assert isinstance(request, Request)  # noqa: S101 - the application puts it there before any route runs
    return request


def allowed_conversation(request: Request, conversation_id: str) -> Conversation:
    """Read a conversation that the caller may see; raises `NotFound` for every other."""
    return request.caller.allowed(request.services.reading.conversation(conversation_id))
