"""The signed-in agent: who they are, their presence, and their socket."""

from datetime import datetime
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.access import Caller
from heartline.api.desk_models import (
    ColleagueResponse,
    ColleaguesResponse,
    HandedOverResponse,
    HandOverRequest,
    KeptResponse,
    PresenceRequest,
)
from heartline.api.models import InboxResponse, MeResponse, Named, TicketResponse
from heartline.api.request import current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.api.times import timestamp
from heartline.domain.errors import NotFound, Refused
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.routing.by_hand import checked_time
from heartline.domain.routing.model import ONLINE
from heartline.domain.wording import TEXT_LIMIT
from heartline.services.desk_ports import DeskStatus, Stance, Target
from heartline.services.presence import DRAINING

router = APIGatewayHttpRouter()


@router.get(
    "/api/me",
    summary="Who am I",
    tags=["me"],
    responses=answers(HTTPStatus.OK, "The signed-in agent.", MeResponse),
)
def me() -> MeResponse:
    request = current(router)
    return _me(request, request.services.desk.status(request.caller.agent))


@router.put(
    "/api/me/presence",
    summary="Choose a presence",
    tags=["me"],
    responses=answers(
        HTTPStatus.OK,
        "The agent as they are now.",
        MeResponse,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
def choose_presence(body: PresenceRequest) -> MeResponse:
    request = current(router)
    desk, agent = request.services.desk, request.caller.agent
    returns_at = _return(request, body)
    return _me(request, desk.set_presence(agent, body.presence, reason=body.reason.strip(), returns_at=returns_at))


@router.get(
    "/api/me/colleagues",
    summary="Whom work can be handed to",
    tags=["me"],
    responses=answers(
        HTTPStatus.OK, "The agents who share an inbox with the caller, and the pools.", ColleaguesResponse
    ),
)
def colleagues() -> ColleaguesResponse:
    request = current(router)
    others = [agent for agent in request.caller.colleagues if agent.id != request.caller.agent.id]
    stances = request.services.desk.stances(others)
    pools = request.caller.company.routing.pools
    names = dict.fromkeys([*pools, *(agent.pool for agent in request.caller.company.agents)])
    return ColleaguesResponse(
        agents=[_colleague(agent, stances[agent.id]) for agent in others],
        pools=[Named(id=name, name=pools.get(name, name)) for name in names],
    )


@router.post(
    "/api/me/hand-over",
    summary="Hand everything over",
    tags=["me"],
    responses=answers(
        HTTPStatus.OK,
        "What has moved, and what has not.",
        HandedOverResponse,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
def hand_over(body: HandOverRequest) -> HandedOverResponse:
    request = current(router)
    done = request.services.desk.hand_over(request.caller.agent, _target(request.caller, body), body.note)
    kept = [KeptResponse(conversation=name, why=why) for name, why in done.kept]
    return HandedOverResponse(moved=list(done.moved), kept=kept)


@router.post(
    "/api/me/heartbeat",
    summary="Keep the presence alive",
    tags=["me"],
    responses=answers(HTTPStatus.NO_CONTENT, "Noted."),
)
def heartbeat() -> Response[None]:
    request = current(router)
    request.services.desk.heartbeat(request.caller.agent)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.post(
    "/api/me/socket",
    summary="Get a ticket for the WebSocket",
    tags=["me"],
    responses=answers(HTTPStatus.OK, "A single-use ticket.", TicketResponse),
)
def socket_ticket() -> TicketResponse:
    request = current(router)
    ticket = request.services.secret()
    request.services.tickets.issue(ticket, request.caller.agent.id, now=request.services.clock())
    return TicketResponse(ticket=ticket)


def _inbox(inbox: Inbox) -> InboxResponse:
    rules = inbox.mail_rules
    return InboxResponse(
        id=inbox.id,
        name=inbox.name,
        signature=rules.signature,
        quotes=rules.quotes,
        channels=[channel.value for channel in TEXT_LIMIT if inbox.addresses(channel)],
        country=inbox.country,
    )


def _return(request: Request, body: PresenceRequest) -> datetime | None:
    if body.returns_at is None:
        return None
    if body.presence == ONLINE:
        raise Refused("Whoever is online is back: leave returns_at out.")
    return checked_time(body.returns_at, at=request.services.clock())


def _target(caller: Caller, body: HandOverRequest) -> Target:
    if body.agent == caller.agent.id:
        raise Refused("You have it already. Name somebody else.")
    named = next((agent for agent in caller.colleagues if agent.id == body.agent), None)
    if body.agent is not None and named is None:
        raise NotFound(f"There is no agent “{body.agent}” whom you work with.")
    return Target(agent=named, pool=body.pool or "")


def _colleague(agent: AgentProfile, stance: Stance) -> ColleagueResponse:
    return ColleagueResponse(
        id=agent.id,
        name=agent.name,
        presence=stance.presence,
        reason=stance.reason,
        returns_at=timestamp(stance.returns_at) if stance.returns_at else None,
        draining=stance.presence == DRAINING,
    )


def _me(request: Request, status: DeskStatus) -> MeResponse:
    caller = request.caller
    return MeResponse(
        id=caller.agent.id,
        name=caller.agent.name,
        role=caller.agent.role,
        presence=status.presence,
        presence_reason=status.reason,
        returns_at=timestamp(status.returns_at) if status.returns_at else None,
        ramping_until=timestamp(status.ramping_until) if status.ramping_until else None,
        draining=status.presence == DRAINING,
        capacity=status.capacity,
        load=status.load,
        inboxes=[_inbox(inbox) for inbox in caller.inboxes],
        agents=[Named(id=agent.id, name=agent.name) for agent in caller.colleagues],
    )
