"""Blocked addresses: no mail goes there, whoever asks and whenever, until a lead lifts the block."""

from dataclasses import replace

import pytest

from heartline.domain.errors import NotFound
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Channel, DeliveryStatus
from heartline.domain.outbound import Draft
from heartline.domain.suppressions import Blocked, Cause, Suppression
from heartline.services.lift import Lift
from tests.office import NOON, TOM, Office

GONE = Suppression(address=TOM, cause=Cause.BOUNCE, at=NOON, diagnostic="550 5.1.1 user unknown")


@pytest.fixture
def conversation(office: Office) -> str:
    conversation = office.ingest(office.letter("m1"))
    office.clock.advance(minutes=1)
    return conversation


def reply(office: Office, conversation: str, **asked: object) -> None:
    plain = Draft(request_id="r1", channel=Channel.EMAIL, text="Hello", seen=office.head(conversation).last_visible)
    draft = replace(plain, **asked)  # type: ignore[arg-type]
    office.answer.reply(conversation, draft, agent=office.agent("ana"), inboxes=office.company.inboxes)


def test_an_answer_to_a_blocked_address_is_refused_with_the_reason_and_what_to_do(
    office: Office, conversation: str
) -> None:
    office.suppressions.block(GONE)
    with pytest.raises(Blocked) as refused:
        reply(office, conversation)
    assert str(refused.value) == (
        "Blocked: tom@example.org (a mail to it came back for good on 2026-03-02: 550 5.1.1 user "
        "unknown). Leave the address out, or ask a lead to lift the block."
    )
    assert refused.value.blocked == (GONE,)
    assert len(office.timeline(conversation)) == 1


@pytest.mark.parametrize("field", ["cc", "bcc"])
def test_copies_are_refused_too_however_they_are_written(office: Office, conversation: str, field: str) -> None:
    office.suppressions.block(replace(GONE, address="ann@example.net"))
    with pytest.raises(Blocked, match=r"ann@example\.net"):
        reply(office, conversation, **{field: (MailAddress(address="Ann@Example.net"),)})


def test_a_block_that_comes_between_submit_and_send_stops_the_mail(office: Office, conversation: str) -> None:
    reply(office, conversation)
    office.suppressions.block(GONE)
    assert office.send(office.sends(conversation)) is DeliveryStatus.FAILED
    assert office.mail.sent == []
    assert "came back for good" in office.timeline(conversation)[-1].status_reason
    assert office.head(conversation).problem == "bounce"


def test_a_text_asks_nothing_of_blocked_mail_addresses(office: Office) -> None:
    conversation = office.ingest(office.text("SM1"))
    office.clock.advance(minutes=1)
    office.suppressions.block(GONE)
    assert office.reply(conversation).status is DeliveryStatus.QUEUED


def test_the_first_reason_stays(office: Office) -> None:
    office.suppressions.block(GONE)
    office.suppressions.block(replace(GONE, cause=Cause.COMPLAINT, diagnostic=""))
    assert office.suppressions.blocked([TOM]) == (GONE,)


def test_a_lifted_block_lets_mail_go_again_and_is_written_down(office: Office, conversation: str) -> None:
    office.suppressions.block(replace(GONE, conversation=conversation))
    lift = Lift(suppressions=office.suppressions, journal=office.journal, clock=office.clock)
    lift("TOM@example.org", by=office.agent("lea"))
    assert office.words(conversation)[-1].startswith("Lea Vogt lifted the block of tom@example.org: a mail to it")
    reply(office, conversation)
    with pytest.raises(NotFound):
        lift(TOM, by=office.agent("lea"))


def test_they_are_listed_the_latest_first_page_by_page(office: Office) -> None:
    for minute in range(3):
        office.suppressions.block(replace(GONE, address=f"a{minute}@example.org", at=NOON.replace(minute=minute)))
    page = office.suppressions.page(limit=2, cursor=None)
    rest = office.suppressions.page(limit=2, cursor=page.next)
    assert [entry.address for entry in (*page.items, *rest.items)] == [f"a{n}@example.org" for n in (2, 1, 0)]
    assert rest.next is None
