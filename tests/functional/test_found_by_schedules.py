"""What the schedules of `tests.faults.schedules` have found, each as the smallest case that shows it."""

from dataclasses import replace

import pytest

from heartline.domain.errors import Contended
from heartline.domain.messages import Channel
from heartline.domain.routing import lifecycle
from heartline.domain.routing.heads import POLICY
from heartline.domain.routing.lifecycle import Move
from tests.fakes import MemoryTable
from tests.functional.routed import Routed, books_balance
from tests.functional.streamed import Streamed


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


def test_a_close_with_wrap_up_wakes_the_router_who_asks_the_clock_for_its_end(memory_table: MemoryTable) -> None:
    """Seed 44: nobody was told of a wrap-up, so that its place came back with the tick of the next minute."""
    streamed = Streamed(memory_table)
    streamed.routed.policy = replace(POLICY, wrap={"sms": 30})
    conversation = streamed.had()
    streamed.look()
    streamed.routing.messages.clear()

    streamed.by_hand("close", conversation)
    streamed.look()

    assert len(streamed.routing.messages) == 1
    streamed.routed.route()
    assert streamed.routed.timers.messages == [{"due": "routing", "delay": 30}]
