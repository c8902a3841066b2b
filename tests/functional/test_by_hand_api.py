"""The routes for work by hand and for shifts, with the real desk: what is refused, and in which words."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from heartline.services.desk import RoutingDesk
from heartline.services.presence import Presence
from heartline.storage.snoozes import DynamoSnoozes
from tests.functional.calling import Answered, Api, api_of
from tests.office import DOCUMENT, Office

LATER = "2026-03-03T09:00:00+01:00"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def api(office: Office) -> Api:
    """The real desk in place of the fake."""
    document = deepcopy(DOCUMENT)
    document["agents"][1] |= {"capacity": {"sms": 1, "email": 1}, "pool": "second"}
    api = api_of(office, document)
    hand = api.services.controls
    presence = Presence(store=hand.handover.store, handover=hand.handover, clock=office.clock)  # type: ignore[attr-defined]
    desk = RoutingDesk(presence=presence, by_hand=hand, snoozes=DynamoSnoozes(office.table))  # type: ignore[arg-type]
    return replace(api, services=replace(api.services, desk=desk))


@pytest.fixture
def mine(api: Api) -> str:
    """A conversation that Ana has."""
    conversation = api.office.ingest(api.office.letter("m1"))
    post(api, conversation, "assign", {"agent": "ana"})
    return conversation


def post(api: Api, conversation: str, step: str, body: object = None, agent: str = "ana") -> Answered:
    return api("POST", f"/api/conversations/{conversation}/{step}", body, agent=agent)


def error(answered: Answered) -> tuple[int, str]:
    return answered.status, answered.body["error"]["message"]


def test_the_head_tells_what_was_done(api: Api, mine: str) -> None:
    shown = post(api, mine, "priority", {"band": 2, "boost": 600, "reason": "VIP"}).body
    assert (shown["band"], shown["boost"]) == (2, 600)
    shown = post(api, mine, "escalate", {"pool": "second", "note": "Please."}).body
    assert (shown["routing"], shown["pool"], shown["heated"]) == ("WAITING", "second", True)
    assert (shown["heat"], shown["heat_by"]) == (["escalated to second"], "ana")
    shown = api("PUT", f"/api/conversations/{mine}/heated", {"heated": False}).body
    assert (shown["heated"], shown["heat"], shown["heat_by"]) == (False, [], "ana")
    post(api, mine, "assign", {"agent": "ana"})
    shown = post(api, mine, "snooze", {"until": LATER}).body
    assert (shown["status"], shown["snoozed_until"]) == ("snoozed", "2026-03-03T08:00:00.000Z")
    assert post(api, mine, "wake").body["routing"] == "ASSIGNED"


def test_what_is_snoozed_has_a_list_of_its_own(api: Api, mine: str) -> None:
    post(api, mine, "snooze", {"until": LATER})
    listed = {
        view: [item["id"] for item in api("GET", "/api/conversations", query={"view": view}).body["items"]]
        for view in ("mine", "snoozed", "all")
    }
    assert listed == {"mine": [], "snoozed": [mine], "all": [mine]}
    assert api("GET", "/api/conversations", agent="lea", query={"view": "snoozed"}).body["items"] == []


def test_the_list_of_snoozed_ones_has_pages_and_no_forged_cursor_leaves_it(api: Api) -> None:
    names = [api.office.ingest(api.office.letter(f"m{number}")) for number in range(3)]
    for name in names:
        post(api, name, "assign", {"agent": "ana"})
        post(api, name, "snooze", {"until": LATER})
    first = api("GET", "/api/conversations", query={"view": "snoozed", "limit": 2}).body
    rest = api("GET", "/api/conversations", query={"view": "snoozed", "limit": 2, "cursor": first["next"]}).body
    assert [item["id"] for item in (*first["items"], *rest["items"])] == sorted(names)
    assert rest["next"] is None
    forged = api("GET", "/api/conversations", query={"view": "snoozed", "cursor": "%%%"})
    assert error(forged) == (400, "The cursor is not one of ours.")


@pytest.mark.parametrize("note", [{}, {"note": ""}, {"note": " \n\t "}])
@pytest.mark.parametrize(
    ("step", "body", "said"),
    [
        ("assign", {"agent": "ben"}, "Write a note for Ben Okoro"),
        ("escalate", {"pool": "main"}, "Write a note for main"),
    ],
)
def test_a_note_that_is_missing_is_asked_for(
    api: Api, mine: str, step: str, body: dict[str, Any], said: str, note: dict[str, str]
) -> None:
    status, message = error(post(api, mine, step, body | note))
    assert (status, message.startswith(said)) == (422, True)
    assert api.office.head(mine).assignee == "ana"


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("assign", {"agent": "ben", "note": "x" * 1_000_000}),
        ("assign", {"agent": "ben", "note": "x" * 2001}),
        ("assign", {"agent": "ben", "note": 7}),
        ("assign", {"agent": "ben", "note": "x", "by": "lea"}),
        ("assign", {"agent": "a b\n"}),
        ("priority", {"reason": "x"}),
        ("priority", {"band": 0, "reason": "x"}),
        ("priority", {"band": 100, "reason": "x"}),
        ("priority", {"boost": -1, "reason": "x"}),
        ("priority", {"boost": 86_401, "reason": "x"}),
        ("priority", {"band": 1}),
        ("escalate", {"pool": "", "note": "x"}),
        ("escalate", {"pool": "x" * 65, "note": "x"}),
        ("snooze", {}),
        ("snooze", {"until": "2026-03-03T09:00:00"}),
        ("snooze", {"until": 1772500000}),
        ("snooze", {"until": "tomorrow"}),
        ("snooze", {"until": "10000-01-01T00:00:00Z"}),
        ("snooze", {"until": LATER, "seen": "x" * 65}),
    ],
)
def test_what_makes_no_sense_is_named(api: Api, mine: str, step: str, body: dict[str, Any]) -> None:
    before = api.office.head(mine)
    status, message = error(post(api, mine, step, body))
    assert status == 400
    assert message.startswith("body")
    assert api.office.head(mine) == before


@pytest.mark.parametrize(
    "until",
    ["2026-03-02T11:59:59Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"],
)
def test_a_time_that_is_no_time_to_come_back_is_refused(api: Api, mine: str, until: str) -> None:
    refused = post(api, mine, "snooze", {"until": until})
    assert refused.status == 422, refused.body
    assert api("PUT", "/api/me/presence", {"presence": "AWAY", "returns_at": until}).status == 422
    assert api.office.head(mine).state == "ASSIGNED"


def test_an_unknown_pool_is_not_found(api: Api, mine: str) -> None:
    assert error(post(api, mine, "escalate", {"pool": "third", "note": "x"})) == (404, "There is no pool “third”.")
    handed = api("POST", "/api/me/hand-over", {"pool": "third", "note": "x"})
    assert error(handed) == (404, "There is no pool “third”.")


def test_words_are_words_whatever_they_look_like(api: Api, mine: str) -> None:
    post(api, mine, "priority", {"band": 2, "reason": SCRIPT})
    api.office.clock.advance(seconds=1)
    post(api, mine, "assign", {"agent": "ben", "note": SCRIPT})
    messages = api("GET", f"/api/conversations/{mine}/messages").body["items"]
    shown = {item["text"]: item["html"] for item in messages}
    assert shown[SCRIPT] is None
    assert shown[f"Ana Ruiz set the priority to 2: {SCRIPT}"] is None
    away = api("PUT", "/api/me/presence", {"presence": "AWAY", "reason": SCRIPT})
    assert away.body["presence_reason"] == SCRIPT


def test_what_a_colleague_has_is_a_leads_to_take(api: Api) -> None:
    conversation = api.office.ingest(api.office.letter("m1"))
    post(api, conversation, "assign", {"agent": "ben"}, agent="ben")
    refused = post(api, conversation, "assign", {"agent": "ana"}, agent="ana")
    assert error(refused) == (
        409,
        "Ben Okoro has this. Ask Ben Okoro to hand it over, or a lead to take it.",
    )
    assert post(api, conversation, "assign", {"agent": "lea"}, agent="lea").body["assignee"] == "lea"


def test_a_snooze_over_what_was_not_read_names_it(api: Api, mine: str) -> None:
    seen = api.office.head(mine).last_visible
    api.office.ingest(api.office.letter("m2", "And?", at=9, thread=api.office.head(mine)))
    refused = post(api, mine, "snooze", {"until": None, "seen": seen})
    assert error(refused) == (409, "There is a newer message that you have not seen.")


def test_a_presence_has_a_reason_and_a_time(api: Api) -> None:
    back = (datetime(2026, 3, 2, 13, tzinfo=UTC) + timedelta(hours=1)).isoformat()
    away = api("PUT", "/api/me/presence", {"presence": "AWAY", "reason": " Lunch ", "returns_at": back}).body
    assert (away["presence"], away["presence_reason"], away["returns_at"], away["draining"]) == (
        "AWAY",
        "Lunch",
        "2026-03-02T14:00:00.000Z",
        False,
    )
    colleagues = api("GET", "/api/me/colleagues", agent="lea").body
    assert {
        "id": "ana",
        "name": "Ana Ruiz",
        "presence": "AWAY",
        "reason": "Lunch",
        "returns_at": "2026-03-02T14:00:00.000Z",
        "draining": False,
    } in colleagues["agents"]
    assert colleagues["pools"] == [{"id": "main", "name": "main"}, {"id": "second", "name": "second"}]
    assert "lea" not in {agent["id"] for agent in colleagues["agents"]}
    draining = api("PUT", "/api/me/presence", {"presence": "DRAINING"}).body
    assert (draining["draining"], draining["presence_reason"], draining["returns_at"]) == (True, "", None)


@pytest.mark.parametrize(
    "body",
    [{"presence": "HERE"}, {"presence": "AWAY", "reason": "x" * 201}, {"presence": "AWAY", "returns_at": "soon"}],
)
def test_a_presence_that_makes_no_sense_is_named(api: Api, body: dict[str, str]) -> None:
    assert api("PUT", "/api/me/presence", body).status == 400


def test_who_is_online_does_not_come_back_later(api: Api) -> None:
    refused = api("PUT", "/api/me/presence", {"presence": "ONLINE", "returns_at": LATER})
    assert error(refused) == (422, "Whoever is online is back: leave returns_at out.")


def test_everything_is_handed_over(api: Api, mine: str) -> None:
    other = api.office.ingest(api.office.letter("m2"))
    post(api, other, "assign", {"agent": "ana"})
    done = api("POST", "/api/me/hand-over", {"agent": "ben", "note": "My shift is over."})
    assert (done.status, sorted(done.body["moved"]), done.body["kept"]) == (200, sorted([mine, other]), [])
    assert api("POST", "/api/me/hand-over", {"queue": True, "note": "x"}).body == {"moved": [], "kept": []}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"note": "x"}, 400),
        ({"agent": "ben", "queue": True, "note": "x"}, 400),
        ({"agent": "ana", "note": "x"}, 422),
        ({"agent": "nobody", "note": "x"}, 404),
        ({"queue": True}, 422),
        ({"queue": True, "note": " "}, 422),
        ({"queue": True, "note": "x" * 2001}, 400),
    ],
)
def test_a_hand_over_says_to_whom_and_why(api: Api, mine: str, body: dict[str, Any], status: int) -> None:
    assert api("POST", "/api/me/hand-over", body).status == status
    assert api.office.head(mine).assignee == "ana"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"to": {"agent": "ben"}, "note": "x"}, "body.to: unknown field"),
        ({"note": "x"}, "body: name exactly one of agent, pool and queue"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_in_plain_words(api: Api, body: dict[str, Any], told: str) -> None:
    assert api("POST", "/api/me/hand-over", body).body["error"]["message"] == told
