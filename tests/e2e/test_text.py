"""A text: customer → the right agent → answer → delivered; on the deployed template."""

import uuid

import pytest
import requests

from infra.local.description import LocalStack
from tests.e2e.people import Agent, Phone, eventually

pytestmark = pytest.mark.stack


def test_a_text_reaches_the_right_agent_and_the_answer_comes_back_delivered(
    on_duty: dict[str, Agent], customer: Phone
) -> None:
    ana, emma = on_duty["ana"], on_duty["emma"]
    for agent in (ana, emma):  # Emma takes no texts
        agent.choose("ONLINE")
    customer.text("Where is my parcel?")
    head = eventually(lambda: ana.conversation_with(customer.number), "the text is Ana's")
    assert emma.conversation_with(customer.number) is None
    assert (head["assignee"], head["status"], head["channels"]) == ("ana", "open", ["sms"])

    assert ana.reply(head["id"], "sms", "It leaves today.").status_code == 202
    sent = eventually(customer.received, "the answer is at Twilio")
    assert [entry["body"] for entry in sent] == ["It leaves today."]
    eventually(
        lambda: [m for m in ana.timeline(head["id"]) if m["status"] == "delivered"], "the inbox shows “delivered”"
    )


def test_a_double_click_sends_one_text(on_duty: dict[str, Agent], customer: Phone) -> None:
    ana = on_duty["ana"]
    ana.choose("ONLINE")
    customer.text("Hello?")
    head = eventually(lambda: ana.conversation_with(customer.number), "the text is Ana's")
    request = str(uuid.uuid4())
    body = {"request_id": request, "channel": "sms", "text": "Good morning!", "seen": head["last_visible"]}
    first = ana.call("POST", f"/conversations/{head['id']}/replies", **body)
    again = ana.call("POST", f"/conversations/{head['id']}/replies", **body)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]
    eventually(customer.received, "the answer is at Twilio")
    assert len(customer.received()) == 1


def test_an_answer_over_an_unseen_message_is_refused_and_shows_it(on_duty: dict[str, Agent], customer: Phone) -> None:
    ana = on_duty["ana"]
    ana.choose("ONLINE")
    customer.text("My order is 17")
    head = eventually(lambda: ana.conversation_with(customer.number), "the text is Ana's")
    customer.text("Sorry, I meant 18")
    eventually(lambda: len(ana.timeline(head["id"])) >= 2, "both texts are in the conversation")
    body = {"request_id": str(uuid.uuid4()), "channel": "sms", "text": "17 it is.", "seen": head["last_visible"]}
    answer = ana.call("POST", f"/conversations/{head['id']}/replies", **body)
    assert answer.status_code == 409, answer.text
    assert [message["text"] for message in answer.json()["newer"]] == ["Sorry, I meant 18"]
    assert customer.received() == []


def test_a_repeated_webhook_stores_one_message(on_duty: dict[str, Agent], customer: Phone) -> None:
    ana = on_duty["ana"]
    ana.choose("ONLINE")
    sid = customer.text("Once only")
    head = eventually(lambda: ana.conversation_with(customer.number), "the text is Ana's")
    customer.repeat(sid)
    customer.text("And this")
    eventually(lambda: [m for m in ana.timeline(head["id"]) if m["text"] == "And this"], "the later text is there")
    assert [m["text"] for m in ana.timeline(head["id"]) if m["direction"] == "inbound"] == ["Once only", "And this"]


def test_an_unsigned_or_wrongly_signed_webhook_is_refused(stack: LocalStack) -> None:
    form = {"MessageSid": "SM" + "0" * 32, "AccountSid": stack.twilio.account_sid, "From": "+12025550199", "Body": "x"}
    for headers in ({}, {"X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}):
        answer = requests.post(stack.webhooks["sms"], data=form, headers=headers, timeout=30)
        assert answer.status_code == 403
        assert answer.json()["error"]["code"]


def test_the_api_refuses_strangers_clearly(stack: LocalStack, agents: dict[str, Agent]) -> None:
    nobody = requests.get(f"{stack.api_url}/me", timeout=30)
    assert nobody.status_code == 401
    forged = requests.get(f"{stack.api_url}/me", headers={"Authorization": "Bearer a.b.c"}, timeout=30)
    assert forged.status_code == 401
    unknown = agents["ana"].call("GET", "/conversations/nosuchconversation")
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "not_found")
