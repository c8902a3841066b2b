"""A sweep has a minute: it looks at a part of everything, and at all of it in turn."""

from dataclasses import replace

import pytest

from heartline.domain.routing.model import Policy
from heartline.services import presence, sweep
from heartline.services.sweep import turn
from heartline.storage import keys, repairs
from heartline.storage.expressions import Delete, Put, Update
from heartline.storage.repairs import DynamoRepairs
from heartline.storage.routing_items import agent_key, wait_entry_to_item
from tests.fakes import MemoryTable
from tests.functional.routed import Routed, books_balance
from tests.functional.ticking import texts


@pytest.mark.parametrize("number", [0, 1, 7, 300, 301, 5_000])
def test_everything_has_its_turn_and_no_turn_is_too_long(number: int) -> None:
    items = [str(each) for each in range(number)]
    turns = [turn(items, minute, 300, key=str) for minute in range(max(-(-number // 300), 1))]

    assert sorted(each for part in turns for each in part) == sorted(items)
    assert max(len(part) for part in turns) <= 300


def test_a_sweep_looks_at_a_part_of_the_agents_each_minute_and_at_all_in_turn(
    memory_table: MemoryTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ghosts of both agents: each minute one is found."""
    monkeypatch.setattr(sweep, "MOST_AGENTS", 1)
    routed = Routed(memory_table)
    routed.online("ana", "ben")
    ghost = {"rsv": "r9", "ch": "sms"}
    for agent in ("ana", "ben"):
        memory_table.write(Update(key=agent_key("main", agent), assign={"open.ghost": ghost}, add={"free_sms": -1}))

    repaired = []
    for _ in range(2):
        repaired.append(routed.sweep().repaired)
        routed.office.clock.advance(minutes=1)

    assert repaired == [1, 1]


def test_a_sweep_sets_so_many_offline_and_the_others_a_minute_later(
    memory_table: MemoryTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "MOST_AT_ONCE", 1)
    routed = Routed(memory_table)
    routed.online("ana", "ben")
    routed.office.clock.advance(minutes=2)

    assert [routed.sweep().leases_ended for _ in range(3)] == [1, 1, 0]


def test_a_sweep_lets_so_many_follow_the_configuration_and_the_others_a_minute_later(
    memory_table: MemoryTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "MOST_AT_ONCE", 1)
    routed = Routed(memory_table)

    assert [routed.presence.sync(routed.company_read) for _ in range(3)] == [1, 1, 0]


def test_the_work_of_the_last_agent_of_a_pool_is_not_forgotten_with_the_pool(memory_table: MemoryTable) -> None:
    """Who is not configured any more is in a pool that nobody names, and may have an offer or a wrap-up even so."""
    routed = Routed(memory_table, policy=Policy(offers={"voice": 20, "sms": 20}, wrap={"email": 60}))
    routed.configured("ben", pool="over")
    mail, text = routed.letter("eva"), routed.text("1")
    routed.online("ben")
    assert routed.route() == 2
    routed.handover.close(mail)
    assert {routed.head(each).state for each in (mail, text)} == {"WRAP", "OFFERED"}
    others = tuple(agent for agent in routed.company_read.agents if agent.id != "ben")
    routed.company_read = replace(routed.company_read, agents=others)
    routed.office.clock.advance(minutes=2)

    assert routed.sweep().leases_ended == 1

    assert [routed.head(each).state for each in (mail, text)] == ["CLOSED", "WAITING"]
    (state,) = routed.store.agents(["over"])
    assert (state.open, state.agent.presence) == ({}, "OFFLINE")


@pytest.mark.parametrize("elsewhere", [{"SK": "01#0000000000000#x"}, {"PK": "WQ#sms|inbox:sales:1#0"}])
def test_an_entry_at_a_place_that_is_not_its_conversations_is_dropped_whatever_it_says(
    memory_table: MemoryTable, elsewhere: dict[str, str]
) -> None:
    routed = Routed(memory_table)
    routed.text("2", inbox="sales")
    head = routed.head(routed.text("1"))
    memory_table.write(Put(item=wait_entry_to_item(head) | elsewhere))

    assert [routed.sweep().repaired for _ in range(2)] == [1, 0]

    (entry,) = routed.store.waiters(head.routing_class, limit=9)
    assert (entry.conversation, entry.place) == (head.id, wait_entry_to_item(head)["SK"])
    assert len(routed.store.waiters("sms|inbox:sales:1", limit=9)) == 1


def test_a_class_that_the_directory_does_not_know_is_found_by_those_who_wait_in_it(memory_table: MemoryTable) -> None:
    routed = Routed(memory_table)
    head = routed.head(routed.text("1"))
    memory_table.write(Delete(key=keys.routing_class(head.routing_class)))
    routed.online("ana")
    assert routed.route() == 0

    assert [routed.sweep().repaired for _ in range(2)] == [1, 0]

    assert routed.route() == 1


def test_repairs_look_at_one_page_after_the_other(memory_table: MemoryTable, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry that is missing, and the one that is too much, stand behind a page of others."""
    monkeypatch.setattr(repairs, "PAGE", 2)
    routed = Routed(memory_table)
    *_, last = texts(routed, 5)
    head = routed.head(last)
    entry = wait_entry_to_item(head)
    memory_table.write(Delete(key={"PK": entry["PK"], "SK": entry["SK"]}))
    memory_table.write(Put(item=entry | {"SK": entry["SK"] + "-", "ver": 9}))
    mended = DynamoRepairs(memory_table)

    assert [mended.restore_entries("support") for _ in range(3)] == [0, 0, 1]
    assert [mended.drop_orphans(head.routing_class) for _ in range(3)] == [0, 0, 1]
    assert [mended.drop_orphans(head.routing_class) for _ in range(3)] == [0, 0, 0]
    books_balance(routed)
