"""A first text or WhatsApp message: its author's own conversation, unless the customer is in the middle of one."""

from dataclasses import replace

import pytest

from heartline.domain.contacts import IdentityKind
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Invalid, Refused
from heartline.domain.messages import Channel, Message
from heartline.domain.opening import AlreadyOpen
from heartline.domain.outbound import Draft
from heartline.domain.uploads import Upload
from tests.fakes import MemoryTable
from tests.functional.calling import api_of
from tests.invariants import violations
from tests.office import EVA, PARCEL, Office

TEXT = {"request_id": "b1", "inbox": "support", "channel": "sms", "number": "(415) 555-0123", "text": "Good morning."}


def begin(office: Office, **asked: object) -> tuple[Conversation, Message]:
    plain = Draft(request_id="b1", channel=Channel.SMS, text="Good morning.", seen="", recipient="(415) 555-0123")
    return office.begin(
        replace(plain, **asked),  # type: ignore[arg-type]
        agent=office.agent("ana"),
        inbox=office.inbox("support"),
        inboxes=office.company.inboxes,
    )


def test_the_conversation_is_its_authors_and_the_number_is_in_its_one_form(
    office: Office, memory_table: MemoryTable
) -> None:
    head, message = begin(office)
    assert (head.state, head.agent, head.contact_address, head.contact_name) == (State.ASSIGNED, "ana", EVA, EVA)
    assert (message.recipients, message.channel) == ((EVA,), Channel.SMS)
    office.send(message.id)
    assert [intent.recipient for intent in office.sms.sent] == [EVA]
    assert violations(memory_table.everything()) == []


def test_the_answer_comes_back_into_it(office: Office) -> None:
    head, _ = begin(office)
    assert office.ingest(office.text("SM1", at=60)) == head.id


def test_the_same_request_is_one_conversation(office: Office) -> None:
    assert begin(office) == begin(office)


def test_a_repetition_finds_the_first_whatever_has_been_opened_since(office: Office) -> None:
    first = begin(office)[1]
    begin(office, request_id="b2", force=True)
    assert begin(office)[1] == first


def test_who_is_in_the_middle_of_a_conversation_is_not_written_to_beside_it(office: Office) -> None:
    open_already = office.ingest(office.text("SM1"))
    with pytest.raises(AlreadyOpen) as refused:
        begin(office)
    assert refused.value.conversation == open_already


def test_unless_that_is_meant(office: Office, memory_table: MemoryTable) -> None:
    open_already = office.ingest(office.text("SM1"))
    office.clock.advance(minutes=1)
    head, _ = begin(office, force=True)
    assert head.id != open_already
    assert head.contact == office.head(open_already).contact
    assert office.ingest(office.text("SM2", at=120)) == head.id
    assert violations(memory_table.everything()) == []


def test_a_closed_conversation_stands_in_nobodys_way(office: Office) -> None:
    office.close(office.ingest(office.text("SM1")))
    assert begin(office)[0].state is State.ASSIGNED


@pytest.mark.parametrize("number", ["24273", "BANK", "", "+1 000 000 0000", "</Say>"])
def test_a_number_that_nobody_has_is_refused(office: Office, memory_table: MemoryTable, number: str) -> None:
    with pytest.raises(Invalid, match="such as"):
        begin(office, recipient=number)
    assert not any(item["SK"] == "HEAD" for item in memory_table.everything())


def test_it_may_carry_files(office: Office) -> None:
    office.uploaded.put(Upload(id="u1", agent="ana", filename="a.png", content_type="image/png", size=1), b"x")
    _, message = begin(office, text="", uploads=("u1",))
    assert [file.filename for file in message.attachments] == ["a.png"]


def test_a_first_whatsapp_message_is_a_template(office: Office) -> None:
    with pytest.raises(Refused, match="only a template"):
        begin(office, channel=Channel.WHATSAPP)
    head, message = begin(office, channel=Channel.WHATSAPP, text="", template=PARCEL, variables=(("1", "Eva"),))
    assert (head.channels, message.text) == ((Channel.WHATSAPP,), "Hello Eva, your parcel is here.")
    assert office.ingest(office.message("SM1", at=60)) == head.id


def test_the_api_begins_and_says_what_stands_in_the_way(office: Office) -> None:
    api = api_of(office)
    begun = api("POST", "/api/conversations", TEXT)
    assert (begun.status, begun.body["conversation"]["contact"]["address"]) == (202, EVA)
    again = api("POST", "/api/conversations", {**TEXT, "request_id": "b2"})
    assert (again.status, again.body["error"]["code"]) == (409, "conflict")
    assert again.body["conversation"] == begun.body["conversation"]["id"]
    anyway = api("POST", "/api/conversations", {**TEXT, "request_id": "b3", "anyway": True})
    assert anyway.status == 202
    assert anyway.body["conversation"]["id"] != again.body["conversation"]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"number": ""}, "needs a `number`"),
        ({"subject": "Hello"}, "are for mail"),
        ({"channel": "email"}, "needs `to` and `subject`"),
        ({"channel": "email", "to": [{"address": "eva@example.org"}]}, "needs `to` and `subject`"),
        ({"channel": "fax"}, "body.channel"),
        ({"number": "x" * 65}, "body.number"),
        ({"inbox": "legal"}, "no inbox"),
    ],
)
def test_the_api_says_what_is_missing(office: Office, changes: dict[str, object], complaint: str) -> None:
    refused = api_of(office)("POST", "/api/conversations", {**TEXT, **changes})
    assert refused.status in {400, 404}
    assert complaint in refused.body["error"]["message"]


def test_a_short_code_is_shown_as_one_that_cannot_be_answered(office: Office) -> None:
    name = "+14155550100/24273"
    arrival = office.text("SM1")
    sender = replace(arrival.sender, kind=IdentityKind.SENDER, address=name)
    conversation = office.ingest(replace(arrival, sender=sender, sender_name="24273"))
    shown = api_of(office)("GET", f"/api/conversations/{conversation}").body
    assert shown["contact"]["name"] == "24273"
    assert shown["unanswerable"].startswith("“24273” is a short code")
    with pytest.raises(Invalid, match="“24273” is a short code"):
        office.reply(conversation)


def test_a_name_that_looks_like_a_mail_address_is_none(office: Office) -> None:
    arrival = office.text("SM1")
    sender = replace(arrival.sender, kind=IdentityKind.SENDER, address="+14155550100/eva@example.org")
    conversation = office.ingest(replace(arrival, sender=sender, sender_name="eva@example.org"))
    with pytest.raises(Invalid, match="No email address"):
        office.reply(conversation, channel=Channel.EMAIL)
