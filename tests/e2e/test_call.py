"""A call: greeting, menu, the agent's phone, the next agent, voicemail; on the deployed template."""

import pytest

from tests.e2e.people import Agent, Phone, eventually

pytestmark = pytest.mark.stack


def _ended(customer: Phone, call: str) -> dict[str, object]:
    return eventually(
        lambda: found if (found := customer.transcript(call))["ended"] else None, "the call has ended", 90
    )


def test_a_call_goes_through_the_menu_to_an_agent_with_the_skill(on_duty: dict[str, Agent], customer: Phone) -> None:
    ana, chloe = on_duty["ana"], on_duty["chloe"]
    chloe.choose("ONLINE")
    on_duty["ben"].choose("ONLINE")  # he has no billing
    call = customer.call(digits=["1", "1"], agent={"does": "answer", "talk": 1.0})
    ended = _ended(customer, call)
    assert ended["status"] == "completed", ended
    head = eventually(lambda: on_duty["frank"].conversation_with(customer.number, "all"), "the call has a conversation")
    assert (head["assignee"], head["channels"]) == ("chloe", ["voice"])
    events = [message["event"] for message in chloe.timeline(head["id"])]
    assert {"call.queued", "call.offered", "call.answered", "call.ended"} <= set(events), events
    assert ana.conversation_with(customer.number) is None


def test_a_call_that_nobody_takes_becomes_a_voicemail(on_duty: dict[str, Agent], customer: Phone) -> None:
    frank = on_duty["frank"]
    call = customer.call(digits=["2"], record=2)
    _ended(customer, call)
    head = eventually(lambda: frank.conversation_with(customer.number, "unassigned"), "somebody has to call back")
    recording = eventually(
        lambda: [a for m in frank.timeline(head["id"]) for a in m["attachments"]], "the recording is in our bucket", 60
    )
    assert recording[0]["content_type"].startswith("audio/")


def test_an_agent_who_does_not_answer_is_followed_by_the_next(on_duty: dict[str, Agent], customer: Phone) -> None:
    on_duty["chloe"].choose("ONLINE")
    on_duty["ana"].choose("ONLINE")
    call = customer.call(digits=["1", "1"], agent="no-answer", hang_up_after=70)
    _ended(customer, call)
    head = eventually(lambda: on_duty["frank"].conversation_with(customer.number, "all"), "the call is visible")
    offered = [m["text"] for m in on_duty["frank"].timeline(head["id"]) if m["event"] == "call.offered"]
    assert len(offered) >= 2, offered


def test_a_withheld_number_is_somebody_of_their_own(on_duty: dict[str, Agent], customer: Phone) -> None:
    withheld = Phone(number="anonymous", twilio=customer.twilio)
    _ended(withheld, withheld.call(digits=["2"], record=2))
    eventually(
        lambda: [h for h in on_duty["frank"].conversations("unassigned") if "voice" in h["channels"]],
        "the anonymous call left a conversation",
    )
