"""Calls: reading one, and what an agent asks of it. Each command answers the call as it is afterwards."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.call_models import CallResponse, TargetAgent, TargetSkill, TargetsResponse
from heartline.api.call_requests import ConsultRequest, SwitchRequest, TransferRequest
from heartline.api.present_calls import call_response
from heartline.api.request import CallId, allowed_call, current
from heartline.api.responses import answers
from heartline.api.times import timestamp
from heartline.domain.call_parties import Consult, Mode, Transfer
from heartline.services.targets import Colleague

router = APIGatewayHttpRouter()

_COMMANDED = answers(HTTPStatus.OK, "The call as it is now.", CallResponse, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


@router.get(
    "/api/calls/<call_id>",
    summary="Read a call",
    tags=["calls"],
    responses=answers(HTTPStatus.OK, "As it is now.", CallResponse, HTTPStatus.NOT_FOUND),
)
def read_call(call_id: CallId) -> CallResponse:
    request = current(router)
    call, head = allowed_call(request, call_id)
    return call_response(request, call, head.subject, contact=head.contact_name)


@router.get(
    "/api/calls/<call_id>/targets",
    summary="Whom it can be transferred to",
    tags=["calls"],
    responses=answers(HTTPStatus.OK, "Colleagues and skills.", TargetsResponse, HTTPStatus.NOT_FOUND),
)
def targets(call_id: CallId) -> TargetsResponse:
    request = current(router)
    call, _ = allowed_call(request, call_id)
    found = request.services.calls.targets(request.caller.company, call.inbox, of=request.caller.agent)
    return TargetsResponse(
        agents=[_target(each) for each in found.colleagues],
        skills=[TargetSkill(id=skill, name=skill, free=free) for skill, free in found.skills],
    )


@router.post("/api/calls/<call_id>/hold", summary="Hold the customer", tags=["calls"], responses=_COMMANDED)
def hold(call_id: CallId, body: SwitchRequest) -> CallResponse:
    request = current(router)
    _, head = allowed_call(request, call_id)
    call = request.services.calls.desk.hold(call_id, request.caller.agent, on=body.on)
    return call_response(request, call, head.subject, contact=head.contact_name)


@router.post("/api/calls/<call_id>/mute", summary="Mute oneself", tags=["calls"], responses=_COMMANDED)
def mute(call_id: CallId, body: SwitchRequest) -> CallResponse:
    request = current(router)
    _, head = allowed_call(request, call_id)
    call = request.services.calls.desk.mute(call_id, request.caller.agent, on=body.on)
    return call_response(request, call, head.subject, contact=head.contact_name)


@router.post(
    "/api/calls/<call_id>/recording", summary="Pause the recording, or go on", tags=["calls"], responses=_COMMANDED
)
def recording(call_id: CallId, body: SwitchRequest) -> CallResponse:
    request = current(router)
    _, head = allowed_call(request, call_id)
    call = request.services.calls.desk.record(call_id, request.caller.agent, on=body.on)
    return call_response(request, call, head.subject, contact=head.contact_name)


@router.post("/api/calls/<call_id>/decline", summary="Decline an offer", tags=["calls"], responses=_COMMANDED)
def decline(call_id: CallId) -> CallResponse:
    request = current(router)
    _, head = allowed_call(request, call_id)
    call = request.services.calls.desk.decline(call_id, request.caller.agent)
    return call_response(request, call, head.subject, contact=head.contact_name)


@router.post("/api/calls/<call_id>/hang-up", summary="Leave the call", tags=["calls"], responses=_COMMANDED)
def hang_up(call_id: CallId) -> CallResponse:
    request = current(router)
    _, head = allowed_call(request, call_id)
    call = request.services.calls.desk.hang_up(call_id, request.caller.agent)
    return call_response(request, call, head.subject, contact=head.contact_name)


@router.post(
    "/api/calls/<call_id>/wrap-up", summary="Finish the work after the call", tags=["calls"], responses=_COMMANDED
)
def wrap_up(call_id: CallId) -> CallResponse:
    request = current(router)
    _, head = allowed_call(request, call_id)
    call = request.services.calls.desk.wrap_up(call_id, request.caller.agent)
    return call_response(request, call, head.subject, contact=head.contact_name)


@router.post(
    "/api/calls/<call_id>/transfer",
    summary="Transfer the call",
    tags=["calls"],
    responses=answers(
        HTTPStatus.OK,
        "The call as it is now.",
        CallResponse,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
def transfer(call_id: CallId, body: TransferRequest) -> CallResponse:
    request = current(router)
    _, head = allowed_call(request, call_id)
    asked = Transfer(
        mode=Mode(body.mode),
        note=body.note,
        by=request.caller.agent.id,
        agent=body.agent or "",
        skill=body.skill or "",
        number=body.number or "",
    )
    call = request.services.calls.desk.transfer(call_id, request.caller.agent, asked)
    return call_response(request, call, head.subject, contact=head.contact_name)


@router.post("/api/calls/<call_id>/consult", summary="Go on from a warm transfer", tags=["calls"], responses=_COMMANDED)
def consult(call_id: CallId, body: ConsultRequest) -> CallResponse:
    request = current(router)
    _, head = allowed_call(request, call_id)
    call = request.services.calls.desk.consult(call_id, request.caller.agent, Consult(body.action))
    return call_response(request, call, head.subject, contact=head.contact_name)


def _target(colleague: Colleague) -> TargetAgent:
    back = colleague.notes.returns_at
    return TargetAgent(
        id=colleague.profile.id,
        name=colleague.profile.name,
        presence=colleague.presence,
        reason=colleague.notes.reason,
        returns_at=timestamp(back) if back else None,
        free=colleague.free,
    )
