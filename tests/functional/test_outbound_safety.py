"""What guards the way out: countries, caps, the first text's introduction, who sends. Each is decided once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from heartline.domain.caps import Capped
from heartline.domain.consent import OptedOut, Pair
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.destinations import NotServed
from heartline.domain.messages import Channel, DeliveryStatus, Message
from heartline.domain.outbound import Draft
from heartline.services.configure import read_company
from tests.fakes import MemoryTable
from tests.functional.test_consent_intake import Meanwhile
from tests.office import DOCUMENT, EVA, PARCEL, Office

SUPPORT, SECOND = "+14155550100", "+14155550109"
TOM = "+14155552671"
SERVICE = "MG" + "1" * 32
NOTICE = "Support. Reply STOP to opt out."


def document(*, support: dict[str, Any] | None = None, **outbound: Any) -> dict[str, Any]:
    first, *others = DOCUMENT["inboxes"]
    return DOCUMENT | {"inboxes": [first | (support or {}), *others], "outbound": outbound}


@pytest.fixture
def opened(memory_table: MemoryTable) -> Callable[..., Office]:
    return lambda **options: Office(memory_table, company=read_company(document(**options)))


def first_text(office: Office, number: str = TOM, *, request: str = "b1", **options: Any) -> Message:
    draft = Draft(
        request_id=request, channel=Channel.SMS, text="Your parcel is here.", seen="", recipient=number, **options
    )
    support, ana = office.inbox("support"), office.agent("ana")
    _, message = office.begin(draft, agent=ana, inbox=support, inboxes=office.company.inboxes)
    return message


def counters(office: Office) -> dict[str, int]:
    assert isinstance(office.table, MemoryTable)
    counted = [item for item in office.table.everything() if item["SK"] == "COUNT"]
    return {item["PK"].removeprefix("CAP#"): item["count"] for item in counted}


def known(office: Office, phone: str = TOM) -> bool:
    (consent,) = office.consents.consents([Pair(sender=SUPPORT, phone=phone)])
    return consent.known is not None


def test_the_first_text_to_somebody_who_never_wrote_says_who_we_are_and_how_to_opt_out_once(
    opened: Callable[..., Office],
) -> None:
    office = opened()
    first = first_text(office)

    again = office.reply(first.conversation, "It waits for you.")

    assert first.text == f"Your parcel is here.\n\n{NOTICE}"
    assert again.text == "It waits for you."
    assert known(office)


def test_who_wrote_to_us_is_not_introduced(opened: Callable[..., Office]) -> None:
    office = opened()
    conversation = office.ingest(office.text("SM1"))

    assert office.reply(conversation).text == "On its way."
    assert known(office, EVA)


def test_a_caller_who_is_texted_for_the_first_time_is_introduced(opened: Callable[..., Office]) -> None:
    office = opened()
    call = replace(office.text("CA1", "Called."), channel=Channel.VOICE, step="call.missed", consent=None)
    conversation = office.ingest(call)

    assert office.reply(conversation).text.endswith(NOTICE)


def test_two_first_texts_at_once_introduce_us_once(opened: Callable[..., Office], memory_table: MemoryTable) -> None:
    office = opened()
    other = replace(office)
    memory_table.hook = Meanwhile(lambda: first_text(other, request="b2", force=True))

    second = first_text(office, force=True)

    texts = [item["text"] for item in memory_table.everything() if item["SK"].startswith("M#")]
    assert sorted(text.endswith(NOTICE) for text in texts) == [False, True]
    assert second.text == "Your parcel is here."


@pytest.mark.parametrize(
    ("rules", "notice"),
    [
        ({"language": "de"}, "\n\nSupport. Mit STOP als Antwort endet das."),
        ({"introduction": "{inbox} here, STOP ends this."}, "\n\nSupport here, STOP ends this."),
        ({"introduce": False}, ""),
    ],
)
def test_an_inbox_says_it_in_its_own_words_or_not_at_all(
    opened: Callable[..., Office], rules: dict[str, Any], notice: str
) -> None:
    assert first_text(opened(support={"sms_rules": rules})).text == f"Your parcel is here.{notice}"


def test_a_number_gets_so_many_texts_a_day_and_no_more(opened: Callable[..., Office]) -> None:
    office = opened(texts_per_contact=2)
    conversation = office.ingest(office.text("SM1"))
    for number in range(2):
        office.reply(conversation, request=f"r{number}")

    with pytest.raises(Capped, match=r"\+14155550123 has had 2 texts today"):
        office.reply(conversation, request="r2")

    office.clock.advance(minutes=24 * 60)
    assert office.reply(conversation, request="r3").status is DeliveryStatus.QUEUED


def test_the_company_sends_so_many_texts_a_day_and_no_more(opened: Callable[..., Office]) -> None:
    office = opened(texts_per_day=1)
    first_text(office)
    conversation = office.ingest(office.text("SM1"))

    with pytest.raises(Capped, match="The company has sent 1 texts today"):
        office.reply(conversation)


def test_a_repeated_request_is_counted_once_and_answered_after_the_cap_is_reached(
    opened: Callable[..., Office],
) -> None:
    office = opened(texts_per_contact=1)
    conversation = office.ingest(office.text("SM1"))
    first = office.reply(conversation)

    assert [office.reply(conversation) for _ in range(3)] == [first] * 3
    assert counters(office) == {f"text:{EVA}:2026-03-02": 1, "texts:2026-03-02": 1}


def test_what_is_refused_is_not_counted(opened: Callable[..., Office]) -> None:
    office = opened()
    conversation = office.ingest(office.text("SM1"))
    office.close(conversation)
    with pytest.raises(Exception, match="closed"):
        office.reply(conversation)

    assert counters(office) == {}


def test_two_texts_at_once_never_pass_a_cap_together(opened: Callable[..., Office], memory_table: MemoryTable) -> None:
    office = opened(texts_per_contact=1)
    conversation = office.ingest(office.text("SM1"))
    seen, other = office.head(conversation).last_visible, replace(office)
    memory_table.hook = Meanwhile(lambda: first_text(other, EVA, force=True))

    with pytest.raises(Capped):
        office.reply(conversation, seen=seen)
    assert counters(office)[f"text:{EVA}:2026-03-02"] == 1


def test_a_cap_of_zero_is_none(opened: Callable[..., Office]) -> None:
    office = opened(texts_per_contact=0, texts_per_day=0)
    office.reply(office.ingest(office.text("SM1")))

    assert counters(office) == {}


@pytest.mark.parametrize("number", ["+18764545678", "+4915112345678", "+19005551234", "+881612345678"])
def test_a_text_abroad_or_to_a_number_that_earns_is_refused_and_leaves_nothing(
    opened: Callable[..., Office], memory_table: MemoryTable, number: str
) -> None:
    office = opened()
    with pytest.raises(Exception, match=r"is in|rate number|satellite|not a number") as refused:
        first_text(office, number)

    assert not [item for item in memory_table.everything() if item["PK"].startswith(("OUT#", "C#", "CN#"))]
    assert isinstance(refused.value, NotServed) or "not a number" in str(refused.value)


def test_a_country_that_is_added_is_served(opened: Callable[..., Office]) -> None:
    assert first_text(opened(countries=["US", "DE"]), "+4915112345678").recipients == ("+4915112345678",)


def test_who_wrote_to_our_second_number_is_answered_from_it(opened: Callable[..., Office]) -> None:
    office = opened(support={"sms": [SUPPORT, SECOND]})
    conversation = office.ingest(replace(office.text("SM1"), recipients=(SECOND,)))
    office.reply(conversation)
    office.send(office.sends(conversation))

    assert [intent.sender for intent in office.sms.sent] == [SECOND]


def test_a_messaging_service_sends_where_one_is_set_and_its_opt_outs_count(opened: Callable[..., Office]) -> None:
    office = opened(support={"sms_rules": {"service": SERVICE, "shorten_links": True}})
    conversation = office.ingest(office.text("SM1"))
    office.reply(conversation)
    office.send(office.sends(conversation))
    office.ingest(office.text("SM2", "STOP", at=5, service=SERVICE))

    assert [(intent.service, intent.shorten) for intent in office.sms.sent] == [(SERVICE, True)]
    with pytest.raises(Exception, match=f"gets no texts from {SERVICE}"):
        office.reply(conversation, request="r2")


def template(office: Office, number: str, *, request: str) -> Message:
    draft = Draft(
        request_id=request,
        channel=Channel.WHATSAPP,
        text="",
        seen="",
        recipient=number,
        template=PARCEL,
        variables=(("1", "Tom"),),
        force=True,
    )
    support, ana = office.inbox("support"), office.agent("ana")
    return office.begin(draft, agent=ana, inbox=support, inboxes=office.company.inboxes)[1]


@pytest.mark.parametrize("number", ["+79123456789", "+19002345678"])
def test_a_template_of_whatsapp_goes_nowhere_that_a_text_may_not_go(opened: Callable[..., Office], number: str) -> None:
    office = opened(countries=["US", "CA"])
    with pytest.raises(NotServed):
        template(office, number, request="t1")


def test_templates_of_whatsapp_count_with_the_texts_of_a_day(opened: Callable[..., Office]) -> None:
    office = opened(texts_per_contact=2)
    first_text(office)
    sent = template(office, TOM, request="t1")
    assert (sent.text, sent.segments) == ("Hello Tom, your parcel is here.", 0)
    with pytest.raises(Capped, match="has had 2 texts today"):
        template(office, TOM, request="t2")
    assert template(office, TOM, request="t1").id == sent.id


def test_who_wrote_on_whatsapp_is_answered_wherever_they_are_and_however_often(opened: Callable[..., Office]) -> None:
    """Free words go to nobody but those who wrote within the day."""
    office = opened(texts_per_contact=1)
    conversation = office.ingest(office.message("SM1", sender="+79123456789"))
    for request in ("w1", "w2"):
        draft = Draft(request_id=request, channel=Channel.WHATSAPP, text="On its way.", seen="", force=True)
        office.answer.reply(conversation, draft, agent=office.agent("ana"), inboxes=office.company.inboxes)
    assert counters(office) == {}


ARGENTINE, WITHOUT_NINE = "+5491123456789", "+541123456789"


def test_a_stop_reaches_its_number_however_that_is_written_later(opened: Callable[..., Office]) -> None:
    """What takes texts is a mobile, with the 9 or without; a call of the same line had no 9."""
    office = opened(countries=["US", "AR"])
    office.ingest(office.text("SM1", "STOP", sender=ARGENTINE))
    for request, written in enumerate((ARGENTINE, WITHOUT_NINE, "+54 11 2345 6789")):
        with pytest.raises(OptedOut):
            first_text(office, written, request=f"a{request}", force=True)

    caller = Identity(kind=IdentityKind.PHONE, address=WITHOUT_NINE)
    call = replace(office.text("CA1", "Called."), channel=Channel.VOICE, step="call.missed", sender=caller)
    conversation = office.ingest(call)
    with pytest.raises(OptedOut):
        office.reply(conversation)
    draft = Draft(request_id="auto", channel=Channel.SMS, text="We missed you.", seen="", recipient=WITHOUT_NINE)
    with pytest.raises(OptedOut):
        office.answer.reply(conversation, draft, agent=None, inboxes=office.company.inboxes)
