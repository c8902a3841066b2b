"""Heartline places no calls of its own yet, and says so."""

from datetime import UTC, datetime

import pytest

from heartline.channels.voice.send import CallSender
from heartline.domain.errors import Refused
from heartline.domain.messages import Channel
from heartline.domain.outbound import Intent


def test_a_call_cannot_be_sent() -> None:
    intent = Intent(
        id="i1",
        inbox="support",
        conversation="c1",
        message_id="m1",
        at=datetime(2026, 11, 22, tzinfo=UTC),
        channel=Channel.VOICE,
        sender="+14155550100",
        sender_name="Support",
        recipient="+14155552671",
        text="Hello",
    )
    with pytest.raises(Refused) as refused:
        CallSender().send(intent)
    assert refused.value.reason == "unsupported"
