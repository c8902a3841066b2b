"""Pictures in both directions, WhatsApp's day, and a first text; on the deployed template."""

import uuid
from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest
import requests

from infra.local.description import LocalStack
from tests.e2e.people import Agent, Phone, eventually

pytestmark = pytest.mark.stack

PICTURE = b64encode(b"a picture of a dent").decode()
THREE = [{"content_type": kind, "data": PICTURE} for kind in ("image/png", "image/jpeg", "image/svg+xml")]


def upload(agent: Agent, content: bytes = b"a picture of the new wheel") -> str:
    """Announce a picture and put it where it is to go, as a browser does."""
    announced = agent.call("POST", "/uploads", filename="wheel.png", content_type="image/png", size=len(content))
    ticket = announced.json()
    put = requests.request(ticket["method"], ticket["url"], data=content, headers=ticket["headers"], timeout=30)
    assert put.ok, put.text
    return str(ticket["id"])


def answer(agent: Agent, conversation: str, **said: Any) -> requests.Response:
    seen = agent.get(f"/conversations/{conversation}")["last_visible"]
    body = {"request_id": str(uuid.uuid4()), "seen": seen, **said}
    return agent.call("POST", f"/conversations/{conversation}/replies", **body)


def fate(agent: Agent, conversation: str, words: str) -> tuple[str, str]:
    """How a message of ours that begins so ends; on WhatsApp that is when it was read."""

    def ends(message: dict[str, Any]) -> bool:
        last = "read" if message["channel"] == "whatsapp" else "delivered"
        ours = message["direction"] == "outbound" and message["text"].startswith(words)
        return ours and message["status"] in {last, "failed", "undelivered"}

    ended = eventually(lambda: list(filter(ends, agent.timeline(conversation))), f"“{words}” has ended")
    return ended[-1]["status"], ended[-1]["status_code"]


@pytest.fixture
def ana(on_duty: dict[str, Agent]) -> Agent:
    on_duty["ana"].choose("ONLINE")
    return on_duty["ana"]


def test_a_text_with_three_files_shows_the_pictures_and_an_answer_takes_one_back(ana: Agent, customer: Phone) -> None:
    customer.text("Look at this", media=THREE)
    head = eventually(lambda: ana.conversation_with(customer.number), "the text is Ana's")
    (message,) = eventually(
        lambda: [m for m in ana.timeline(head["id"]) if len(m["attachments"]) == 3], "all files are here"
    )
    types = [file["content_type"] for file in message["attachments"]]
    assert types == ["image/png", "image/jpeg", "application/octet-stream"]
    assert requests.get(message["attachments"][0]["url"], timeout=30).content == b"a picture of a dent"

    assert answer(ana, head["id"], channel="sms", attachments=[upload(ana)]).status_code == 202
    (sent,) = eventually(customer.received, "the answer is at Twilio")
    assert (sent["num_media"], sent["body"]) == ("1", "")
    assert fate(ana, head["id"], "") == ("delivered", "")


def test_whatsapp_is_answered_freely_for_a_day_and_then_with_a_template(
    ana: Agent, customer: Phone, stack: LocalStack
) -> None:
    there = replace(customer, number=f"whatsapp:{customer.number}")
    there.text("Is it ready?", facts={"ProfileName": "Eva Lind"})
    head = eventually(lambda: ana.conversation_with(customer.number), "the message is Ana's")
    assert (head["contact"]["name"], head["channels"]) == ("Eva Lind", ["whatsapp"])
    customer.text("And by text, too")
    eventually(lambda: len(ana.timeline(head["id"])) == 2, "the text is in the same story")

    assert answer(ana, head["id"], channel="whatsapp", text="Yes", attachments=[upload(ana)]).status_code == 202
    assert fate(ana, head["id"], "Yes") == ("read", "")
    day = requests.post(f"{stack.twilio.api_url}/simulator/whatsapp/day", json={"from": there.number}, timeout=10)
    assert day.ok, day.text
    assert answer(ana, head["id"], channel="whatsapp", text="Still there?").status_code == 202
    assert fate(ana, head["id"], "Still there?") == ("failed", "63016")
    (template, *_) = ana.get("/inboxes/support/templates")["items"]
    filled = {"sid": template["sid"], "variables": {"1": "Eva", "2": "Friday"}}
    assert answer(ana, head["id"], channel="whatsapp", template=filled).status_code == 202
    assert fate(ana, head["id"], "Hello Eva, your parcel") == ("read", "")


def test_a_first_text_opens_a_conversation_and_the_next_one_is_told_of_it(ana: Agent) -> None:
    number = f"+1202555{uuid.uuid4().int % 100 + 100:04d}"
    first = {"inbox": "support", "channel": "sms", "number": number, "text": "Your bike is ready.", "anyway": True}
    begun = ana.call("POST", "/conversations", request_id=str(uuid.uuid4()), **first).json()
    assert begun["conversation"]["assignee"] == "ana"
    again = ana.call("POST", "/conversations", request_id=str(uuid.uuid4()), **first | {"anyway": False})
    assert (again.status_code, again.json()["conversation"]) == (409, begun["conversation"]["id"])
    assert fate(ana, begun["conversation"]["id"], "Your bike is ready.") == ("delivered", "")
