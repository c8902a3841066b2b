"""An answer to a closed conversation reopens it for some days, and follows it up later."""

from heartline.domain.conversations import State
from tests.invariants import violations
from tests.mailroom import MailRoom, during_next_write, letter


def test_a_late_answer_opens_a_follow_up_and_the_next_one_joins_that() -> None:
    room = MailRoom(rules={"reopen_days": 7})
    old = room.take(letter("m1"))
    room.close(old)
    room.pass_by(days=8)
    new = room.take(letter("m2", answers="m1@example.org"))
    room.pass_by(minutes=1)

    assert room.take(letter("m3", answers="m1@example.org")) == new != old
    assert (room.head(new).follows, room.head(old).followed_by) == (old, new)
    assert room.office.timeline(new)[0].explanation == (
        "opened a follow-up because the conversation that it answers was closed 8 days ago"
    )
    assert room.head(old).state is State.CLOSED
    assert violations(room.table.everything()) == []


def test_two_late_answers_at_once_meet_in_one_follow_up() -> None:
    room = MailRoom(rules={"reopen_days": 7})
    old = room.take(letter("m1"))
    room.close(old)
    room.pass_by(days=8)

    during_next_write(room, lambda: room.take(letter("m2", answers="m1@example.org", body="Two")))
    new = room.take(letter("m3", answers="m1@example.org", body="Three"))

    assert sorted(room.office.words(new)) == ["Three\n", "Two\n"]
    assert room.head(old).followed_by == new
    assert violations(room.table.everything()) == []


def test_a_late_absence_goes_to_what_it_answers(room: MailRoom) -> None:
    old = room.take(letter("m1"))
    room.close(old)
    room.pass_by(days=90)

    assert room.take(letter("m2", answers="m1@example.org", Auto_Submitted="auto-replied")) == old


def test_an_answer_within_the_days_begins_a_new_cycle_of_waiting(room: MailRoom, answered: str) -> None:
    """cw 12058: clocks went on from the first question."""
    room.close(answered)
    reopened_at = room.pass_by(days=2)

    assert room.take(letter("m2", answers="m1@example.org")) == answered

    head = room.head(answered)
    assert (head.state, head.waiting_since, head.enqueued) == (State.WAITING, reopened_at, reopened_at)
    assert violations(room.table.everything()) == []
