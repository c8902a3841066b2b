"""What routing decided before, and where a conversation stands that does not wait: in plain words."""

from datetime import timedelta

from heartline.api.present import conversation_response
from tests.functional.explained import AGENTS, explained

ANA, BEN, ZOE = AGENTS


def test_an_assigned_one_tells_the_decision_that_was_made() -> None:
    company = explained()
    company.routed.online("ana", "ben")
    waits = company.text()
    company.routed.route()
    told = company.told(waits)
    assert told["sentence"] == "Ana has it. Ana was first of 2 who could take it."
    assert told["decided"] == {
        "at": "2026-03-02T13:00:00.000Z",
        "agent": "ana",
        "name": "Ana",
        "why": None,
        "sentence": "Ana was first of 2 who could take it.",
        "order": [{"agent": "ana", "name": "Ana"}, {"agent": "ben", "name": "Ben"}],
        "refused": [],
    }
    assert (told["candidates"], told["place"], told["waiting_seconds"], told["enqueued"]) == ([], None, None, None)


def test_the_only_one_is_said_to_be() -> None:
    company = explained()
    company.routed.online("ben")
    company.routed.presence.choose(company.routed.profile("ana"), "OFFLINE")
    waits = company.text()
    company.routed.route()
    assert company.told(waits)["decided"]["sentence"] == "Ben was the only one who could take it."


def test_what_was_given_by_hand_is_not_ascribed_to_routing() -> None:
    company = explained()
    waits = company.text()
    company.routed.route()
    company.routed.handover.assign(waits, company.routed.profile("ben"))
    told = company.told(waits)
    assert told["sentence"] == (
        "Ben has it. Routing did not choose: it was taken, given by hand, or came back to who had it."
    )


def test_a_decision_that_found_nobody_tells_who_of_the_inbox_was_refused() -> None:
    company = explained(agents=[{**ANA, "capacity": {"sms": 1}}, {**BEN, "skills": {}}, ZOE])
    company.routed.online("ana", "zoe")
    company.text(ago=60)
    waits = company.text()
    company.routed.route()
    decided = company.told(waits)["decided"]
    assert decided["sentence"] == "Nobody could take it: 1 had no free place."
    assert decided["refused"] == [
        {"agent": "ana", "name": "Ana", "refused": "slot", "words": "had no free place"},
    ]


def test_an_offer_says_how_long_it_stands() -> None:
    company = explained(routing={"offer": {"sms": 30, "voice": 20}})
    company.routed.online("ana")
    waits = company.text()
    company.routed.route()
    company.office.clock.advance(seconds=12)
    told = company.told(waits)
    assert told["sentence"] == "It is offered to Ana for another 18 s. Ana was the only one who was asked."
    assert told["waiting_seconds"] == 12
    company.office.clock.advance(seconds=20)
    assert company.told(waits)["sentence"].startswith("It is offered to Ana until its time is over, which is now.")


def test_a_head_says_to_whom_it_is_offered_and_until_when() -> None:
    company = explained(routing={"offer": {"sms": 30, "voice": 20}})
    company.routed.online("ana")
    waits = company.text()
    company.routed.route()
    offered = conversation_response(company.routed.head(waits), None, vip=False)
    assert (offered.routing, offered.assignee) == ("OFFERED", None)
    assert (offered.offered_to, offered.offered_until) == ("ana", "2026-03-02T13:00:30.000Z")
    company.routed.handover.assign(waits, company.routed.profile("ana"))
    taken = conversation_response(company.routed.head(waits), None, vip=False)
    assert (taken.assignee, taken.offered_to, taken.offered_until) == ("ana", None, None)


def test_what_is_put_aside_wrapped_up_or_closed_says_so() -> None:
    company = explained(routing={"wrap": {"sms": 60}})
    routed = company.routed
    routed.online("ana")
    aside, done = company.given("ana"), company.given("ana")
    until = company.office.clock() + timedelta(hours=3)
    routed.handover.snooze(aside, until=until)
    assert company.told(aside)["sentence"] == (
        "Ana has put it aside for another 3 h; an answer from the customer brings it back."
    )
    company.office.clock.advance(hours=3)
    due = "Ana has put it aside; its time is over, and it comes back within a minute."
    assert company.told(aside)["sentence"] == due
    routed.handover.snooze(forever := company.given("ana"))
    assert company.told(forever)["sentence"] == "Ana has put it aside; an answer from the customer brings it back."
    routed.handover.close(done)
    assert company.told(done)["sentence"] == (
        "It is closed, and the work after it holds a place of Ana for another 60 s."
    )
    routed.handover.close(closed := company.text())
    assert company.told(closed)["sentence"] == "It is closed, and waits for nobody."
