"""The signed-in agent: who they are, their presence, and their socket."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.models import InboxResponse, MeResponse, Named, PresenceRequest, TicketResponse
from heartline.api.request import current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.domain.inboxes import Inbox
from heartline.domain.wording import TEXT_LIMIT
from heartline.services.desk_ports import DeskStatus

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
    responses=answers(HTTPStatus.OK, "The agent as they are now.", MeResponse, HTTPStatus.CONFLICT),
)
def choose_presence(body: PresenceRequest) -> MeResponse:
    request = current(router)
    return _me(request, request.services.desk.set_presence(request.caller.agent, body.presence))


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


def _me(request: Request, status: DeskStatus) -> MeResponse:
    caller = request.caller
    return MeResponse(
        id=caller.agent.id,
        name=caller.agent.name,
        role=caller.agent.role,
        presence=status.presence,
        capacity=status.capacity,
        load=status.load,
        inboxes=[_inbox(inbox) for inbox in caller.inboxes],
        agents=[Named(id=agent.id, name=agent.name) for agent in caller.colleagues],
    )
