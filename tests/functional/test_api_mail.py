"""Mail through the HTTP API: what a composer begins with, whole mails, first mails, uploads and blocked addresses."""

from typing import Any

import pytest

from heartline.domain.suppressions import Cause, Suppression
from heartline.domain.uploads import Upload
from tests.functional.calling import Answered, Api, api_of
from tests.office import NOON, TOM, Office

GONE = Suppression(address=TOM, cause=Cause.BOUNCE, at=NOON, diagnostic="550 5.1.1 user unknown")
BEGIN: dict[str, Any] = {
    "request_id": "b1",
    "inbox": "support",
    "channel": "email",
    "to": [{"name": "Eva Lind", "address": "eva@example.org"}],
    "subject": "Your parcel",
    "text": "It is here.",
}


@pytest.fixture
def api(office: Office) -> Api:
    return api_of(office)


@pytest.fixture
def conversation(api: Api) -> str:
    conversation = api.office.ingest(api.office.letter("m1"))
    api.office.clock.advance(minutes=1)
    return conversation


def reply(api: Api, conversation: str, **changes: object) -> Answered:
    seen = api.office.head(conversation).last_visible
    body = {"request_id": "r1", "channel": "email", "text": "It leaves today.", "seen": seen} | changes
    return api("POST", f"/api/conversations/{conversation}/replies", body)


def prepare(api: Api, conversation: str, mode: str = "reply") -> Answered:
    message = api.office.timeline(conversation)[0].id
    return api("GET", f"/api/conversations/{conversation}/messages/{message}/reply", query={"mode": mode})


def test_a_composer_begins_with_whom_it_goes_to_and_what_it_answers(api: Api, conversation: str) -> None:
    assert prepare(api, conversation).body == {
        "to": [{"name": "Tom", "address": TOM}],
        "cc": [],
        "subject": "Re: My order",
        "quoted_text": "Good day",
        "attachments": [],
        "new_domains": [],
        "blocked": [],
    }


def test_a_composer_knows_who_is_blocked_before_anything_is_written(api: Api, conversation: str) -> None:
    api.office.suppressions.block(GONE)
    (blocked,) = prepare(api, conversation).body["blocked"]
    assert blocked["address"] == TOM
    assert "550 5.1.1 user unknown" in blocked["reason"]


def test_whom_we_wrote_to_first_is_no_stranger_in_the_next_mail(api: Api) -> None:
    asked = {"request_id": "n1", "inbox": "support", "channel": "email", "to": [{"address": "new@stranger.example"}]}
    begun = api("POST", "/api/conversations", asked | {"subject": "Your order", "text": "It is ready."}).body
    prepared = prepare(api, begun["conversation"]["id"]).body
    assert [entry["address"] for entry in prepared["to"]] == ["new@stranger.example"]
    assert prepared["new_domains"] == []


def test_a_forward_begins_with_nobody(api: Api, conversation: str) -> None:
    begun = prepare(api, conversation, "forward").body
    assert (begun["to"], begun["subject"]) == ([], "Fwd: My order")


def test_there_is_no_fourth_way_to_take_a_message_up(api: Api, conversation: str) -> None:
    assert prepare(api, conversation, "redirect").status == 400


def test_a_whole_mail_is_accepted_and_shown(api: Api, conversation: str) -> None:
    upload = Upload(id="u1", agent="ana", filename="a.pdf", content_type="application/pdf", size=4)
    api.office.uploaded.put(upload, b"%PDF")
    cc = [{"name": "Ann", "address": "ann@example.net"}]
    accepted = reply(api, conversation, cc=cc, subject="Your order", attachments=["u1"], quote=False)
    assert accepted.status == 202
    assert accepted.body["mail"]["to"] == [{"name": "Tom", "address": TOM}]
    assert accepted.body["mail"]["cc"] == cc
    assert accepted.body["subject"] == "Your order"
    assert [file["filename"] for file in accepted.body["attachments"]] == ["a.pdf"]


def test_a_text_takes_nothing_that_is_for_mail(api: Api) -> None:
    conversation = api.office.ingest(api.office.text("SM1"))
    refused = reply(api, conversation, channel="sms", subject="Hello")
    assert (refused.status, refused.body["error"]["code"]) == (400, "invalid")


def test_a_blocked_recipient_is_named_with_the_reason_and_what_to_do(api: Api, conversation: str) -> None:
    api.office.suppressions.block(GONE)
    refused = reply(api, conversation)
    assert (refused.status, refused.body["error"]["code"]) == (422, "blocked")
    assert "tom@example.org" in refused.body["error"]["message"]
    assert "ask a lead" in refused.body["error"]["message"]


def test_a_first_mail_opens_a_conversation_that_is_its_authors(api: Api) -> None:
    begun = api("POST", "/api/conversations", BEGIN)
    assert begun.status == 202
    assert (begun.body["conversation"]["assignee"], begun.body["conversation"]["routing"]) == ("ana", "ASSIGNED")
    assert begun.body["message"]["status"] == "queued"
    assert api("POST", "/api/conversations", BEGIN) == begun


def test_a_first_mail_from_a_foreign_inbox_is_refused(api: Api) -> None:
    assert api("POST", "/api/conversations", BEGIN | {"inbox": "legal"}).status == 404


def test_an_upload_is_announced_with_its_place_and_its_end(api: Api) -> None:
    body = {"filename": "../a.pdf", "content_type": "application/pdf", "size": 4}
    announced = api("POST", "/api/uploads", body)
    assert announced.status == 201
    assert (announced.body["method"], announced.body["expires"]) == ("PUT", "2026-03-02T12:15:00.000Z")
    assert f"/uploads/ana/{announced.body['id']}" in announced.body["url"]


def test_a_file_that_no_message_carries_is_refused_before_it_is_uploaded(api: Api) -> None:
    body = {"filename": "a.iso", "content_type": "application/x-iso", "size": 17 * 1024 * 1024}
    assert api("POST", "/api/uploads", body).status == 400


def test_leads_see_who_is_blocked_and_lift_it(api: Api) -> None:
    api.office.suppressions.block(GONE)
    page = api("GET", "/api/suppressions", agent="lea").body
    assert [entry["address"] for entry in page["items"]] == [TOM]
    assert api("GET", "/api/suppressions", agent="lea", query={"address": "x@example.org"}).body["items"] == []
    assert api("DELETE", f"/api/suppressions/{TOM}", agent="ana").status == 403
    assert api("DELETE", f"/api/suppressions/{TOM}", agent="lea").status == 204
    assert api("DELETE", f"/api/suppressions/{TOM}", agent="lea").status == 404
