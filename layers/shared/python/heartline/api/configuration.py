"""What another configuration would do, shown before somebody stores it."""

from dataclasses import asdict
from http import HTTPStatus

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.configuration_models import ConfigurationDraft, EffectResponse
from heartline.api.request import current
from heartline.api.responses import answers
from heartline.domain.errors import Forbidden

router = APIGatewayHttpRouter()


@router.post(
    "/api/configuration/preview",
    summary="Show what a configuration would do",
    tags=["configuration"],
    responses=answers(
        HTTPStatus.OK,
        "Its effect on what waits and on agents at work; nothing is stored.",
        EffectResponse,
        HTTPStatus.FORBIDDEN,
    ),
)
def preview(body: ConfigurationDraft) -> EffectResponse:
    request = current(router)
    if request.caller.agent.role not in {"lead", "admin"}:
        raise Forbidden("The configuration is for leads and admins.")
    shown = request.services.preview(body.document)
    return EffectResponse.model_validate(
        asdict(shown.effect) | {"sentence": shown.effect.sentence, "warnings": list(shown.warnings)}
    )
