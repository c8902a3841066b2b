"""What the contact of a conversation is to us: a VIP or not, and whose. Who sees the conversation may say it."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.contact_models import KnownContactRequest, KnownContactResponse, OwnerResponse
from heartline.api.request import Id, allowed_conversation, current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.domain.contacts import Contact

router = APIGatewayHttpRouter()


@router.get(
    "/api/conversations/<conversation_id>/contact",
    summary="Read what the contact is to us",
    tags=["contacts"],
    responses=answers(HTTPStatus.OK, "The contact.", KnownContactResponse, HTTPStatus.NOT_FOUND),
)
def read_contact(conversation_id: Id) -> KnownContactResponse:
    request = current(router)
    head = allowed_conversation(request, conversation_id)
    return _known(request, request.services.contacts.read(head))


@router.put(
    "/api/conversations/<conversation_id>/contact",
    summary="Say what the contact is to us",
    tags=["contacts"],
    responses=answers(
        HTTPStatus.OK,
        "The contact as it is now; new work of theirs follows it.",
        KnownContactResponse,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
    ),
)
def mark_contact(conversation_id: Id, body: KnownContactRequest) -> KnownContactResponse:
    request = current(router)
    head = allowed_conversation(request, conversation_id)
    contacts = request.services.contacts
    keeps = bool(body.owner) and body.owner == contacts.read(head).owner
    owner = None if keeps or body.owner is None else request.caller.colleague(body.owner, head.inbox)
    marked = contacts.mark(head, vip=body.vip, owner=owner, by=request.caller.agent, keeps_owner=keeps)
    return _known(request, marked)


def _known(request: Request, contact: Contact) -> KnownContactResponse:
    agent = request.caller.company.agent(contact.owner)
    owner = OwnerResponse(id=contact.owner, name=agent.name if agent else contact.owner) if contact.owner else None
    return KnownContactResponse(id=contact.id, name=contact.name, vip=contact.vip, owner=owner)
