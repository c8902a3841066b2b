"""Coming, going and the end of a shift: who is away and why, what draining and the lease do, handing all over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from heartline.domain.errors import NotFound, Refused
from heartline.domain.routing.model import Pool
from heartline.services import desk
from heartline.services.desk_ports import HandedOver, Stance, Target
from tests.fakes import MemoryTable
from tests.functional.routed import Routed, books_balance

NOTE = "My shift is over."


@pytest.fixture
def routed(memory_table: MemoryTable) -> Routed:
    routed = Routed(memory_table)
    routed.configured("ben", pool="second")
    return routed


def chosen(routed: Routed, presence: str, **words: object) -> None:
    routed.desk.set_presence(routed.profile("ana"), presence, **words)  # type: ignore[arg-type]


def ramping(routed: Routed) -> None:
    rules = replace(routed.company_read.routing, ramp_up=300, ramp_after=3600)
    routed.company_read = replace(routed.company_read, routing=rules)


def handed(routed: Routed, to: Target) -> HandedOver:
    return routed.desk.hand_over(routed.profile("ana"), to, NOTE)


def taken(routed: Routed, number: str, *, sid: str = "ana") -> str:
    conversation = routed.text(number)
    agent = routed.profile(sid)
    routed.by_hand.assign(conversation, to=agent, by=agent)
    return conversation


def test_why_somebody_is_away_and_until_when_is_told_to_colleagues(routed: Routed) -> None:
    back = routed.office.clock() + timedelta(minutes=45)
    routed.online("ana")
    chosen(routed, "AWAY", reason="Lunch", returns_at=back)
    status = routed.desk.status(routed.profile("ana"))
    assert (status.presence, status.reason, status.returns_at) == ("AWAY", "Lunch", back)
    assert routed.desk.stances([routed.profile("ana"), routed.profile("ben")]) == {
        "ana": Stance(presence="AWAY", reason="Lunch", returns_at=back),
        "ben": Stance(presence="OFFLINE"),
    }


def test_another_reason_is_no_other_presence(routed: Routed) -> None:
    routed.online("ana")
    chosen(routed, "AWAY", reason="Lunch")
    epoch = routed.state("ana").agent.epoch
    chosen(routed, "AWAY", reason="Dentist")
    assert (routed.state("ana").notes.reason, routed.state("ana").agent.epoch) == ("Dentist", epoch)
    routed.online("ana")
    assert routed.state("ana").notes.reason == ""


def test_a_time_that_is_over_brings_nobody_back(routed: Routed) -> None:
    chosen(routed, "AWAY", reason="Lunch", returns_at=routed.office.clock() + timedelta(minutes=1))
    routed.text("1")
    routed.office.clock.advance(minutes=2)
    routed.sweep()
    assert routed.route() == 0
    assert routed.state("ana").agent.presence == "AWAY"


def test_whoever_finishes_up_gets_nothing_new_and_keeps_what_they_have(routed: Routed) -> None:
    accepted = taken(routed, "1")
    ringing = routed.text("2")
    routed.handover.queue_call(routed.call(ringing))
    routed.online("ana")
    routed.route()
    assert routed.head(ringing).state == "OFFERED"

    chosen(routed, "DRAINING")
    routed.text("3")
    assert routed.route() == 0
    assert (routed.head(ringing).state, routed.head(ringing).exclusions) == ("WAITING", None), "no decline (R13)"
    assert routed.head(accepted).assignee == "ana"
    books_balance(routed)


def test_the_lease_ends_for_whoever_finishes_up_and_not_for_whoever_is_away(routed: Routed) -> None:
    chosen(routed, "DRAINING")
    routed.presence.choose(routed.profile("ben"), "AWAY", reason="Lunch")
    routed.office.clock.advance(seconds=90)
    assert routed.sweep().leases_ended == 1
    assert (routed.state("ana").agent.presence, routed.state("ben").agent.presence) == ("OFFLINE", "AWAY")
    assert routed.state("ben").notes.reason == "Lunch"


def test_who_comes_back_from_leave_gets_new_work_bit_by_bit(routed: Routed) -> None:
    ramping(routed)
    for number in "123":
        routed.text(number)
    routed.online("ana")
    until = routed.desk.status(routed.profile("ana")).ramping_until
    assert until == routed.office.clock() + timedelta(seconds=300)
    claims = []
    for _ in range(11):
        claims.append(routed.route())
        routed.office.clock.advance(seconds=30)
        routed.presence.beat(routed.profile("ana"))
    assert claims == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], "the first place of two after 150 s, the second after 300 s"
    assert routed.desk.status(routed.profile("ana")).ramping_until is None
    books_balance(routed)


def test_the_timers_ask_for_a_tick_when_the_next_place_opens(routed: Routed) -> None:
    ramping(routed)
    routed.text("1")
    routed.online("ana")
    routed.route()
    assert routed.timers.messages == [{"due": "routing", "delay": 150}]


def test_a_ramp_asks_nothing_of_work_by_hand(routed: Routed) -> None:
    ramping(routed)
    routed.online("ana")
    conversation = taken(routed, "1")
    assert routed.head(conversation).assignee == "ana"
    assert routed.free("ana", "sms") == 1, "the stored counters know no ramp"


def test_an_offer_that_nobody_answered_is_no_absence_that_begins_a_ramp(routed: Routed) -> None:
    ramping(routed)
    routed.online("ana")
    routed.office.clock.advance(seconds=301)
    routed.presence.beat(routed.profile("ana"))
    ringing = routed.text("2")
    routed.handover.queue_call(routed.call(ringing))
    routed.route()
    routed.office.clock.advance(seconds=21)
    routed.route()
    assert routed.state("ana").agent.presence == "AWAY"
    routed.online("ana")
    assert routed.desk.status(routed.profile("ana")).ramping_until is None


def test_at_the_end_of_a_shift_everything_goes_to_a_colleague_with_the_note(routed: Routed) -> None:
    names = [taken(routed, number) for number in "12"]
    later = taken(routed, "3")
    until = routed.office.clock() + timedelta(hours=2)
    routed.by_hand.snooze(later, until=until, by=routed.profile("ana"))
    routed.office.clock.advance(seconds=1)

    done = handed(routed, Target(agent=routed.profile("ben")))

    assert done == HandedOver(moved=(*names, later), kept=())
    assert [routed.head(name).assignee for name in (*names, later)] == ["ben"] * 3
    assert (routed.head(later).state, routed.head(later).snoozed_until) == ("SNOOZED", until)
    assert routed.office.words(names[0])[-2:] == [NOTE, "Ana gave this to Ben"]
    assert routed.office.words(later)[-2:] == [NOTE, "Ana gave this to Ben, snoozed as it is"]
    assert routed.desk.status(routed.profile("ana")).conversations == ()
    routed.office.clock.advance(hours=2)
    routed.snoozes()
    assert routed.head(later).assignee == "ben"
    books_balance(routed)


def test_to_a_pool_it_waits_there_and_is_not_heated(routed: Routed) -> None:
    name = taken(routed, "1")
    age = routed.head(name).enqueued
    assert handed(routed, Target(pool="second")).moved == (name,)
    head = routed.head(name)
    assert (head.state, head.pools, head.heated, head.enqueued) == ("WAITING", (Pool(name="second"),), False, age)
    routed.online("ana", "ben")
    routed.route()
    assert routed.head(name).assignee == "ben"


def test_to_ones_own_pool_it_leaves_ones_hands(routed: Routed) -> None:
    routed.configured("ben", pool="main")
    name = taken(routed, "1")
    for _ in range(2):
        handed(routed, Target(pool="main"))
        routed.by_hand.assign(name, to=routed.profile("ana"), by=routed.profile("ana"))
    assert handed(routed, Target(pool="main")).moved == (name,)
    assert routed.head(name).state == "WAITING"


def test_back_to_the_queue_it_does_not_come_back_to_who_goes_home(routed: Routed) -> None:
    name = taken(routed, "1")
    routed.online("ana")
    assert handed(routed, Target()).moved == (name,)
    assert routed.route() == 0
    assert routed.head(name).state == "WAITING"


def test_what_cannot_move_is_kept_and_says_why(routed: Routed) -> None:
    routed.configured("ben", inboxes=("sales",))
    theirs = taken(routed, "1")
    done = handed(routed, Target(agent=routed.profile("ben")))
    assert done == HandedOver(moved=(), kept=((theirs, "Ben does not work in its inbox."),))

    routed.by_hand.snooze(theirs, until=None, by=routed.profile("ana"))
    ringing = routed.text("2")
    routed.handover.queue_call(routed.call(ringing))
    routed.online("ana")
    routed.route()
    done = handed(routed, Target())
    assert dict(done.kept) == {
        ringing: "It is only offered: answer it, or decline it.",
        theirs: "It is snoozed and comes back to you. Wake it, or hand it to an agent.",
    }
    assert done.moved == ()
    books_balance(routed)


def test_everything_is_handed_over_with_a_note_and_only_to_where_somebody_is(routed: Routed) -> None:
    name = taken(routed, "1")
    with pytest.raises(Refused, match="Write a note"):
        routed.desk.hand_over(routed.profile("ana"), Target(), "  ")
    with pytest.raises(NotFound, match="no pool “third”"):
        handed(routed, Target(pool="third"))
    assert routed.head(name).assignee == "ana"


def test_no_more_than_fifty_move_in_one_request_and_the_rest_in_the_next(routed: Routed) -> None:
    for number in range(1, 53):
        taken(routed, str(number))
    first, second = handed(routed, Target()), handed(routed, Target())
    assert (len(first.moved), len(second.moved), second.kept) == (50, 2, ())
    assert [name for name, _ in first.kept] == list(second.moved)
    assert {why for _, why in first.kept} == {"No more than 50 move at once. Ask again for the rest."}


def test_what_cannot_move_keeps_nothing_behind_it_from_moving(routed: Routed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "MOST_HANDED", 2)
    ana, office = routed.profile("ana"), routed.office
    elsewhere = [office.ingest(office.letter(f"m{number}", inbox="sales")) for number in range(3)]
    for conversation in elsewhere:
        routed.by_hand.assign(conversation, to=ana, by=ana)
    here = [taken(routed, "1"), taken(routed, "2")]
    routed.configured("ben", inboxes=("support",))
    done = handed(routed, Target(agent=routed.profile("ben")))
    assert set(done.moved) == set(here)
    assert dict(done.kept) == dict.fromkeys(elsewhere, "Ben does not work in its inbox.")
