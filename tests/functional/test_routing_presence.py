"""Presence, leases, configuration and the sweep, over a table."""

from dataclasses import replace

import pytest

from heartline.domain.messages import Channel
from heartline.storage import keys
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Delete, Update
from heartline.storage.routing_items import agent_key, wait_entry_to_item
from tests.functional.routed import Routed, books_balance


@pytest.fixture(params=["memory_table", "moto_table"])
def routed(request: pytest.FixtureRequest) -> Routed:
    table: Table = request.getfixturevalue(request.param)
    return Routed(table)


def test_an_agent_is_offline_until_they_say_otherwise(routed: Routed) -> None:
    status = routed.desk.status(routed.profile("ana"))

    assert (status.presence, status.load, status.conversations) == ("OFFLINE", {}, ())
    assert status.capacity == {"email": 2, "sms": 2, "voice": 1}


def test_another_presence_is_another_epoch_and_the_same_one_is_not(routed: Routed) -> None:
    routed.online("ana")
    routed.online("ana")

    assert routed.state("ana").agent.epoch == 1


def test_the_desk_shows_the_work_an_agent_has(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana")
    routed.route()

    status = routed.desk.status(routed.profile("ana"))

    assert (status.load, status.conversations) == ({"sms": 1}, (conversation,))


def test_leaving_keeps_what_was_accepted(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana")
    routed.route()

    routed.desk.set_presence(routed.profile("ana"), "AWAY")

    assert routed.head(conversation).assignee == "ana"
    books_balance(routed)


def test_without_a_heartbeat_for_ninety_seconds_an_agent_is_offline(routed: Routed) -> None:
    routed.online("ana", "ben")
    routed.office.clock.advance(seconds=60)
    routed.desk.heartbeat(routed.profile("ben"))
    routed.office.clock.advance(seconds=30)

    swept = routed.sweep()

    assert swept.leases_ended == 1
    assert routed.state("ana").agent.presence == "OFFLINE"
    assert routed.state("ben").agent.presence == "ONLINE"


def test_a_raised_capacity_is_free_and_a_lowered_one_may_be_overdrawn(routed: Routed) -> None:
    routed.handover.assign(routed.text("1"), routed.profile("ben"))

    routed.configured("ben", capacity={Channel.SMS: 3, Channel.EMAIL: 1, Channel.VOICE: 1})
    assert routed.free("ben", "sms") == 2

    routed.configured("ben", capacity={Channel.EMAIL: 1, Channel.VOICE: 1})
    assert routed.free("ben", "sms") == -1
    books_balance(routed)


def test_a_changed_skill_reaches_the_state_and_an_unchanged_configuration_writes_nothing(routed: Routed) -> None:
    routed.configured("ana", skills={"spanish": 2})

    assert routed.state("ana").agent.skills == {"spanish": 2, "inbox:support": 1}
    assert routed.presence.sync(routed.company_read) == 0


def test_a_configuration_that_was_imported_reaches_the_agents_with_the_next_sweep(routed: Routed) -> None:
    routed.online("ana")
    agents = tuple(replace(profile, skills={"spanish": 1}) for profile in routed.company_read.agents)
    routed.company_read = replace(routed.company_read, agents=agents)

    routed.sweep()

    assert routed.state("ana").agent.skills["spanish"] == 1
    assert routed.state("ana").agent.presence == "ONLINE"


def test_a_healthy_table_needs_no_repair(routed: Routed) -> None:
    routed.text("1")
    routed.handover.assign(routed.text("2"), routed.profile("ana"))

    assert routed.sweep().repaired == 0


def test_the_sweep_deletes_an_entry_whose_conversation_does_not_wait(routed: Routed) -> None:
    conversation = routed.text("1")
    entry = wait_entry_to_item(routed.head(conversation))
    routed.handover.close(conversation)
    routed.table.transact([Update(key={"PK": entry["PK"], "SK": entry["SK"]}, assign=_attributes(entry))])

    assert routed.sweep().repaired == 1
    assert routed.table.get({"PK": entry["PK"], "SK": entry["SK"]}) is None


def test_the_sweep_writes_the_missing_entry_of_a_conversation_that_waits(routed: Routed) -> None:
    conversation = routed.text("1")
    entry = wait_entry_to_item(routed.head(conversation))
    routed.table.write(Delete(key={"PK": entry["PK"], "SK": entry["SK"]}))

    assert routed.sweep().repaired == 1
    routed.online("ana")
    routed.route()
    assert routed.head(conversation).assignee == "ana"


def test_the_sweep_frees_a_slot_that_its_conversation_knows_nothing_of(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.handover.assign(conversation, routed.profile("ana"))
    routed.table.write(Update(key=keys.conversation(conversation), assign={"state": "CLOSED"}, remove=("agent", "rsv")))

    assert routed.sweep().repaired == 1
    assert routed.free("ana", "sms") == 2


def test_a_hold_on_a_conversation_that_is_not_there_stops_no_tick(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana")
    ghost = {"rsv": "r9", "ch": "voice", "exp": 0}
    routed.table.write(Update(key=agent_key("main", "ana"), assign={"open.ghost": ghost}, add={"free_voice": -1}))

    assert routed.route() == 0, "as far as anybody can tell, a call is open"
    assert routed.sweep().repaired == 1
    routed.route()
    assert routed.head(conversation).assignee == "ana"


def test_an_agent_who_is_not_configured_any_more_does_not_keep_work_from_ending(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.handover.assign(conversation, routed.profile("ana"))
    routed.company_read = type(routed.company_read)(
        inboxes=routed.company_read.inboxes, agents=(routed.profile("ben"),)
    )

    routed.handover.close(conversation)

    assert routed.head(conversation).state == "CLOSED"


def test_a_change_of_an_agent_says_why_so_that_the_stream_can_be_filtered(routed: Routed) -> None:
    key = agent_key("main", "ana")

    def cause() -> str:
        item = routed.table.get(key)
        assert item is not None
        return str(item["cause"])

    routed.online("ana")
    assert cause() == "presence"
    conversation = routed.text("1")
    routed.route()
    assert cause() == "claimed"
    routed.handover.close(conversation)
    assert cause() == "freed"
    routed.configured("ana", skills={"spanish": 1})
    assert cause() == "capacity"


def _attributes(item: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in item.items() if name not in {"PK", "SK"}}
