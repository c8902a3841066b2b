"""Who may call what: every route, by every role, on their own, a foreign and an unknown conversation."""

import itertools
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pytest

from heartline.api.app import openapi_document
from heartline.channels.sms.parse import held_text
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, CallDirection, Purpose
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.held import NO_IDENTITY
from heartline.domain.inboxes import Staff
from heartline.domain.screening import BlockedCaller, Treatment
from heartline.domain.suppressions import Cause, Suppression
from heartline.storage.callers import DynamoCallers
from heartline.storage.calls import DynamoCalls
from tests.functional.calling import CLIENT, Answered, Api, api_of, claims_of
from tests.office import DOCUMENT, EVA, NOON, Office

ROLES: Final = {"ana": "agent", "lea": "lead", "kim": "admin"}
OWN, FOREIGN, UNKNOWN = "support", "legal", "unknown"
SEES: Final = {"ana": {OWN}, "lea": {OWN, FOREIGN}, "kim": {OWN, FOREIGN}}


@dataclass(frozen=True, slots=True)
class Route:
    """How a route is called in this matrix, and what it answers to who may call it."""

    status: int = 200
    body: Any = None
    leads_only: bool = False
    admins_only: bool = False


MENU: Final = "/api/inboxes/{inbox_id}/ivr"
GOODBYE: Final = {"start": "bye", "nodes": {"bye": {"kind": "message", "prompt": "Goodbye."}}}
CONVERSATION: Final = "/api/conversations/{conversation_id}"
HELD: Final = "/api/held/{held}"
CALL: Final = "/api/calls/{call_id}"
NUISANCE: Final = "+14155550666"
GONE: Final = "gone@example.org"
ROUTES: Final = {
    ("GET", "/api/me"): Route(),
    ("PUT", "/api/me/presence"): Route(body={"presence": "ONLINE"}),
    ("POST", "/api/me/heartbeat"): Route(204),
    ("POST", "/api/me/socket"): Route(),
    ("GET", "/api/me/colleagues"): Route(),
    ("POST", "/api/me/hand-over"): Route(body={"queue": True, "note": "My shift is over."}),
    ("GET", "/api/me/phone"): Route(),
    ("PUT", "/api/me/phone"): Route(body={"device": "browser"}),
    ("POST", "/api/me/voice-token"): Route(),
    ("GET", MENU): Route(leads_only=True),
    ("PUT", MENU): Route(body={"menu": GOODBYE, "version": "none"}, admins_only=True),
    ("POST", MENU + "/check"): Route(body={"menu": GOODBYE}, leads_only=True),
    ("GET", "/api/conversations"): Route(),
    ("GET", "/api/changes"): Route(),
    ("GET", CONVERSATION): Route(),
    ("GET", CONVERSATION + "/messages"): Route(),
    ("POST", CONVERSATION + "/replies"): Route(
        202, {"request_id": "r1", "channel": "email", "text": "Hello", "seen": "{seen}"}
    ),
    ("POST", CONVERSATION + "/notes"): Route(201, {"request_id": "n1", "text": "Note"}),
    ("POST", CONVERSATION + "/assign"): Route(body={"agent": None}),
    ("POST", CONVERSATION + "/accept"): Route(409, {}),
    ("POST", CONVERSATION + "/decline"): Route(body={}),
    ("POST", CONVERSATION + "/priority"): Route(body={"band": 2, "reason": "The event is tonight."}),
    ("POST", CONVERSATION + "/escalate"): Route(422, {"pool": "main", "note": ""}),
    ("POST", "/api/configuration/preview"): Route(body={"document": DOCUMENT}, leads_only=True),
    ("GET", CONVERSATION + "/contact"): Route(),
    ("PUT", CONVERSATION + "/contact"): Route(body={"vip": True, "owner": None}),
    ("PUT", CONVERSATION + "/heated"): Route(body={"heated": True}),
    ("GET", CONVERSATION + "/routing"): Route(200),
    ("POST", CONVERSATION + "/snooze"): Route(409, {"until": None}),
    ("POST", CONVERSATION + "/wake"): Route(),
    ("POST", CONVERSATION + "/close"): Route(),
    ("POST", CONVERSATION + "/reopen"): Route(),
    ("GET", CONVERSATION + "/messages/{message_id}/source"): Route(),
    ("GET", "/api/held"): Route(),
    ("POST", HELD + "/release"): Route(202, {}),
    ("POST", HELD + "/discard"): Route(204),
    ("GET", CONVERSATION + "/messages/{message_id}/reply"): Route(),
    ("POST", "/api/conversations"): Route(
        202,
        {
            "request_id": "b1",
            "inbox": "support",
            "channel": "email",
            "to": [{"address": "eva@example.org"}],
            "subject": "Hello",
            "text": "Hello",
        },
    ),
    ("GET", CONVERSATION + "/texting"): Route(400),
    ("POST", CONVERSATION + "/texting"): Route(400, {"text": "Hello"}),
    ("POST", "/api/texting"): Route(body={"inbox": "support", "number": "+14155552671", "text": "Hello"}),
    ("GET", CONVERSATION + "/consent"): Route(400),
    ("PUT", CONVERSATION + "/consent"): Route(400, {"state": "out", "reason": "Asked for it."}),
    ("POST", "/api/uploads"): Route(201, {"filename": "a.pdf", "content_type": "application/pdf", "size": 4}),
    ("GET", "/api/inboxes/{inbox_id}/templates"): Route(),
    ("GET", "/api/suppressions"): Route(leads_only=True),
    ("DELETE", "/api/suppressions/{address}"): Route(204, leads_only=True),
    ("GET", CONVERSATION + "/messages/{message_id}/transcript"): Route(404),
    ("POST", CONVERSATION + "/messages/{message_id}/recording/retry"): Route(404),
    ("DELETE", CONVERSATION + "/messages/{message_id}/recording"): Route(404, leads_only=True),
    ("GET", CALL): Route(),
    ("GET", CALL + "/targets"): Route(),
    ("POST", CALL + "/hold"): Route(409, {"on": True}),
    ("POST", CALL + "/mute"): Route(409, {"on": True}),
    ("POST", CALL + "/recording"): Route(409, {"on": False}),
    ("POST", CALL + "/decline"): Route(409),
    ("POST", CALL + "/hang-up"): Route(409),
    ("POST", CALL + "/wrap-up"): Route(409),
    ("POST", CALL + "/transfer"): Route(409, {"mode": "cold", "note": "Please", "number": EVA}),
    ("POST", CALL + "/consult"): Route(409, {"action": "merge"}),
    ("PATCH", CALL): Route(body={"due": None}),
    ("DELETE", CALL): Route(204),
    ("GET", CONVERSATION + "/calling"): Route(),
    ("POST", CONVERSATION + "/calls"): Route(409, {"request_id": "d1", "number": EVA}),
    ("POST", CONVERSATION + "/call-backs"): Route(409, {"request_id": "d1", "number": EVA}),
    ("GET", "/api/call-backs"): Route(),
    ("GET", "/api/blocked-callers"): Route(leads_only=True),
    ("PUT", "/api/blocked-callers/{number}"): Route(body={"treatment": "reject"}, leads_only=True),
    ("DELETE", "/api/blocked-callers/{number}"): Route(204, leads_only=True),
    ("POST", CONVERSATION + "/merge"): Route(400, {"into": "{conversation_id}"}),
    ("POST", CONVERSATION + "/unmerge"): Route(409),
    ("POST", CONVERSATION + "/split"): Route(400, {"messages": ["{seen}"]}),
}
OF_AN_INBOX: Final = [key for key in ROUTES if key[1].startswith((CONVERSATION, HELD, CALL, "/api/inboxes"))]


@pytest.fixture
def api(office: Office) -> Api:
    return api_of(office)


def call(api: Api, route: tuple[str, str], inbox: str, **who: Any) -> Answered:
    """Call a route on a new conversation and a held text of the inbox, or on what is not there."""
    method, path = route
    conversation, seen, held, call_id = "c404", "", "c21zI1NNOTk", "CA404"
    if inbox != UNKNOWN:
        conversation = api.office.ingest(api.office.letter("m1", inbox=inbox))
        seen = api.office.head(conversation).last_visible
        held = waiting_text(api, inbox)
        call_id = planned_call(api, inbox, conversation)
    api.office.suppressions.block(Suppression(address=GONE, cause=Cause.BOUNCE, at=NOON))
    body = json.dumps(ROUTES[route].body) if ROUTES[route].body is not None else None
    body = body and body.replace("{seen}", seen or "m404").replace("{conversation_id}", conversation)
    DynamoCallers(api.office.table).block(
        BlockedCaller(number=NUISANCE, treatment=Treatment.REJECT, reason="", by="lea", at=NOON)
    )
    names = {
        "{call_id}": call_id,
        "{number}": NUISANCE,
        "{conversation_id}": conversation,
        "{message_id}": seen or "m404",
        "{held}": held,
    }
    names |= {"{address}": GONE, "{inbox_id}": inbox}
    return api(method, re.sub("{[a-z_]+}", lambda name: names[name[0]], path), body, **who)


def waiting_text(api: Api, inbox: str) -> str:
    """A text that is held in the inbox; answers its id."""
    held = held_text("Body=Hello", at=NOON, reason=NO_IDENTITY, inbox=inbox)
    api.office.intake.hold(held)
    return held.id


def planned_call(api: Api, inbox: str, conversation: str) -> str:
    """A call-back that is planned in the conversation; answers its id."""
    call = Call(
        id="out-1",
        state=CallState.PLANNED,
        direction=CallDirection.OUTBOUND,
        purpose=Purpose.CALL_BACK,
        inbox=inbox,
        number="+14155550100",
        caller=Identity(kind=IdentityKind.PHONE, address=EVA),
        caller_name="Eva",
        began=NOON,
        conversation=conversation,
        due=NOON + timedelta(hours=1),
    )
    DynamoCalls(api.office.table, Staff).begin(call)
    return call.id


def name(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


def is_for(route: tuple[str, str], agent: str) -> bool:
    """Whether the route is for people of the agent's role."""
    if ROUTES[route].admins_only:
        return ROLES[agent] == "admin"
    return ROLES[agent] != "agent" or not ROUTES[route].leads_only


def test_every_route_is_in_this_matrix() -> None:
    paths = json.loads(openapi_document())["paths"]
    assert {(method.upper(), path) for path, methods in paths.items() for method in methods} == ROUTES.keys()


@pytest.mark.parametrize(("route", "agent"), list(itertools.product(ROUTES, ROLES)), ids=name)
def test_every_role_may_call_every_route_for_it_on_their_own(api: Api, route: tuple[str, str], agent: str) -> None:
    allowed = is_for(route, agent)
    assert call(api, route, OWN, agent=agent).status == (ROUTES[route].status if allowed else 403)


@pytest.mark.parametrize(("route", "agent"), list(itertools.product(OF_AN_INBOX, ROLES)), ids=name)
def test_a_foreign_conversation_looks_like_an_unknown_one(api: Api, route: tuple[str, str], agent: str) -> None:
    foreign = call(api, route, FOREIGN, agent=agent)
    unknown = call(api, route, UNKNOWN, agent=agent)
    assert unknown.status in ({404} if is_for(route, agent) else {403, 404})
    if FOREIGN in SEES[agent] and is_for(route, agent):
        assert foreign.status == ROUTES[route].status
    else:
        assert foreign == unknown


@pytest.mark.parametrize("route", ROUTES, ids=name)
@pytest.mark.parametrize(
    "claims",
    [
        claims_of("ana") | {"token_use": "id"},
        claims_of("ana") | {"client_id": "another-client"},
        {"token_use": "access", "username": "ana"},
        claims_of("stranger"),
        claims_of(""),
        {"token_use": "id", "aud": CLIENT, "cognito:username": "ana"},
        {},
    ],
    ids=["id-token", "other-client", "no-client", "stranger", "nobody", "real-id-token", "no-claims"],
)
def test_any_other_token_is_refused_by_every_route(api: Api, route: tuple[str, str], claims: dict[str, str]) -> None:
    refused = call(api, route, OWN, claims=claims)
    assert (refused.status, refused.body["error"]["code"]) == (403, "forbidden")


def test_a_refused_call_does_nothing(api: Api) -> None:
    conversation = api.office.ingest(api.office.letter("m1", inbox=FOREIGN))
    for action in ("close", "reopen"):
        api("POST", f"/api/conversations/{conversation}/{action}", agent="ana")
    api("POST", f"/api/conversations/{conversation}/assign", {"agent": "ana"}, agent="ana")
    api("POST", f"/api/conversations/{conversation}/notes", {"request_id": "n", "text": "x"}, agent="ana")
    for action, body in (
        ("escalate", {"pool": "main", "note": "x"}),
        ("priority", {"band": 1, "reason": "x"}),
        ("snooze", {"until": None}),
        ("wake", None),
    ):
        assert api("POST", f"/api/conversations/{conversation}/{action}", body, agent="ana").status == 404
    assert api("PUT", f"/api/conversations/{conversation}/heated", {"heated": True}, agent="ana").status == 404
    assert api.office.head(conversation).state == "WAITING"
    assert len(api.office.timeline(conversation)) == 1


def test_lists_show_only_what_the_caller_may_see(api: Api) -> None:
    for inbox in ("support", "sales", "legal"):
        api.office.ingest(api.office.letter(f"m-{inbox}", inbox=inbox))

    def listed(agent: str) -> set[str]:
        return {
            item["inbox"] for item in api("GET", "/api/conversations", agent=agent, query={"view": "all"}).body["items"]
        }

    assert listed("ana") == {"support"}
    assert listed("ben") == {"support", "sales"}
    assert listed("lea") == listed("kim") == {"support", "sales", "legal"}


def test_work_goes_only_to_a_colleague_of_the_inbox(api: Api) -> None:
    conversation = api.office.ingest(api.office.letter("m1", inbox="sales"))
    path = f"/api/conversations/{conversation}/assign"
    assert api("POST", path, {"agent": "ben"}, agent="ben").status == 200
    assert api("POST", path, {"agent": "ana", "note": "Please."}, agent="ben").status == 404
    assert api("POST", path, {"agent": "nobody", "note": "Please."}, agent="ben").status == 404
    assert api.office.head(conversation).assignee == "ben"
