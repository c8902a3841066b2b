"""What the schedules of `tests.faults.schedules` have found, each as the smallest case that shows it."""

import pytest

from heartline.domain.errors import Contended
from heartline.domain.messages import Channel
from heartline.domain.routing import lifecycle
from heartline.domain.routing.lifecycle import Move
from tests.fakes import MemoryTable
from tests.functional.routed import Routed, books_balance


def test_what_was_decided_while_it_was_on_the_phone_frees_no_place_of_written_work(memory_table: MemoryTable) -> None:
    """Seed 1186 of the schedules: a call ends between the read and the write of a snooze; nothing else has changed."""
    routed = Routed(memory_table)
    conversation = routed.text("1")
    call = routed.call(conversation)
    routed.handover.queue_call(call)
    routed.handover.assign(conversation, routed.profile("ana"))
    on_the_phone = routed.head(conversation)
    routed.handover.settle(call, Channel.SMS)

    with pytest.raises(Contended):
        routed.store.move(
            Move(before=on_the_phone, after=lifecycle.snoozed(on_the_phone)), staff=routed.company().staff
        )

    assert (routed.free("ana", "voice"), routed.free("ana", "sms")) == (1, 1)
    books_balance(routed)
