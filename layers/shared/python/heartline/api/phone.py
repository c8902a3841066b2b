"""The signed-in agent's phone: where they are rung, and the token of their browser."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.call_models import PhoneResponse, VoiceTokenResponse
from heartline.api.call_requests import PhoneRequest
from heartline.api.request import current
from heartline.api.responses import answers
from heartline.api.times import timestamp
from heartline.domain.devices import Device, Ringing

router = APIGatewayHttpRouter()


@router.get(
    "/api/me/phone",
    summary="Where I am rung",
    tags=["me"],
    responses=answers(HTTPStatus.OK, "The device that calls ring on.", PhoneResponse),
)
def phone() -> PhoneResponse:
    request = current(router)
    return _shown(request.services.phone.rings(request.caller.agent), request.caller.agent.phone)


@router.put(
    "/api/me/phone",
    summary="Choose where to be rung",
    tags=["me"],
    responses=answers(HTTPStatus.OK, "As chosen.", PhoneResponse, HTTPStatus.UNPROCESSABLE_ENTITY),
)
def choose_phone(body: PhoneRequest) -> PhoneResponse:
    request = current(router)
    agent = request.caller.agent
    return _shown(request.services.phone.choose(agent, Device(body.device)), agent.phone)


@router.post(
    "/api/me/voice-token",
    summary="Get a token for the browser's phone",
    tags=["me"],
    responses=answers(HTTPStatus.OK, "A token that may be rung.", VoiceTokenResponse, HTTPStatus.UNPROCESSABLE_ENTITY),
)
def voice_token() -> VoiceTokenResponse:
    request = current(router)
    issued = request.services.phone.token(request.caller.agent)
    return VoiceTokenResponse(token=issued.token, identity=issued.identity, expires=timestamp(issued.expires))


def _shown(ringing: Ringing, number: str) -> PhoneResponse:
    return PhoneResponse.model_validate({"device": ringing.device.value, "number": number})
