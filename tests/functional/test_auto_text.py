"""A text that no person wrote keeps every rule of texts, and waits where a person might decide otherwise."""

from collections.abc import Callable
from typing import Any

import pytest

from heartline.domain.held import Held
from heartline.services.auto_text import AutoText
from heartline.services.configure import read_company
from heartline.storage.caps import DynamoCaps
from heartline.storage.held import DynamoHeld
from tests.fakes import FixedClock, MemoryTable
from tests.office import DOCUMENT, EVA, NOON, Configured, Office

QUIET = {"quiet_hours": {"US": {"from": "21:00", "to": "08:00", "zones": ["America/New_York"]}}}
DAY, NIGHT = NOON.replace(hour=18), NOON.replace(hour=3)


@pytest.fixture
def opened(memory_table: MemoryTable) -> Callable[..., Office]:
    return lambda **outbound: Office(
        memory_table, company=read_company(DOCUMENT | {"outbound": outbound}), clock=FixedClock(DAY)
    )


def auto_text(office: Office) -> AutoText:
    held = DynamoCaps(office.table)
    return AutoText(answer=office.answer, held=held, configuration=Configured(office.company), clock=office.clock)


def missed(office: Office, conversation: str, *, request: str = "CA1") -> None:
    auto_text(office)(conversation, office.inbox("support"), request=request, text="Sorry we missed you.", number=EVA)


def waiting(office: Office) -> tuple[Held, ...]:
    return DynamoHeld(office.table).page(["support"], limit=10, cursor=None).items


def ours(office: Office, conversation: str) -> list[Any]:
    return [message for message in office.timeline(conversation) if message.author.kind == "system"]


def test_it_is_sent_once_for_each_cause_and_answers_nobody(opened: Callable[..., Office]) -> None:
    office = opened()
    conversation = office.ingest(office.text("SM1"))
    before = office.head(conversation)
    for _ in range(2):
        missed(office, conversation)

    assert [message.text for message in ours(office, conversation)] == ["Sorry we missed you."]
    assert office.head(conversation) == before
    assert not ours(office, conversation)[0].customer_visible


def test_at_night_it_waits_on_the_held_list_and_goes_when_a_person_says_so(opened: Callable[..., Office]) -> None:
    office = opened(**QUIET)
    conversation = office.ingest(office.text("SM1"))
    office.clock.at = NIGHT
    for _ in range(2):
        missed(office, conversation)

    (held,) = waiting(office)
    assert ours(office, conversation) == []
    assert (held.preview, held.recipient) == ("Sorry we missed you.", EVA)
    assert held.reason.startswith("It is 22:00 in America/New_York")
    assert auto_text(office).release(held) is True
    assert [message.text for message in ours(office, conversation)] == ["Sorry we missed you."]


def test_over_a_cap_it_waits_and_a_release_does_not_pass_the_cap(opened: Callable[..., Office]) -> None:
    office = opened(texts_per_contact=1)
    conversation = office.ingest(office.text("SM1"))
    office.reply(conversation)
    missed(office, conversation)

    (held,) = waiting(office)
    assert "has had 1 texts today" in held.reason
    assert auto_text(office).release(held) is False
    assert ours(office, conversation) == []


def test_nobody_who_opted_out_gets_one_and_nothing_waits(opened: Callable[..., Office]) -> None:
    office = opened()
    conversation = office.ingest(office.text("SM1"))
    office.ingest(office.text("SM2", "STOP", at=5))
    missed(office, conversation)

    assert (ours(office, conversation), waiting(office)) == ([], ())


def test_what_is_released_after_its_inbox_was_removed_ends_unsent(opened: Callable[..., Office]) -> None:
    office = opened(**QUIET)
    conversation = office.ingest(office.text("SM1"))
    office.clock.at = NIGHT
    missed(office, conversation)
    (held,) = waiting(office)
    gone = [inbox for inbox in DOCUMENT["inboxes"] if inbox["id"] != "support"]
    agents = [{**agent, "inboxes": ["sales"]} for agent in DOCUMENT["agents"]]
    office.company = read_company(DOCUMENT | {"inboxes": gone, "agents": agents})

    assert auto_text(office).release(held) is True
    assert ours(office, conversation) == []
