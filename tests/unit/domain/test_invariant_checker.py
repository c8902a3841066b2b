"""The checker sees what is wrong: each kind of damage to a sound table is named."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from heartline.storage.expressions import Item
from tests.fakes import MemoryTable
from tests.functional.routed import Routed
from tests.functional.test_outbox import SID
from tests.invariants import regressions, violations


@pytest.fixture
def sound() -> list[Item]:
    """A text that waits, one that an agent has and has answered, one that is snoozed, and a mail."""
    routed = Routed(table := MemoryTable())
    routed.online("ana")
    held = routed.text("1")
    routed.route()
    office = routed.office
    office.clock.advance(minutes=1)
    office.reply(held)
    office.send(office.sends(held))
    ana, aside = routed.profile("ana"), routed.text("3")
    routed.by_hand.assign(aside, to=ana, by=ana)
    routed.by_hand.snooze(aside, until=office.clock() + timedelta(hours=1), by=ana)
    routed.text("2")
    routed.letter("m1")
    return list(table.everything())


def test_a_sound_table_breaks_no_rule(sound: list[Item]) -> None:
    assert violations(sound) == []


def of(kind: str, sort: str = "") -> Callable[[Item], bool]:
    return lambda item: item["PK"].startswith(kind) and item["SK"].startswith(sort)


LOST = {
    "message": of("C#", "M#"),
    "guard": of("IN#sms"),
    "head": of("C#", "HEAD"),
    "pointer": of("CT#", "OPEN#"),
    "contact": of("CT#", "CONTACT"),
    "identity": of("ID#"),
    "wait entry": of("WQ#"),
    "snooze": of("SNOOZED#"),
    "alias": of("PID#twilio"),
    "agent": of("AG#"),
}

CHANGED: dict[str, tuple[Callable[[Item], bool], Item]] = {
    "a snooze that the clock does not see": (of("SNOOZED#"), {"view_at": "2020"}),
    "a head in the wrong list": (of("C#", "HEAD"), {"view": "support#closed"}),
    "a head without its last message": (of("C#", "HEAD"), {"view_at": "2020"}),
    "a head that forgot a channel": (of("C#", "HEAD"), {"channels": {"voice"}}),
    "a head that saw another message": (of("C#", "HEAD"), {"last_visible": "other"}),
    "a head that shows other words": (of("C#", "HEAD"), {"preview": "other"}),
    "a problem that nothing caused": (of("C#", "HEAD"), {"problem": "bounce"}),
    "a filtered head among the closed": (
        of("C#", "HEAD"),
        {"state": "CLOSED", "kind": "spam", "view": "support#closed"},
    ),
    "a wish that nobody expressed": (of("CN#", "CONSENT"), {"choice": "out", "at": "2020-01-01T00:00:00.000Z"}),
    "a text that was counted twice": (of("CAP#texts"), {"count": 2}),
    "a second try that nothing asks for": (lambda item: item.get("status") == "sent", {"again": f"twilio:{SID}"}),
    "a pointer to nothing": (of("CT#", "OPEN#"), {"convs": ["c404"]}),
    "an intent that was sent again": (of("OUT#"), {"state": "queued"}),
    "a place too many": (of("AG#"), {"free_sms": 9}),
    "open work that nobody knows of": (of("AG#"), {"open": {}}),
    "a wait entry of another version": (of("WQ#"), {"ver": 7}),
    "an event held without its form": (of("IN#sms"), {"state": "held", "raw": b""}),
}


@pytest.mark.parametrize("chosen", LOST.values(), ids=LOST.keys())
def test_a_lost_item_is_noticed(sound: list[Item], chosen: Callable[[Item], bool]) -> None:
    victim = next(item for item in sound if chosen(item))
    assert violations([item for item in sound if item is not victim]) != []


@pytest.mark.parametrize(("chosen", "change"), CHANGED.values(), ids=CHANGED.keys())
def test_a_changed_item_is_noticed(sound: list[Item], chosen: Callable[[Item], bool], change: Item) -> None:
    victim = next(item for item in sound if chosen(item))
    assert violations([item | change if item is victim else item for item in sound]) != []


def test_a_message_that_is_there_twice_is_noticed(sound: list[Item]) -> None:
    message = next(item for item in sound if of("C#", "M#")(item) and item["ch"] == "sms")
    assert violations([*sound, message | {"SK": f"{message['SK']}-again"}]) != []


def test_a_state_that_falls_is_noticed(sound: list[Item]) -> None:
    sent = next(item for item in sound if item.get("status") == "sent")
    fallen = [item | {"status": "queued", "rank": 0} if item is sent else item for item in sound]
    assert regressions(sound, sound) == []
    assert len(regressions(sound, fallen)) == 1
