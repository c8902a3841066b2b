"""Calls through the HTTP API: on their conversation, by themselves, commanded, begun, planned, and callers blocked."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from heartline.api.times import timestamp
from heartline.domain.screening import Ringing, admission
from heartline.storage.callers import DynamoCallers
from heartline.storage.expressions import Put
from heartline.storage.items import conversation_to_item
from tests.fakes import MemoryTable
from tests.functional.calling import Api, api_of
from tests.functional.phoned import OURS, THIRD, Phoned
from tests.office import EVA, take_in


@pytest.fixture
def phoned(memory_table: MemoryTable) -> Phoned:
    return Phoned(memory_table)


@pytest.fixture
def api(phoned: Phoned) -> Api:
    return api_of(phoned.routed.office, phoned.document)


def read(api: Api, conversation: str, agent: str = "ana") -> Any:
    return api("GET", f"/api/conversations/{conversation}", agent=agent).body


def test_a_conversation_shows_its_call_for_the_agent_who_asks(api: Api, phoned: Phoned) -> None:
    call = phoned.talking()
    assert read(api, call.conversation)["call"] == {
        "id": "CA1",
        "direction": "inbound",
        "state": "in_progress",
        "purpose": "",
        "inbox": "support",
        "conversation": call.conversation,
        "subject": "",
        "number": EVA,
        "name": "Eva",
        "our_number": OURS,
        "verified": "",
        "agent": "ana",
        "choice": "",
        "queued_at": "2026-03-02T13:00:00.000Z",
        "answered_at": "2026-03-02T13:00:00.000Z",
        "ended_at": None,
        "wrap_until": None,
        "due": None,
        "tries": 0,
        "parties": [
            {"label": "customer", "kind": "customer", "id": EVA, "name": "Eva", "state": "joined", "muted": False},
            {"label": "agent-1", "kind": "agent", "id": "ana", "name": "Ana", "state": "joined", "muted": False},
        ],
        "recording": "off",
        "problem": "",
        "device": "",
        "offer_expires": None,
        "handover": None,
        "can": ["hold", "mute", "transfer", "hang_up"],
    }
    assert read(api, call.conversation, agent="ben")["call"]["can"] == []
    assert read(api, call.conversation, agent="lea")["call"]["can"] == ["hang_up"]


def test_a_caller_whose_name_the_network_does_not_know_has_the_contacts(api: Api, phoned: Phoned) -> None:
    conversation = phoned.talking(caller_name="").conversation
    office = phoned.routed.office
    named = replace(phoned.head(conversation), contact_name="Rosa Klein")
    office.table.write(Put(item=conversation_to_item(named)))
    shown = read(api, conversation)["call"]
    assert (shown["name"], shown["parties"][0]["name"]) == ("Rosa Klein", "Rosa Klein")
    assert api("GET", "/api/calls/CA1").body == shown
    assert api("POST", "/api/calls/CA1/hold", {"on": True}).body["name"] == "Rosa Klein"


def test_a_call_is_read_by_itself(api: Api, phoned: Phoned) -> None:
    call = phoned.talking()
    assert api("GET", "/api/calls/CA1").body == read(api, call.conversation)["call"]


def test_a_page_of_conversations_reads_its_calls_in_one_request(
    api: Api, phoned: Phoned, memory_table: MemoryTable
) -> None:
    texts = [phoned.routed.office.text(f"SM{n}", sender=f"+1415555010{n}") for n in range(1, 6)]
    for number, conversation in enumerate(take_in(phoned.routed.office, texts)[:4]):
        phoned.plans(conversation, phoned.now + timedelta(hours=number + 1))
    memory_table.usage.requests.clear()
    page = api("GET", "/api/conversations", query={"view": "unassigned"}).body["items"]
    assert sorted(bool(item["call"]) for item in page) == [False, True, True, True, True]
    assert memory_table.usage.requests["BatchGetItem"] == 2  # calls, and who is a VIP
    assert memory_table.usage.requests["GetItem"] <= 1  # the configuration


def test_a_page_without_calls_reads_none(api: Api, phoned: Phoned, memory_table: MemoryTable) -> None:
    phoned.texted()
    memory_table.usage.requests.clear()
    assert api("GET", "/api/conversations", query={"view": "unassigned"}).body["items"][0]["call"] is None
    assert memory_table.usage.requests["BatchGetItem"] == 1  # who is a VIP


def test_commands_answer_the_call_as_it_is_then(api: Api, phoned: Phoned) -> None:
    phoned.talking()
    assert api("POST", "/api/calls/CA1/hold", {"on": True}).status == 200
    assert phoned.call("CA1").wants.hold is True
    ended = api("POST", "/api/calls/CA1/hang-up")
    assert (ended.status, ended.body["state"], ended.body["can"]) == (200, "completed", ["wrap_up"])
    assert ended.body["wrap_until"] == "2026-03-02T13:00:30.000Z"
    assert api("POST", "/api/calls/CA1/hang-up").body == ended.body
    assert api("POST", "/api/calls/CA1/wrap-up").body["wrap_until"] == "2026-03-02T13:00:00.000Z"


def test_what_does_not_fit_the_call_is_a_conflict_with_a_sentence(api: Api, phoned: Phoned) -> None:
    phoned.talking()
    refused = api("POST", "/api/calls/CA1/hold", {"on": True}, agent="ben")
    assert (refused.status, refused.body["error"]["code"]) == (409, "conflict")
    assert refused.body["error"]["message"] == "This call cannot be put on hold now."


@pytest.mark.parametrize(
    "body",
    [
        {"mode": "cold", "note": "x"},
        {"mode": "cold", "note": "x", "agent": "ben", "number": THIRD},
        {"mode": "warm", "note": "x", "skill": "billing"},
        {"mode": "cold", "note": "", "agent": "ben"},
        {"mode": "cold", "note": "x" * 2001, "agent": "ben"},
        {"mode": "cold", "note": "x", "number": "tel:911"},
        {"mode": "hot", "note": "x", "agent": "ben"},
        {"mode": "cold", "note": "x", "agent": "ben", "record": False},
    ],
)
def test_a_transfer_that_makes_no_sense_is_refused(api: Api, phoned: Phoned, body: dict[str, object]) -> None:
    phoned.talking()
    assert api("POST", "/api/calls/CA1/transfer", body).status == 400
    assert phoned.call("CA1").transfer is None


def test_a_transfer_shows_its_note_to_whom_it_is_for(api: Api, phoned: Phoned) -> None:
    phoned.talking()
    phoned.routed.online("ben")
    body = {"mode": "warm", "note": "Wants a refund.", "agent": "ben"}
    asked = api("POST", "/api/calls/CA1/transfer", body)
    assert (asked.status, asked.body["handover"], asked.body["parties"][2]["name"]) == (200, None, "Ben")
    assert api("GET", "/api/calls/CA1", agent="ben").body["handover"] == {"by": "Ana", "note": "Wants a refund."}


def test_a_transfer_to_a_dear_number_is_refused_with_the_reason(api: Api, phoned: Phoned) -> None:
    phoned.talking()
    body = {"mode": "cold", "note": "x", "number": "+19005550123"}
    refused = api("POST", "/api/calls/CA1/transfer", body)
    assert refused.status == 422
    assert "premium rate" in refused.body["error"]["message"]


def test_whom_a_call_can_go_to_is_told_with_who_is_free(api: Api, phoned: Phoned) -> None:
    phoned.talking()
    phoned.routed.online("ben")
    assert api("GET", "/api/calls/CA1/targets").body == {
        "agents": [
            {"id": "ben", "name": "Ben", "presence": "ONLINE", "reason": "", "returns_at": None, "free": True},
            {"id": "lea", "name": "Lea", "presence": "OFFLINE", "reason": "", "returns_at": None, "free": False},
        ],
        "skills": [{"id": "billing", "name": "billing", "free": 1}],
    }


def test_who_is_away_is_told_with_why_and_until_when(api: Api, phoned: Phoned) -> None:
    phoned.talking()
    routed, back = phoned.routed, phoned.now + timedelta(minutes=30)
    routed.presence.choose(routed.profile("ben"), "AWAY", reason="Lunch", returns_at=back)
    ben = api("GET", "/api/calls/CA1/targets").body["agents"][0]
    assert (ben["presence"], ben["reason"], ben["returns_at"], ben["free"]) == ("AWAY", "Lunch", timestamp(back), False)


def test_a_customer_is_called_once_for_each_request(api: Api, phoned: Phoned) -> None:
    conversation = phoned.texted()
    body = {"request_id": "r1", "number": None}
    begun = api("POST", f"/api/conversations/{conversation}/calls", body)
    assert (begun.status, begun.body["state"], begun.body["purpose"]) == (202, "queued", "dial")
    assert begun.body["can"] == ["cancel"]
    assert api("POST", f"/api/conversations/{conversation}/calls", body).body == begun.body
    assert read(api, conversation)["assignee"] == "ana"


def test_a_call_back_is_planned_moved_listed_and_cancelled(api: Api, phoned: Phoned) -> None:
    conversation = phoned.texted()
    path = f"/api/conversations/{conversation}/call-backs"
    planned = api("POST", path, {"request_id": "r1", "due": "2026-03-02T15:00:00+01:00", "note": "The order."})
    assert (planned.status, planned.body["state"], planned.body["due"]) == (202, "planned", "2026-03-02T14:00:00.000Z")
    call = planned.body["id"]
    moved = api("PATCH", f"/api/calls/{call}", {"due": "2026-03-02T16:00:00Z"})
    assert moved.body["due"] == "2026-03-02T16:00:00.000Z"
    assert [item["id"] for item in api("GET", "/api/call-backs").body["items"]] == [call]
    assert api("DELETE", f"/api/calls/{call}").status == 204
    assert api("DELETE", f"/api/calls/{call}").status == 204
    assert api("GET", "/api/call-backs").body == {"items": [], "next": None}
    assert api("GET", f"/api/calls/{call}").body["state"] == "cancelled"


def test_call_backs_are_those_of_ones_own_inboxes(api: Api, phoned: Phoned) -> None:
    phoned.plans(phoned.texted(), phoned.now + timedelta(hours=1))
    assert len(api("GET", "/api/call-backs", agent="ben").body["items"]) == 1
    assert api("GET", "/api/call-backs", query={"cursor": "forged"}).status == 400


@pytest.mark.parametrize("due", ["2026-03-02T15:00:00", "tomorrow", 5])
def test_a_time_without_a_zone_is_no_time(api: Api, phoned: Phoned, due: object) -> None:
    body = {"request_id": "r1", "due": due}
    assert api("POST", f"/api/conversations/{phoned.texted()}/call-backs", body).status == 400


def test_what_to_know_before_calling(api: Api, phoned: Phoned) -> None:
    assert api("GET", f"/api/conversations/{phoned.texted()}/calling").body == {
        "numbers": [EVA],
        "zone": None,
        "next_opening": None,
    }
    mail = phoned.routed.letter("m1")
    assert api("GET", f"/api/conversations/{mail}/calling").body["numbers"] == []


def test_a_lead_blocks_a_caller_and_lifts_it(api: Api, phoned: Phoned) -> None:
    path = "/api/blocked-callers/%2B14155550123"
    blocked = api("PUT", path, {"treatment": "voicemail", "reason": "Threats."}, agent="lea")
    assert blocked.body == {
        "number": EVA,
        "treatment": "voicemail",
        "reason": "Threats.",
        "by": "Lea",
        "at": "2026-03-02T13:00:00.000Z",
    }
    assert api("GET", "/api/blocked-callers", agent="lea").body["items"] == [blocked.body]
    identity = phoned.talking().caller
    ringing = Ringing(call="CA9", inbox="support", identity=identity)
    known = DynamoCallers(phoned.table).known(ringing, phoned.now)
    assert admission(known, phoned.support.voice_rules, ()).door == "voicemail"
    assert api("DELETE", path, agent="lea").status == 204
    assert api("DELETE", path, agent="lea").status == 404


@pytest.mark.parametrize(("number", "status"), [("4155550123", 400), ("%2B14155550100", 409), ("anonymous", 400)])
def test_only_other_peoples_numbers_are_blocked(api: Api, number: str, status: int) -> None:
    assert api("PUT", f"/api/blocked-callers/{number}", {"treatment": "reject"}, agent="lea").status == status
