"""WhatsApp: one story with texts and calls, free words for a day, templates at any time."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from urllib.parse import urlencode

import pytest

from heartline import bootstrap
from heartline.channels.twilio.texts import parse_status
from heartline.channels.whatsapp.receive import ReceiveWhatsApp
from heartline.domain.errors import Invalid, Refused
from heartline.domain.intake import Pointer
from heartline.domain.merging import merge, split
from heartline.domain.messages import Channel, DeliveryStatus, Message
from heartline.domain.outbound import Draft
from heartline.domain.routing.heads import POLICY
from heartline.storage.configuration import StoredConfiguration
from heartline.storage.expressions import Update
from heartline.storage.keys import conversation as head_key
from heartline.storage.keys import guard
from tests import handlers
from tests.fakes import MemoryTable
from tests.functional.calling import api_of
from tests.office import DOCUMENT, EVA, NOON, PARCEL, Office
from tests.twilio_requests import form


def answer(office: Office, conversation: str, words: str = "On its way.", **asked: object) -> Message:
    seen = office.head(conversation).last_visible
    draft = Draft(request_id="w1", channel=Channel.WHATSAPP, text=words, seen=seen)
    return office.answer.reply(
        conversation,
        replace(draft, **asked),  # type: ignore[arg-type]
        agent=office.agent("ana"),
        inboxes=office.company.inboxes,
    )


def test_a_message_joins_the_story_of_the_same_number(office: Office) -> None:
    by_text = office.ingest(office.text("SM1"))
    by_whatsapp = office.ingest(office.message("SM2", at=60))
    assert by_whatsapp == by_text
    head = office.head(by_text)
    assert head.channels == (Channel.SMS, Channel.WHATSAPP)
    assert head.whatsapp_until == NOON + timedelta(seconds=60, hours=24)
    assert [message.author.address for message in office.timeline(by_text)] == [EVA, EVA]


def test_a_first_message_opens_a_conversation_under_the_name_of_the_profile(office: Office) -> None:
    head = office.head(office.ingest(office.message("SM1")))
    assert (head.contact_name, head.routing_channel, head.channels) == ("Eva L.", "whatsapp", (Channel.WHATSAPP,))


def test_for_a_day_the_customer_is_answered_freely(office: Office) -> None:
    conversation = office.ingest(office.message("SM1"))
    office.clock.at = NOON + timedelta(hours=23, minutes=59)
    message = answer(office, conversation)
    assert office.send(message.id) is DeliveryStatus.SENT
    (intent,) = office.whatsapp.sent
    assert (intent.recipient, intent.sender, intent.text) == (EVA, "+14155550100", "On its way.")
    assert office.sms.sent == []


def test_after_a_day_only_a_template_goes(office: Office) -> None:
    conversation = office.ingest(office.message("SM1"))
    office.clock.at = NOON + timedelta(hours=24)
    with pytest.raises(Refused, match="only a template"):
        answer(office, conversation)
    message = answer(office, conversation, "", template=PARCEL, variables=(("1", "Eva"),))
    assert message.text == office.head(conversation).preview == "Hello Eva, your parcel is here."
    office.send(message.id)
    assert (office.whatsapp.sent[0].template, office.whatsapp.sent[0].variables) == (PARCEL, {"1": "Eva"})


def test_a_session_that_ends_while_an_answer_is_written_refuses_it(office: Office, memory_table: MemoryTable) -> None:
    """The head that was read is older than the one that the transaction meets."""
    conversation = office.ingest(office.message("SM1"))
    memory_table.write(Update(key=head_key(conversation), assign={"wa": "2026-03-01T00:00:00.000Z"}))
    store = office.answer.store
    fresh = replace(office.head(conversation), whatsapp_until=NOON + timedelta(hours=24))

    class Earlier:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def conversation(self, _name: str) -> object:
            return fresh

    draft = Draft(request_id="w1", channel=Channel.WHATSAPP, text="Hi", seen=fresh.last_visible)
    with pytest.raises(Refused, match="only a template"):
        replace(office.answer, store=Earlier()).reply(  # type: ignore[arg-type]
            conversation, draft, agent=office.agent("ana"), inboxes=office.company.inboxes
        )
    memory_table.write(Update(key=head_key(conversation), assign={"wa": "2026-03-03T12:00:00.000Z"}))


def test_a_text_of_the_customer_opens_no_session(office: Office) -> None:
    conversation = office.ingest(office.text("SM1"))
    assert office.head(conversation).whatsapp_until is None
    with pytest.raises(Refused, match="only a template"):
        answer(office, conversation)


def test_a_message_that_comes_late_opens_the_session_that_it_would_have_opened(office: Office) -> None:
    conversation = office.ingest(office.text("SM1"))
    office.ingest(office.text("SM3", at=120))
    office.ingest(office.message("SM2", at=60))
    office.ingest(office.message("SM0", at=30))
    assert office.head(conversation).whatsapp_until == NOON + timedelta(seconds=60, hours=24)


def test_in_whatever_order_messages_come_the_session_ends_a_day_after_the_latest() -> None:
    for order in permutations(("SM0", "WA1", "SM2", "WA3", "SM4")):
        office = Office(table=MemoryTable())
        for name in order:
            arrival = office.message if name.startswith("WA") else office.text
            conversation = office.ingest(arrival(name, at=10 * int(name[2:])))
        assert office.head(conversation).whatsapp_until == NOON + timedelta(seconds=30, hours=24), order


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"template": PARCEL}, "goes alone"),
        ({"text": "", "template": "HX" + "9" * 32}, "no template"),
        ({"text": "", "template": PARCEL}, "needs a value for"),
        ({"text": "", "template": PARCEL, "channel": Channel.SMS}, "for WhatsApp"),
        ({"text": "x" * 1601}, "1600 at most"),
        ({"text": "\u0007"}, "control character"),
    ],
)
def test_what_cannot_go_is_refused_before_anything_is_written(
    office: Office, memory_table: MemoryTable, asked: dict[str, object], complaint: str
) -> None:
    conversation = office.ingest(office.message("SM1"))
    before = memory_table.everything()
    with pytest.raises(Invalid, match=complaint):
        answer(office, conversation, **asked)  # type: ignore[arg-type]
    assert memory_table.everything() == before


def test_an_old_spelling_is_answered_as_it_was_spelled_and_texted_as_it_is(office: Office) -> None:
    old = replace(office.message("SM1", sender="+5592981723241"), answer_to="+559281723241")
    conversation = office.ingest(old)
    office.send(answer(office, conversation).id)
    assert office.whatsapp.sent[0].recipient == "+559281723241"
    assert office.timeline(conversation)[0].author.address == "+559281723241"
    assert office.ingest(office.text("SM2", sender="+5592981723241", at=60)) == conversation


def test_the_webhooks_form_is_taken_in_once_and_what_nobody_has_is_held(
    office: Office, memory_table: MemoryTable
) -> None:
    configuration = StoredConfiguration(office.table, lambda: 0.0)
    configuration.replace(DOCUMENT, [])
    receive = ReceiveWhatsApp(configuration=configuration, ingest=office.ingest, store=office.intake)
    for _ in range(2):
        receive({"body": urlencode(form("whatsapp")), "received_at": NOON.isoformat()})
    foreign = form("whatsapp", To="whatsapp:+19995550000", MessageSid="SM9")
    receive({"body": urlencode(foreign), "received_at": NOON.isoformat()})
    messages = [item for item in memory_table.everything() if item["SK"].startswith("M#")]
    assert [item["text"] for item in messages] == ["Where is my order?"]
    held = memory_table.get(guard("whatsapp", "SM9"))
    assert held is not None
    assert held["state"] == "held"


def test_a_merged_conversation_keeps_the_later_session_and_a_split_one_has_its_own(office: Office) -> None:
    texts = office.head(office.ingest(office.text("SM1")))
    written = office.head(office.ingest(office.message("SM2", sender="+14155550999", at=60)))
    merged = merge(written, texts, pointer=Pointer(), at=NOON).target.after
    assert merged.whatsapp_until == written.whatsapp_until
    (moved,) = office.timeline(written.id)
    left = office.timeline(texts.id)
    parts = split(texts, [moved], left=left, begun="c9", pointer=Pointer(), at=NOON)
    assert parts.begun.whatsapp_until == NOON + timedelta(seconds=60, hours=24)
    assert split(written, left, left=[moved], begun="c9", pointer=Pointer(), at=NOON).begun.whatsapp_until is None


def test_a_call_keeps_its_agent_from_new_whatsapp_work() -> None:
    assert POLICY.blockers("whatsapp") == ("voice",)


@pytest.mark.parametrize("words", ["\u202egpj.exe", "</script><img onerror=x>", "=cmd|' /C calc'!A0", "x" * 100_000])
def test_whatever_is_said_is_kept_to_the_letter(office: Office, words: str) -> None:
    conversation = office.ingest(office.message("SM1", words))
    assert office.words(conversation) == [words]


def test_the_function_tells_by_its_form_whose_an_event_is(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    for name in ("text_intake", "whatsapp_intake"):
        monkeypatch.setattr(bootstrap, name, lambda name=name: lambda _event: taken.append(name))
    take_in = handlers.load("ingest").take_in
    for name in ("whatsapp", "sms", "mms"):
        take_in({"source": "twilio", "received_at": NOON.isoformat(), "body": urlencode(form(name))})
    assert taken == ["whatsapp_intake", "text_intake", "text_intake"]


def test_that_it_was_read_is_known(office: Office) -> None:
    conversation = office.ingest(office.message("SM1"))
    message = answer(office, conversation)
    office.send(message.id)
    sid = "SM" + "1".zfill(32)
    for status in ("read", "delivered"):
        office.track(parse_status(f"MessageSid={sid}&MessageStatus={status}&To=whatsapp%3A%2B14155550123"))
    assert office.timeline(conversation)[-1].status is DeliveryStatus.READ


def test_the_api_shows_the_session_and_the_templates_and_sends_both(office: Office) -> None:
    conversation = office.ingest(office.message("SM1"))
    api = api_of(office)
    shown = api("GET", f"/api/conversations/{conversation}").body
    assert shown["whatsapp_until"] == "2026-03-03T12:00:00.000Z"
    (template,) = api("GET", "/api/inboxes/support/templates").body["items"]
    assert template == {
        "sid": PARCEL,
        "name": "parcel",
        "language": "en",
        "body": "Hello {{1}}, your parcel is here.",
        "variables": ["1"],
    }
    office.clock.at = NOON + timedelta(days=2)
    free = {"request_id": "a1", "channel": "whatsapp", "text": "Hi", "seen": shown["last_visible"]}
    refused = api("POST", f"/api/conversations/{conversation}/replies", free)
    assert (refused.status, refused.body["error"]["code"]) == (422, "refused")
    filled = {"sid": PARCEL, "variables": {"1": "Eva"}}
    sent = api("POST", f"/api/conversations/{conversation}/replies", {**free, "text": "", "template": filled})
    assert (sent.status, sent.body["text"]) == (202, "Hello Eva, your parcel is here.")


def test_what_twilio_refuses_on_whatsapp_says_nothing_about_texts(office: Office, memory_table: MemoryTable) -> None:
    """STOP is a word on WhatsApp; a refusal there, at the sending or reported, leaves the number's texts alone."""
    conversation = office.ingest(office.message("SM1"))
    office.whatsapp.refusal = Refused("The customer has opted out.", reason="21610")
    office.send(answer(office, conversation).id)
    assert office.timeline(conversation)[-1].code == "21610"
    sid = "SM" + "9".zfill(32)
    office.track(
        parse_status(
            urlencode(
                {
                    "MessageSid": sid,
                    "MessageStatus": "failed",
                    "ErrorCode": "21610",
                    "From": "whatsapp:+14155550100",
                    "To": f"whatsapp:{EVA}",
                }
            )
        )
    )
    assert [item["PK"] for item in memory_table.everything() if item["PK"].startswith("CN#")] == []
