"""Why a conversation has its agent, or none yet: the answer of routing, read and not written."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.explain_models import RoutingResponse
from heartline.api.request import Id, allowed_conversation, current
from heartline.api.responses import answers

router = APIGatewayHttpRouter()


@router.get(
    "/api/conversations/<conversation_id>/routing",
    summary="Explain its routing",
    tags=["conversations"],
    responses=answers(
        HTTPStatus.OK,
        "Who has it or could take it and why, its place in line and the expected wait, as of now.",
        RoutingResponse,
        HTTPStatus.NOT_FOUND,
    ),
)
def explain(conversation_id: Id) -> RoutingResponse:
    from heartline.api.present_routing import routing_response  # the whole decision is behind it, and few ask

    request = current(router)
    return routing_response(request.services.explain(allowed_conversation(request, conversation_id)))
