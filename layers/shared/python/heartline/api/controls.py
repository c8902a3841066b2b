"""Moving one conversation by hand: to an agent, a pool or the queue, up or down in the order, aside and back."""

from http import HTTPStatus
from typing import Any, Final

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.desk_models import (
    AnswerRequest,
    AssignRequest,
    EscalateRequest,
    HeatedRequest,
    PriorityRequest,
    SnoozeRequest,
)
from heartline.api.models import ConversationResponse
from heartline.api.present_calls import shown
from heartline.api.request import Id, allowed_conversation, current
from heartline.api.responses import answers
from heartline.domain.conversations import Conversation

router = APIGatewayHttpRouter()

_MOVED: Final[dict[str, Any]] = {
    "tags": ["conversations"],
    "responses": answers(
        HTTPStatus.OK,
        "Its head as it is now.",
        ConversationResponse,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
}


@router.post("/api/conversations/<conversation_id>/assign", summary="Assign by hand", **_MOVED)
def assign(conversation_id: Id, body: AssignRequest) -> ConversationResponse:
    request = current(router)
    head = allowed_conversation(request, conversation_id)
    to = request.caller.colleague(body.agent, head.inbox) if body.agent is not None else None
    controls = request.services.controls
    return _shown(controls.assign(conversation_id, to=to, by=request.caller.agent, note=body.note))


@router.post("/api/conversations/<conversation_id>/accept", summary="Accept an offer", **_MOVED)
def accept(conversation_id: Id, body: AnswerRequest) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    controls = request.services.controls
    return _shown(controls.accept(conversation_id, by=request.caller.agent, seen=body.offered_until))


@router.post("/api/conversations/<conversation_id>/decline", summary="Decline an offer", **_MOVED)
def decline(conversation_id: Id, body: AnswerRequest) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    controls = request.services.controls
    return _shown(controls.decline(conversation_id, by=request.caller.agent, seen=body.offered_until))


@router.post("/api/conversations/<conversation_id>/priority", summary="Set the priority", **_MOVED)
def prioritise(conversation_id: Id, body: PriorityRequest) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    return _shown(
        request.services.controls.prioritise(
            conversation_id, band=body.band, boost=body.boost, reason=body.reason, by=request.caller.agent
        )
    )


@router.post("/api/conversations/<conversation_id>/escalate", summary="Escalate to a pool", **_MOVED)
def escalate(conversation_id: Id, body: EscalateRequest) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    controls = request.services.controls
    return _shown(controls.escalate(conversation_id, pool=body.pool, note=body.note, by=request.caller.agent))


@router.put("/api/conversations/<conversation_id>/heated", summary="Say whether it is heated", **_MOVED)
def mark(conversation_id: Id, body: HeatedRequest) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    return _shown(request.services.controls.mark(conversation_id, heated=body.heated, by=request.caller.agent))


@router.post("/api/conversations/<conversation_id>/snooze", summary="Snooze", **_MOVED)
def snooze(conversation_id: Id, body: SnoozeRequest) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    controls = request.services.controls
    return _shown(controls.snooze(conversation_id, until=body.until, by=request.caller.agent, seen=body.seen))


@router.post("/api/conversations/<conversation_id>/wake", summary="End the snooze", **_MOVED)
def wake(conversation_id: Id) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    return _shown(request.services.controls.wake(conversation_id, by=request.caller.agent))


@router.post("/api/conversations/<conversation_id>/close", summary="Close", **_MOVED)
def close(conversation_id: Id) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    return _shown(request.services.controls.close(conversation_id, by=request.caller.agent))


@router.post("/api/conversations/<conversation_id>/reopen", summary="Reopen", **_MOVED)
def reopen(conversation_id: Id) -> ConversationResponse:
    request = current(router)
    allowed_conversation(request, conversation_id)
    return _shown(request.services.controls.reopen(conversation_id, by=request.caller.agent))


def _shown(head: Conversation) -> ConversationResponse:
    return shown(current(router), head)
