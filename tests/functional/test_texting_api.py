"""Texting over the API: whether a text may go and what it takes, and what the customer wants of our texts."""

from dataclasses import replace
from typing import Any

import pytest

from heartline.channels.twilio.texts import StatusReport
from heartline.domain.consent import Pair
from heartline.domain.messages import DeliveryStatus
from heartline.services.configure import read_company
from heartline.storage.configuration import StoredConfiguration
from tests.fakes import FixedClock, MemoryTable
from tests.functional.calling import Api, api_of
from tests.functional.test_outbox import SID
from tests.office import DOCUMENT, EVA, NOON, Office

SUPPORT = "+14155550100"
OTHER = "+14155550199"
OUTBOUND = {
    "countries": ["US", "CA"],
    "prices": {"US": "0.0083"},
    "quiet_hours": {"US": {"from": "21:00", "to": "08:00", "zones": ["America/New_York", "America/Los_Angeles"]}},
}
DAY, NIGHT = NOON.replace(hour=18), NOON.replace(hour=3)


@pytest.fixture
def api(memory_table: MemoryTable) -> Api:
    document = DOCUMENT | {"outbound": OUTBOUND}
    office = Office(memory_table, company=read_company(document), clock=FixedClock(DAY))
    api = api_of(office)
    StoredConfiguration(memory_table, lambda: 0.0).replace(document, [])
    return api


@pytest.fixture
def conversation(api: Api) -> str:
    return api.office.ingest(api.office.text("SM1", "Where is my parcel?"))


def texting(api: Api, conversation: str, **body: Any) -> Any:
    answered = api("POST", f"/api/conversations/{conversation}/texting", body)
    assert answered.status == 200
    return answered.body


def reply(api: Api, conversation: str, **fields: Any) -> Any:
    seen = api.office.head(conversation).last_visible
    body = {"request_id": "r1", "channel": "sms", "text": "On its way.", "seen": seen, **fields}
    return api("POST", f"/api/conversations/{conversation}/replies", body)


def test_a_composer_asks_once_and_knows_whether_a_text_may_go(api: Api, conversation: str) -> None:
    shown = api("GET", f"/api/conversations/{conversation}/texting").body

    assert (shown["sender"], shown["number"], shown["numbers"]) == (SUPPORT, EVA, [EVA])
    assert (shown["can_text"], shown["against"], shown["notice"], shown["quiet_until"]) == (True, [], "", None)
    assert [(one["state"], one["reason"]) for one in shown["consents"]] == [("none", "")]
    assert shown["estimate"]["segment_price"] == "0.0083"


def test_it_costs_two_requests(api: Api, conversation: str, memory_table: MemoryTable) -> None:
    head = api.office.head(conversation)
    memory_table.usage.requests.clear()
    api.office.texts.outlook(head, api.office.inbox("support"))

    assert memory_table.usage.total_requests == 2


@pytest.mark.parametrize(
    ("text", "encoding", "segments", "price", "flipped_by"),
    [
        ("a" * 160, "GSM-7", 1, "0.0083", ""),
        ("a" * 161, "GSM-7", 2, "0.0166", ""),
        ("a" * 70 + "😀", "UCS-2", 2, "0.0166", "😀"),
    ],
)
def test_what_a_text_takes_is_told_before_it_is_sent_and_kept_with_it(
    api: Api, conversation: str, text: str, encoding: str, segments: int, price: str, flipped_by: str
) -> None:
    told = texting(api, conversation, text=text)["estimate"]

    assert (told["encoding"], told["segments"], told["price"], told["currency"]) == (encoding, segments, price, "USD")
    assert told["flipped_by"] == flipped_by
    sent = reply(api, conversation, text=text).body
    assert (sent["segments"], sent["price_estimate"]) == (segments, f"{price} USD")


def test_an_opted_out_customer_is_shown_with_reason_and_date(api: Api, conversation: str) -> None:
    api.office.ingest(api.office.text("SM2", "STOP", at=5))

    shown = api("GET", f"/api/conversations/{conversation}/texting").body
    refused = reply(api, conversation)

    assert shown["can_text"] is False
    assert [(rule["code"], rule["overridable"]) for rule in shown["against"]] == [("opted_out", False)]
    (consent,) = shown["consents"]
    assert (consent["state"], consent["source"], consent["since"]) == ("out", "keyword", "2026-03-02T12:00:05.000Z")
    assert (refused.status, refused.body["error"]["code"]) == (422, "opted_out")
    assert refused.body["error"]["message"] == shown["against"][0]["message"]


def test_in_quiet_hours_a_text_is_refused_with_the_time_there_unless_its_author_insists(
    api: Api, conversation: str
) -> None:
    api.office.clock.at = NIGHT

    refused = reply(api, conversation)
    shown = texting(api, conversation)

    assert (refused.status, refused.body["error"]["code"]) == (422, "quiet_hours")
    assert "It is 22:00 in America/New_York" in refused.body["error"]["message"]
    assert shown["can_text"] is True
    assert [(rule["code"], rule["overridable"]) for rule in shown["against"]] == [("quiet_hours", True)]
    assert shown["quiet_until"] == "2026-03-02T16:00:00.000Z"
    assert reply(api, conversation, override_quiet=True).status == 202


def test_a_text_goes_to_the_number_that_its_author_chose_among_the_customers(api: Api, conversation: str) -> None:
    other = api.office.ingest(api.office.text("SM2", "And this is my new number.", sender=OTHER, at=5))
    assert api("POST", f"/api/conversations/{other}/merge", {"into": conversation}).status == 200

    usual = reply(api, conversation)
    chosen = reply(api, conversation, request_id="r2", number=EVA)
    stranger = reply(api, conversation, request_id="r3", number="+14155559999")
    whatsapp = reply(api, conversation, request_id="r4", number=EVA, channel="whatsapp")

    recipients = {message.id: message.recipients for message in api.office.timeline(conversation)}
    assert [recipients[answer.body["id"]] for answer in (usual, chosen)] == [(OTHER,), (EVA,)]
    assert (stranger.status, whatsapp.status) == (404, 400)
    assert "no number of this customer" in stranger.body["error"]["message"]


def test_a_first_text_says_what_it_would_take_and_introduces_us(api: Api) -> None:
    asked = {"inbox": "support", "number": "(415) 555-2671", "text": "Your parcel is here."}
    shown = api("POST", "/api/texting", asked).body

    assert (shown["number"], shown["notice"]) == ("+14155552671", "Support. Reply STOP to opt out.")
    assert shown["estimate"]["text"] == "Your parcel is here.\n\nSupport. Reply STOP to opt out."


@pytest.mark.parametrize("number", ["+18764545678", "+19005551234"])
def test_a_first_text_to_a_country_or_a_number_that_we_do_not_serve_is_refused(api: Api, number: str) -> None:
    shown = api("POST", "/api/texting", {"inbox": "support", "number": number}).body
    first = {"request_id": "b1", "inbox": "support", "channel": "sms", "number": number, "text": "Hello"}

    refused = api("POST", "/api/conversations", first)

    assert [rule["code"] for rule in shown["against"]] == ["destination"]
    assert (refused.status, refused.body["error"]["code"]) == (422, "destination")


def test_a_foreign_inbox_is_unknown_to_a_first_text(api: Api) -> None:
    assert api("POST", "/api/texting", {"inbox": "legal", "number": EVA}, agent="ana").status == 404


def test_an_agent_notes_that_a_customer_wants_no_texts_and_the_timeline_says_so(api: Api, conversation: str) -> None:
    path = f"/api/conversations/{conversation}/consent"
    noted = api("PUT", path, {"state": "out", "reason": "Asked for it on the phone."})

    assert noted.status == 200
    assert [(one["state"], one["source"], one["by"]) for one in noted.body["consents"]] == [("out", "agent", "ana")]
    assert noted.body["history"][0]["words"] == "Asked for it on the phone."
    assert api("GET", path).body == noted.body
    line = api.office.timeline(conversation)[-1]
    assert (line.event, line.author.id) == ("consent.out", "ana")
    assert "Ana Ruiz noted that +14155550123 wants no texts from +14155550100: Asked for it" in line.text
    assert reply(api, conversation).body["error"]["code"] == "opted_out"


def test_an_agent_may_lift_what_an_agent_noted_and_both_stay_on_record(api: Api, conversation: str) -> None:
    path = f"/api/conversations/{conversation}/consent"
    api("PUT", path, {"state": "out", "reason": "Asked for it."})
    api.office.clock.advance(minutes=1)
    lifted = api("PUT", path, {"state": "in", "reason": "Changed her mind."})

    assert [said["state"] for said in lifted.body["history"]] == ["in", "out"]
    assert reply(api, conversation).status == 202


@pytest.mark.parametrize(("agent", "status"), [("ana", 403), ("lea", 200), ("kim", 200)])
def test_what_a_customer_said_by_text_is_lifted_by_a_lead_only(
    api: Api, conversation: str, agent: str, status: int
) -> None:
    api.office.ingest(api.office.text("SM2", "STOP", at=5))
    path = f"/api/conversations/{conversation}/consent"

    answered = api("PUT", path, {"state": "in", "reason": "Told me so."}, agent=agent)

    assert answered.status == status
    if status == 403:
        assert answered.body["error"]["message"].startswith("The customer opted out on 2026-03-02 with “STOP”. Ask")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_note_without_a_reason_is_refused(api: Api, conversation: str, reason: str) -> None:
    path = f"/api/conversations/{conversation}/consent"

    assert api("PUT", path, {"state": "out", "reason": reason}).status == 400
    assert api.office.consents.consents([Pair(sender=SUPPORT, phone=EVA)])[0].stated is None


def test_another_persons_number_is_not_asked_about_here(api: Api, conversation: str) -> None:
    for method, path in (("GET", "texting"), ("GET", "consent")):
        answered = api(method, f"/api/conversations/{conversation}/{path}", query={"number": "+14155550188"})
        assert answered.status == 404


def test_a_customer_without_a_number_cannot_be_texted(api: Api) -> None:
    conversation = api.office.ingest(api.office.letter("m1"))

    assert api("GET", f"/api/conversations/{conversation}/texting").status == 400


def test_a_text_that_failed_says_what_to_do_next(api: Api, conversation: str) -> None:
    office = api.office
    reply(api, conversation)
    office.send(office.sends(conversation))
    report = StatusReport(provider_id=f"twilio:{SID}", status=DeliveryStatus.UNDELIVERED, reason="30006 A landline.")
    office.track(replace(report, code="30006"))

    shown = api("GET", f"/api/conversations/{conversation}/messages").body["items"][-1]

    assert (shown["status"], shown["status_code"], shown["status_action"]) == ("undelivered", "30006", "call_instead")
    assert shown["status_reason"] == "30006 A landline."


def test_a_text_that_is_tried_once_more_says_so_until_it_has_arrived(api: Api, conversation: str) -> None:
    office = api.office
    reply(api, conversation)
    office.send(office.sends(conversation))
    report = StatusReport(provider_id=f"twilio:{SID}", status=DeliveryStatus.UNDELIVERED, reason="30003", code="30003")
    office.track(report)
    path = f"/api/conversations/{conversation}/messages"
    during = api("GET", path).body["items"][-1]
    office.clock.advance(minutes=5)
    office.send(office.sends(conversation))
    office.track(StatusReport(provider_id=f"twilio:SM{2:032d}", status=DeliveryStatus.DELIVERED, reason=""))
    after = api("GET", path).body["items"][-1]

    assert (during["status"], during["status_action"]) == ("sent", "retried")
    assert during["again_at"] == "2026-03-02T18:05:00.000Z"
    assert (after["status"], after["status_action"], after["status_reason"]) == ("delivered", "none", "")
    assert after["again_at"] is None
