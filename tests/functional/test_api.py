"""What the HTTP API answers: shapes, errors in one form, paging, and a document that tells the truth about it."""

import json
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from heartline.api.app import OPENAPI_PATH, openapi_document
from heartline.domain.errors import Contended, OurFault, Unavailable
from heartline.storage.sockets import Sockets
from tests.fakes import Failing, FakeDesk, MemoryTable
from tests.functional.calling import REQUEST_ID, Answered, Api, api_of
from tests.office import EVA, Office, take_in


@pytest.fixture
def api(office: Office) -> Api:
    return api_of(office)


@pytest.fixture
def conversation(api: Api) -> str:
    conversation = api.office.ingest(api.office.text("SM1", "Where is my parcel?"))
    api.office.clock.advance(minutes=1)
    return conversation


def reply(api: Api, conversation: str, **changes: object) -> Answered:
    seen = api.office.head(conversation).last_visible
    body = {"request_id": "r1", "channel": "sms", "text": "It leaves today.", "seen": seen} | changes
    return api("POST", f"/api/conversations/{conversation}/replies", body)


def test_me_says_who_the_caller_is_and_whom_they_work_with(api: Api) -> None:
    assert api("GET", "/api/me").body == {
        "id": "ana",
        "name": "Ana Ruiz",
        "role": "agent",
        "presence": "OFFLINE",
        "presence_reason": "",
        "returns_at": None,
        "ramping_until": None,
        "draining": False,
        "capacity": {"email": 3, "sms": 3},
        "load": {},
        "inboxes": [
            {"id": "support", "name": "Support", "signature": "", "quotes": True}
            | {"channels": ["sms", "whatsapp", "email"], "country": "US"}
        ],
        "agents": [
            {"id": "ana", "name": "Ana Ruiz"},
            {"id": "ben", "name": "Ben Okoro"},
            {"id": "lea", "name": "Lea Vogt"},
        ],
    }


def test_a_presence_is_chosen(api: Api) -> None:
    assert api("PUT", "/api/me/presence", {"presence": "ONLINE"}).body["presence"] == "ONLINE"
    assert api.desk.presence == {"ana": "ONLINE"}


def test_a_heartbeat_is_answered_with_nothing(api: Api) -> None:
    assert api("POST", "/api/me/heartbeat") == Answered(204, None)
    assert api.desk.calls == [("heartbeat", "ana")]


def test_a_ticket_opens_a_socket(api: Api) -> None:
    ticket = api("POST", "/api/me/socket").body["ticket"]
    assert Sockets(api.office.table).redeem(ticket, "conn-1", now=api.office.clock())


def test_a_conversation_shows_its_head(api: Api, conversation: str) -> None:
    head = api.office.head(conversation)
    assert api("GET", f"/api/conversations/{conversation}").body == {
        "id": conversation,
        "inbox": "support",
        "subject": "",
        "status": "open",
        "routing": "WAITING",
        "channels": ["sms"],
        "contact": {"id": head.contact, "name": EVA, "address": EVA, "vip": False},
        "assignee": None,
        "band": 5,
        "boost": 0,
        "rules": [],
        "pool": None,
        "heated": False,
        "heat": [],
        "heat_by": "",
        "rounds": 1,
        "snoozed_until": None,
        "offered_to": None,
        "offered_until": None,
        "waiting_since": "2026-03-02T12:00:00.000Z",
        "preview": "Where is my parcel?",
        "last_message_at": "2026-03-02T12:00:00.000Z",
        "last_visible": head.last_visible,
        "kind": "human",
        "problem": "",
        "merged_into": "",
        "absorbed": [],
        "whatsapp_until": None,
        "unanswerable": "",
        "follows": "",
        "call": None,
    }


def test_a_reply_is_accepted_and_shown_in_the_timeline(api: Api, conversation: str) -> None:
    accepted = reply(api, conversation)
    assert (accepted.status, accepted.body["status"], accepted.body["direction"]) == (202, "queued", "outbound")
    timeline = api("GET", f"/api/conversations/{conversation}/messages").body
    assert [item["text"] for item in timeline["items"]] == ["Where is my parcel?", "It leaves today."]
    assert timeline["items"][1] == accepted.body


def test_a_repeated_reply_is_answered_with_the_same_message(api: Api, conversation: str) -> None:
    seen = api.office.head(conversation).last_visible
    assert reply(api, conversation, seen=seen) == reply(api, conversation, seen=seen)


def test_a_reply_over_something_unseen_gets_it_back(api: Api, conversation: str) -> None:
    seen = api.office.head(conversation).last_visible
    api.office.ingest(api.office.text("SM2", "Never mind.", at=5))
    refused = reply(api, conversation, seen=seen)
    assert (refused.status, refused.body["error"]["code"]) == (409, "conflict")
    assert [message["text"] for message in refused.body["newer"]] == ["Never mind."]


def test_a_reply_to_a_closed_conversation_says_so(api: Api, conversation: str) -> None:
    api.office.close(conversation)
    refused = reply(api, conversation)
    assert refused.status == 409
    assert refused.body["newer"] == []
    assert "Reopen" in refused.body["error"]["message"]


def test_a_note_is_created(api: Api, conversation: str) -> None:
    body = {"request_id": "n1", "text": "Nice."}
    created = api("POST", f"/api/conversations/{conversation}/notes", body)
    assert (created.status, created.body["direction"], created.body["channel"]) == (201, "internal", "note")


def test_lists_and_timelines_are_read_page_by_page(api: Api) -> None:
    ids = take_in(api.office, [api.office.letter(f"m{n}", at=n) for n in range(5)])
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = api("GET", "/api/conversations", query={"view": "unassigned", "limit": 2, **after}).body
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = {"cursor": page["next"]}
    assert seen == ids[::-1]


def test_mine_is_what_the_agent_holds(api: Api, conversation: str) -> None:
    api.desk.conversations["ana"] = (conversation,)
    assert [item["id"] for item in api("GET", "/api/conversations").body["items"]] == [conversation]
    assert api("GET", "/api/conversations", agent="ben").body["items"] == []


def test_closed_conversations_are_in_their_own_list(api: Api, conversation: str) -> None:
    api.office.close(conversation)
    assert api("GET", "/api/conversations", query={"view": "all"}).body["items"] == []
    (closed,) = api("GET", "/api/conversations", query={"view": "closed"}).body["items"]
    assert (closed["id"], closed["status"]) == (conversation, "closed")


def test_the_change_feed_begins_at_its_end_and_goes_on_from_a_cursor(api: Api) -> None:
    assert api("GET", "/api/changes").body == {"items": [], "next": "0", "reset": False}
    log: Any = api.services.changes
    log.append(conversations=["c1"], agents=["ana"], at=api.office.clock())
    assert api("GET", "/api/changes", query={"after": 0}).body == {
        "items": [
            {"kind": "conversation", "conversation": "c1", "agent": None},
            {"kind": "agent", "conversation": None, "agent": "ana"},
        ],
        "next": "1",
        "reset": False,
    }
    assert api("GET", "/api/changes", query={"after": 9}).body["reset"]


BAD: dict[str, tuple[str, str, object, dict[str, object]]] = {
    "unknown field": ("PUT", "/api/me/presence", {"presence": "ONLINE", "role": "admin"}, {}),
    "unknown presence": ("PUT", "/api/me/presence", {"presence": "SLEEPING"}, {}),
    "no body": ("PUT", "/api/me/presence", None, {}),
    "no JSON": ("PUT", "/api/me/presence", "{presence", {}),
    "no object": ("PUT", "/api/me/presence", [], {}),
    "unknown view": ("GET", "/api/conversations", None, {"view": "everything"}),
    "limit of zero": ("GET", "/api/conversations", None, {"limit": 0}),
    "limit too large": ("GET", "/api/conversations", None, {"limit": 101}),
    "forged cursor": ("GET", "/api/conversations", None, {"view": "all", "cursor": "!"}),
    "long cursor": ("GET", "/api/conversations", None, {"view": "all", "cursor": "A" * 401}),
    "negative change": ("GET", "/api/changes", None, {"after": -1}),
    "no number": ("GET", "/api/changes", None, {"after": "x"}),
}


@pytest.mark.parametrize(("method", "path", "body", "query"), BAD.values(), ids=BAD.keys())
def test_what_makes_no_sense_is_a_400_that_names_the_place(
    api: Api, method: str, path: str, body: object, query: dict[str, object]
) -> None:
    refused = api(method, path, body, query=query)
    assert refused.status == 400
    assert refused.body["error"]["code"] == "invalid"
    assert refused.body["error"]["message"]


@pytest.mark.parametrize(
    "changes",
    [{"seen": 7}, {"text": ""}, {"channel": "voice"}, {"channel": "note"}, {"request_id": "no spaces"}, {"to": "+1"}],
    ids=str,
)
def test_a_reply_that_makes_no_sense_writes_nothing(api: Api, conversation: str, changes: dict[str, object]) -> None:
    assert reply(api, conversation, **changes).status == 400
    assert len(api.office.timeline(conversation)) == 1


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/nothing"), ("DELETE", "/api/me"), ("GET", "/api/")])
def test_an_unknown_route_is_a_404_in_the_one_form(api: Api, method: str, path: str) -> None:
    error = {"code": "not_found", "message": "There is no such route.", "request_id": REQUEST_ID}
    assert api(method, path) == Answered(404, {"error": error})


@pytest.mark.parametrize("fault", [Unavailable("DynamoDB did not answer"), Contended("busy")], ids=repr)
def test_a_dependency_that_fails_is_a_503(
    api: Api, conversation: str, memory_table: MemoryTable, fault: OurFault
) -> None:
    api.services.configuration.company()
    memory_table.hook = Failing(fault, at=1, moment="before")
    failed = api("GET", f"/api/conversations/{conversation}")
    assert (failed.status, failed.body["error"]["code"]) == (503, fault.code)


def test_an_unforeseen_fault_is_a_500_that_tells_nothing_but_the_request_id(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(FakeDesk, "heartbeat", break_down)
    failed = api("POST", "/api/me/heartbeat")
    assert (failed.status, failed.body["error"]["code"]) == (500, "internal")
    assert "secret detail" not in json.dumps(failed.body)
    assert REQUEST_ID in failed.body["error"]["message"]


def test_an_answer_that_does_not_have_its_shape_is_our_fault(api: Api) -> None:
    api.desk.presence["ana"] = 7  # type: ignore[assignment]
    assert api("GET", "/api/me").status == 500


def test_the_document_is_valid_and_served_to_everybody(api: Api) -> None:
    document = api("GET", OPENAPI_PATH, claims={}).body
    assert document == json.loads(openapi_document())
    OpenAPIV31SpecValidator(document).validate()


def test_every_field_that_is_sent_or_taken_has_an_example() -> None:
    schemas = json.loads(openapi_document())["components"]["schemas"]
    without = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, content in schema["properties"].items()
        if "examples" not in content and not {"$ref", "items"} & content.keys()
    ]
    assert without == []


def test_every_error_of_the_document_has_the_one_form() -> None:
    paths = json.loads(openapi_document())["paths"]
    forms = {
        (status, response["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2])
        for methods in paths.values()
        for operation in methods.values()
        for status, response in operation["responses"].items()
        if status >= "400" and status != "401"
    }
    with_more = {"409": {"ConflictResponse"}, "422": {"MenuErrorResponse"}}
    assert {form for status, form in forms if form not in with_more.get(status, ())} == {"ErrorResponse"}
    assert {status for status, _ in forms} == {"400", "403", "404", "409", "422", "500", "503"}


def test_a_body_nested_without_end_is_the_callers_mistake(api: Api) -> None:
    answered = api("POST", "/api/conversations/c1/notes", "[" * 100_000)

    assert (answered.status, answered.body["error"]["code"]) == (400, "invalid")


def test_a_body_that_is_not_json_is_refused_in_the_one_form(api: Api) -> None:
    answered = api("POST", "/api/conversations/c1/notes", "text=hello", content_type="text/plain")

    assert (answered.status, answered.body["error"]["code"]) == (415, "invalid")
