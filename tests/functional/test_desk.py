"""What an agent does by hand stands in the timeline, once, with who did it."""

import pytest

from heartline.domain.errors import NotFound
from tests.fakes import MemoryTable
from tests.functional.routed import Routed


@pytest.fixture
def routed(memory_table: MemoryTable) -> Routed:
    return Routed(memory_table)


def test_every_step_by_hand_is_a_quiet_line_that_names_who_took_it(routed: Routed) -> None:
    ana, ben = routed.profile("ana"), routed.profile("ben")
    conversation = routed.text("1")
    by_hand = routed.by_hand
    by_hand.assign(conversation, to=ana, by=ana)
    by_hand.assign(conversation, to=ben, by=ana, note="Asks for a refund.")
    by_hand.close(conversation, by=ben)
    by_hand.reopen(conversation, by=ana)

    lines = [(m.event, m.text, m.author.id) for m in routed.office.timeline(conversation) if m.event]

    assert sorted(lines) == sorted(
        [
            ("conversation.assigned", "Ana took this", "ana"),
            ("conversation.assigned", "Ana gave this to Ben", "ana"),
            ("conversation.closed", "Ben closed this", "ben"),
            ("conversation.reopened", "Ana reopened this", "ana"),
        ]
    )


def test_a_step_that_changes_nothing_leaves_no_line(routed: Routed) -> None:
    ana = routed.profile("ana")
    conversation = routed.text("1")
    routed.by_hand.assign(conversation, to=ana, by=ana)
    routed.by_hand.assign(conversation, to=ana, by=ana)
    routed.by_hand.reopen(conversation, by=ana)

    assert [m.text for m in routed.office.timeline(conversation) if m.event] == ["Ana took this"]


def test_an_unknown_conversation_is_not_found(routed: Routed) -> None:
    with pytest.raises(NotFound):
        routed.by_hand.close("nosuchconversation", by=routed.profile("ana"))
