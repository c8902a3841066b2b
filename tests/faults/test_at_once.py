"""Two at once: whoever comes second finds the work done, or under way."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count

import pytest

from heartline.domain.consent import OptedOut
from heartline.domain.errors import OurFault, Unavailable
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Put
from tests.fakes import MemoryTable
from tests.faults.breaking import BrokenCalls, Fault
from tests.functional.routed import Routed
from tests.invariants import repeated_sends, violations
from tests.office import Office
from tests.tables import dynamodb_client, new_table
from tests.world import stored


def answered(office: Office) -> str:
    """A conversation with a reply that waits to be sent; answers its intent."""
    conversation = office.ingest(office.text("SM1"))
    office.clock.advance(minutes=1)
    office.reply(conversation)
    return office.sends(conversation)


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_two_senders_of_one_intent_send_once_wherever_they_meet(memory_table: MemoryTable, at: int) -> None:
    office = Office(memory_table)
    intent = answered(office)
    calls = count(1)
    others: list[object] = []

    def meanwhile(moment: str, _operation: str) -> None:
        if moment == "before" and next(calls) == at:
            memory_table.hook = lambda _moment, _operation: None
            try:
                others.append(office.send(intent))
            except Unavailable:
                others.append("held by the first")

    memory_table.hook = meanwhile
    office.send(intent)
    assert len(others) == 1
    assert repeated_sends(office.sms.sent) == []
    assert len(office.sms.sent) == 1
    assert violations(memory_table.everything()) == []


@pytest.mark.parametrize("at", range(1, 9))
def test_a_stop_that_meets_a_reply_anywhere_leaves_nothing_sent(memory_table: MemoryTable, at: int) -> None:
    office = Office(memory_table)
    conversation = office.ingest(office.text("SM1"))
    office.clock.advance(minutes=1)
    calls = count(1)

    def meanwhile(moment: str, _operation: str) -> None:
        if moment == "before" and next(calls) == at:
            memory_table.hook = lambda _moment, _operation: None
            office.ingest(office.text("SM2", "STOP", at=90))

    memory_table.hook = meanwhile
    with suppress(OptedOut):
        office.reply(conversation)
        office.send(office.sends(conversation))
    assert (office.sms.sent, office.words(conversation)[-1]) == ([], "STOP")
    assert violations(memory_table.everything()) == []


@pytest.mark.parametrize("at", range(1, 9))
def test_two_matchers_meet_anywhere_and_give_each_conversation_once(memory_table: MemoryTable, at: int) -> None:
    routed = Routed(memory_table)
    routed.online("ana", "ben")
    for number in range(1, 5):
        routed.text(str(number))
    calls = count(1)

    def meanwhile(moment: str, _operation: str) -> None:
        if moment == "before" and next(calls) == at:
            memory_table.hook = lambda _moment, _operation: None
            routed.route()

    memory_table.hook = meanwhile
    routed.route()
    assert violations(memory_table.everything()) == []
    assert sum(len(routed.state(name).open) for name in ("ana", "ben")) == 3, "two places of Ana's, one of Ben's"


@pytest.mark.slow
def test_threads_that_take_in_the_same_events_leave_one_story(ministack_endpoint: str) -> None:
    client = dynamodb_client(ministack_endpoint)
    name = new_table(client)
    offices = [Office(Table(dynamodb_client(ministack_endpoint), name)) for _ in range(4)]
    for number, office in enumerate(offices):
        office.conversation_ids.prefix = f"c{number}"

    def take_in(number: int, office: Office) -> None:
        for event in range(12):
            arrival = office.text(f"SM{(event + number * 5) % 12}", at=event, sender=f"+1415555010{event % 2}")
            with suppress(OurFault):
                office.ingest(arrival)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take_in, range(4), offices))
    for event in range(12):  # the queue delivers again whatever gave up
        offices[0].ingest(offices[0].text(f"SM{event}", at=event, sender=f"+1415555010{event % 2}"))
    items = stored(client, name)
    assert violations(items) == []
    assert len([item for item in items if item["SK"].startswith("M#")]) == 12


@pytest.mark.slow
def test_a_transaction_that_the_sdk_repeats_is_done_once_and_not_refused(ministack_endpoint: str) -> None:
    """The SDK gives every transaction a token, which DynamoDB and MiniStack honour and moto does not."""
    client = dynamodb_client(ministack_endpoint)
    broken = BrokenCalls(Fault.SENT_TWICE)
    broken.watch(client)
    table = Table(client, new_table(client))
    broken.arm(1)
    table.transact([Put(item={"PK": "a", "SK": "1"}, condition=MISSING)])
    assert broken.struck


@pytest.mark.slow
def test_a_single_write_that_the_sdk_repeats_meets_itself(ministack_endpoint: str) -> None:
    """Only transactions have a token: this is why a claim is stamped with its attempt."""
    client = dynamodb_client(ministack_endpoint)
    broken = BrokenCalls(Fault.SENT_TWICE)
    broken.watch(client)
    table = Table(client, new_table(client))
    broken.arm(1)
    with pytest.raises(ConditionFailed) as refused:
        table.write(Put(item={"PK": "a", "SK": "1", "attempt": "mine"}, condition=MISSING))
    assert refused.value.failed[0]["attempt"] == "mine"
