"""Turns calls into the API's shapes, for the agent who asks; reads the calls of a page of conversations at once."""

from collections.abc import Sequence

from heartline.api.call_models import BlockedCallerResponse, CallResponse, HandoverResponse, PartyResponse
from heartline.api.models import ConversationResponse
from heartline.api.present import conversation_response
from heartline.api.services import Request
from heartline.api.times import timestamp
from heartline.domain.call_parties import Party, PartyKind
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.contacts import IdentityKind
from heartline.domain.conversations import Conversation
from heartline.domain.screening import BlockedCaller


def shown(request: Request, head: Conversation) -> ConversationResponse:
    """A conversation with its call, for the agent who asks."""
    return shown_all(request, [head])[0]


def shown_all(request: Request, heads: Sequence[Conversation]) -> list[ConversationResponse]:
    """Conversations with their calls and who of their contacts is a VIP.

    One request for all calls, none where nobody is on the phone, and one for all contacts.
    """
    found = request.services.calls.reading.calls({head.call for head in heads if head.call})
    vips = request.services.contacts.vips(heads)
    return [
        conversation_response(head, _call_of(request, head, found.get(head.call)), vip=head.contact in vips)
        for head in heads
    ]


def call_response(request: Request, call: Call, subject: str = "", *, contact: str = "") -> CallResponse:
    """A call for the agent who asks; `contact` is what we call a customer whose name the network does not know."""
    desk = request.services.calls.desk
    name = call.caller_name or contact
    return CallResponse.model_validate(
        {
            "id": call.id,
            "direction": call.direction.value,
            "state": call.state.value,
            "purpose": call.purpose.value,
            "inbox": call.inbox,
            "conversation": call.conversation,
            "subject": subject,
            "number": _number(call),
            "name": name,
            "our_number": call.number,
            "verified": call.verified,
            "agent": call.agent or None,
            "choice": call.choice,
            **_times(call),
            "tries": call.tries,
            "parties": [_party(request, call, party, name) for party in call.parties.values()],
            "recording": call.recording.value,
            "problem": call.problem,
            "device": call.device,
            "handover": _handover(request, call),
            "can": list(desk.can(call, request.caller.agent)),
        }
    )


def blocked_caller_response(request: Request, entry: BlockedCaller) -> BlockedCallerResponse:
    return BlockedCallerResponse(
        number=entry.number,
        treatment=entry.treatment.value,
        reason=entry.reason,
        by=_name(request, entry.by),
        at=timestamp(entry.at),
    )


def _call_of(request: Request, head: Conversation, call: Call | None) -> CallResponse | None:
    return call_response(request, call, head.subject, contact=head.contact_name) if call is not None else None


def _times(call: Call) -> dict[str, str | None]:
    offered = call.expires if call.state is CallState.OFFERING else None
    times = {
        "queued_at": call.queued,
        "answered_at": call.answered,
        "ended_at": call.ended,
        "wrap_until": call.wrap_until,
        "due": call.due,
        "offer_expires": offered,
    }
    return {name: timestamp(at) if at else None for name, at in times.items()}


def _party(request: Request, call: Call, party: Party, customer: str) -> PartyResponse:
    name = customer if party.kind is PartyKind.CUSTOMER else _name(request, party.who)
    return PartyResponse.model_validate(
        {
            "label": party.label,
            "kind": party.kind.value,
            "id": _number(call) if party.kind is PartyKind.CUSTOMER else party.who,
            "name": name,
            "state": party.state.value,
            "muted": party.muted,
        }
    )


def _handover(request: Request, call: Call) -> HandoverResponse | None:
    """The note of a transfer, for everybody but its author."""
    transfer = call.transfer
    if transfer is None or transfer.by == request.caller.agent.id:
        return None
    return HandoverResponse(by=_name(request, transfer.by), note=transfer.note)


def _number(call: Call) -> str:
    return "" if call.caller.kind is IdentityKind.ANONYMOUS else call.caller.address


def _name(request: Request, agent_id: str) -> str:
    """The name of an agent; empty for a number."""
    return next((agent.name for agent in request.caller.company.agents if agent.id == agent_id), "")
