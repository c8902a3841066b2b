"""Why an agent has a conversation, why nobody has it yet, and what waiting alone will change: in plain words."""

from datetime import timedelta
from typing import Any, get_args

from heartline.api import explain_models
from heartline.domain.messages import Channel
from heartline.domain.routing.model import Refusal, Why
from tests.functional.calling import api_of
from tests.functional.claiming import given
from tests.functional.explained import AGENTS, DOCUMENT, explained
from tests.office import Office

ANA, BEN, ZOE = AGENTS
SUPPORT, SALES = DOCUMENT["inboxes"]
HOURS = {"zone": "Europe/Berlin", "week": {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}}


def words(told: dict[str, Any]) -> dict[str, str]:
    return {each["agent"]: each["words"] for each in told["candidates"]}


def refusals(told: dict[str, Any]) -> dict[str, str]:
    return {each["agent"]: each["refused"] for each in told["candidates"]}


def test_who_could_take_it_now_is_ranked() -> None:
    company = explained()
    company.routed.online("ana", "ben")
    told = company.told(company.text(ago=60))
    assert told["sentence"] == (
        "Ana can take it now, first of 2; routing gives out what is before it in the order first."
    )
    assert [(each["agent"], each["rank"]) for each in told["candidates"]] == [("ana", 1), ("ben", 2)]
    assert words(told)["ana"] == "has 0 of 3 texts, nothing new yet"
    assert (told["why"], told["waiting_seconds"], told["unexpected"]) == (None, 60, "Somebody is free for it.")


def test_what_agents_rank_by_is_told() -> None:
    company = explained(routing={"agent_order": "best"}, inboxes=[{**SUPPORT, "requires": {"fr": 1}}, SALES])
    company.routed.online("ben")
    company.given("ben")
    company.routed.configured("ben", capacity={Channel.SMS: 2})
    company.office.clock.advance(minutes=12)
    assert words(company.told(company.text()))["ben"] == "fr 1, has 1 of 2 texts, the last new one 12 min ago"


def test_who_had_hard_work_lately_says_so_where_that_counts() -> None:
    company = explained(routing={"rest": 900})
    company.routed.online("ana")
    hard = company.text()
    company.routed.by_hand.mark(hard, heated=True, by=company.routed.profile("ben"))
    given(company.routed, hard, "ana")
    company.office.clock.advance(minutes=3)
    calm, other = company.text(), company.text()
    company.routed.by_hand.mark(other, heated=True, by=company.routed.profile("ben"))
    assert words(company.told(calm))["ana"] == "has 1 of 3 texts, the last new one 3 min ago"
    assert words(company.told(other))["ana"].endswith("the last new one 3 min ago, a heated one 3 min ago")


def test_nobody_is_there() -> None:
    company = explained()
    told = company.told(company.text())
    assert told["sentence"] == "Nobody can take it now: nobody who works in this inbox is online."
    assert told["unexpected"] == "Nobody who could take it is online."


def test_an_inbox_that_nobody_works_in_says_so() -> None:
    company = explained(agents=[ZOE])
    company.routed.online("zoe")
    told = company.told(company.text())
    assert told["sentence"] == "Nobody can take it: no agent of the pools that are asked works in this inbox."


def test_who_is_not_online_says_why_and_until_when() -> None:
    company = explained()
    routed, now = company.routed, company.office.clock()
    routed.presence.choose(routed.profile("ana"), "AWAY", reason="Lunch", returns_at=now + timedelta(minutes=25))
    routed.presence.choose(routed.profile("ben"), "DRAINING")
    waits = company.text()
    assert words(company.told(waits)) == {
        "ana": "is away (Lunch), back in 25 min",
        "ben": "is finishing up and gets nothing new",
    }
    company.office.clock.advance(minutes=26)
    assert words(company.told(waits))["ana"] == "is away (Lunch)"


def test_full_agents_say_how_full_they_are() -> None:
    company = explained()
    company.routed.online("ben")
    company.given("ben")
    told = company.told(company.text())
    assert told["sentence"].endswith("Ben has 1 of 1 text.")
    assert refusals(told)["ben"] == "slot"


def test_a_call_keeps_texts_away() -> None:
    company = explained()
    routed = company.routed
    routed.online("ana")
    called = company.text()
    routed.handover.queue_call(routed.call(called))
    given(routed, called, "ana")
    assert words(company.told(company.text()))["ana"] == "is on a call, and a call keeps texts away"


def test_units_say_how_many_are_used() -> None:
    company = explained(routing={"weights": {"sms": 2}}, agents=[{**ANA, "units": 3}, BEN, ZOE])
    company.routed.online("ana")
    company.given("ana")
    assert words(company.told(company.text()))["ana"] == "has work of 2 units of 3, and this weighs 2"


def test_a_channel_that_nobody_takes_is_named() -> None:
    company = explained(agents=[{**ANA, "capacity": {"email": 1}}, BEN, ZOE])
    company.routed.online("ana")
    assert words(company.told(company.text()))["ana"] == "takes no texts"


def test_places_that_open_bit_by_bit_are_not_said_to_be_missing() -> None:
    company = explained(routing={"ramp_up": 180, "ramp_after": 60})
    company.routed.online("ana")
    waits = company.text()
    back = "is back from a break, and places open bit by bit, the next in 60 s"
    assert words(company.told(waits))["ana"] == back
    company.office.clock.advance(seconds=60)
    company.given("ana")
    assert words(company.told(waits))["ana"] == f"has 1 of 1 text; {back}"


def test_a_level_that_is_not_met_says_when_it_will_do() -> None:
    relaxing = {**SUPPORT, "requires": {"fr": 4}, "relax": [{"after": 60, "requires": {"fr": 1}}]}
    company = explained(routing={"skills": {"fr": "French"}}, inboxes=[relaxing, SALES])
    company.routed.online("ana", "ben")
    waits = company.text(ago=20)
    told = company.told(waits)
    falls = "In 40 s the level of French that is needed falls from 4 to 1."
    assert words(told) == {
        "ana": "does not have French (needs 4)",
        "ben": "has French 1, and 4 is needed, but will do in 40 s",
    }
    assert (told["coming"], told["requires"], told["asks"]) == ([falls], {"fr": 4}, "French 4")
    assert told["step"] == {"index": 0, "next_in_seconds": 40, "next_requires": {"fr": 1}, "words": falls}
    company.office.clock.advance(seconds=40)
    relaxed = company.told(waits)
    assert (relaxed["step"], relaxed["requires"], relaxed["coming"]) == (None, {"fr": 1}, [])
    assert relaxed["candidates"][0]["agent"] == "ben"


def test_a_skill_that_is_dropped_is_said_to_be() -> None:
    relaxing = {**SUPPORT, "requires": {"fr": 1}, "relax": [{"after": 600, "requires": {"fr": 0}}]}
    company = explained(inboxes=[relaxing, SALES])
    assert company.told(company.text())["coming"] == ["In 10 min fr is not needed any more."]


def test_a_pool_says_when_it_is_asked() -> None:
    pools = [{"pool": "main"}, {"pool": "over", "after": 180}]
    company = explained(
        routing={"pools": {"main": "Front desk", "over": "Second line", "back": "Back office"}},
        inboxes=[{**SUPPORT, "pools": pools}, SALES],
        agents=[{**ANA, "capacity": {"sms": 1}}, {**BEN, "pool": "over"}, {**ZOE, "pool": "back"}],
    )
    company.routed.online("ana", "ben", "zoe")
    company.given("ana")
    told = company.told(company.text(ago=60))
    assert words(told)["ben"] == "is in the pool Second line, which is asked in 2 min"
    assert told["pools"] == [
        {"name": "main", "label": "Front desk", "open": True, "opens_in": None},
        {"name": "over", "label": "Second line", "open": False, "opens_in": 120},
    ]
    assert told["coming"] == ["In 2 min the pool Second line is asked as well."]


def test_who_declined_is_named_with_what_brings_them_back() -> None:
    company = explained(agents=[ANA, ZOE], routing={"retry_after": 300})
    routed, waits = company.routed, company.text()
    routed.online("ana")
    given(routed, waits, "ana")
    routed.by_hand.assign(waits, to=None, by=routed.profile("ana"))
    company.office.clock.advance(minutes=4)
    told = company.told(waits)
    assert (
        words(told)["ana"] == "declined 4 min ago, and is asked again once all have declined or their presence changes"
    )
    assert told["coming"] == ["All who could take it have declined; in 60 s they are asked again."]
    assert told["declined"] == [{"agent": "ana", "name": "Ana", "at": "2026-03-02T13:00:00.000Z"}]
    company.office.clock.advance(minutes=1)
    assert company.told(waits)["candidates"][0]["rank"] == 1


def test_what_is_kept_for_somebody_says_for_whom_and_until_when() -> None:
    company = explained(inboxes=[{**SUPPORT, "preferred": {"agent": "ben", "for": 120}}, SALES], agents=[ANA, BEN, ZOE])
    company.routed.online("ana", "ben")
    company.given("ben")
    told = company.told(company.text(ago=30))
    assert told["sentence"] == "It is kept for Ben for another 90 s: Ben has 1 of 1 text."
    assert told["preferred"] == {"agent": "ben", "name": "Ben", "until": "2026-03-02T13:01:30.000Z"}
    assert (told["why"], told["coming"]) == ("preferred", ["In 90 s it is everybody's."])
    assert told["unexpected"] == "It is kept for one agent, and the line says nothing of that."


def test_outside_business_hours_nothing_else_is_asked() -> None:
    company = explained(inboxes=[{**SUPPORT, "hours": HOURS}, SALES])
    company.routed.online("ana")
    company.office.clock.advance(days=4, hours=12)
    told = company.told(company.text())
    assert told["sentence"] == "It is outside business hours until Mon 09:00 (Europe/Berlin)."
    assert (told["why"], told["opens"]) == ("hours", "2026-03-09T08:00:00.000Z")
    assert told["unexpected"] == "Its inbox is closed: the line moves once it opens."


def test_a_far_opening_names_its_day() -> None:
    company = explained(inboxes=[{**SUPPORT, "hours": {"zone": "UTC", "week": {"mon": ["09:00-10:00"]}}}, SALES])
    assert company.told(company.text())["sentence"].endswith("until Mon 09 Mar 09:00 (UTC).")


def test_agents_of_other_inboxes_are_counted_and_not_named() -> None:
    company = explained()
    company.routed.online("ana", "zoe")
    told = company.told(company.text())
    assert [each["agent"] for each in told["candidates"]] == ["ana"]
    assert told["groups"] == [
        {"refused": None, "count": 1, "words": "can take it", "names": ["Ana"]},
        {"refused": "outside", "count": 1, "words": "does not work in this inbox", "names": []},
    ]


def test_many_agents_are_told_in_groups() -> None:
    many = [{**BEN, "id": f"b{n:02}", "name": f"B{n:02}"} for n in range(40)]
    company = explained(agents=many)
    for profile in company.routed.company_read.agents[:30]:
        company.routed.online(profile.id)
        company.given(profile.id)
    company.routed.presence.sync(company.routed.company_read)
    told = company.told(company.text())
    assert told["sentence"] == "Nobody can take it now: 30 have no free place; 10 are not online."
    assert len(told["candidates"]) == 20
    assert [(each["refused"], each["count"], each["names"]) for each in told["groups"]] == [
        ("slot", 30, ["B00", "B01", "B02"]),
        ("presence", 10, ["B30", "B31", "B32"]),
    ]


def test_the_rules_and_signs_it_came_with_are_told() -> None:
    company = explained(routing={"rules": [{"name": "Texts first", "when": {"channel": ["sms"]}, "then": {"band": 2}}]})
    waits = company.text()
    company.routed.by_hand.mark(waits, heated=True, by=company.routed.profile("ana"))
    told = company.told(waits)
    assert (told["band"], told["rules"]) == (2, ["Texts first"])
    assert (told["heated"]["heated"], told["heated"]["by"]) == (True, "ana")


def test_the_api_answers_in_words_that_it_documents(office: Office) -> None:
    api = api_of(office)
    conversation = office.ingest(office.text("SM1"))
    told = api("GET", f"/api/conversations/{conversation}/routing")
    assert (told.status, told.body["state"], told.body["place"]["words"]) == (200, "WAITING", "alone in its line")
    assert set(get_args(explain_models.Rule)) == set(Refusal)
    assert set(get_args(explain_models.Reason)) == set(Why)
