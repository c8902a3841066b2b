"""What Twilio says it gave us, read through its own library from the simulated account."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from heartline.channels.twilio.account import Account
from heartline.channels.twilio.log import TwilioCalls, TwilioTexts
from heartline.channels.twilio.rest import TwilioRest
from heartline.domain.errors import Unavailable
from heartline.domain.messages import Channel
from tests.unit.simulators.running import ACCOUNT_SID, AUTH_TOKEN, THEIRS, Simulator, running

ALWAYS = (datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=2))


@pytest.fixture
def twilio(tmp_path: Path) -> Iterator[Simulator]:
    with running(tmp_path) as simulator:
        yield simulator


def rest_of(twilio: Simulator, token: str = AUTH_TOKEN) -> TwilioRest:
    return TwilioRest(lambda: Account(sid=ACCOUNT_SID, token=token), api_url=twilio.config.url)


def test_inbound_texts_are_listed_and_ours_are_not(twilio: Simulator) -> None:
    sids = {twilio.control("POST", "/messages", {"from": THEIRS, "body": "Hello"}).json["message_sid"] for _ in "ab"}
    twilio.send(Body="Good morning.", StatusCallback="")

    received = list(TwilioTexts(rest_of(twilio), Channel.SMS).received(*ALWAYS))

    assert {text.id for text in received} == sids
    assert {text.channel for text in received} == {Channel.SMS}


def test_what_came_before_or_after_the_span_is_left_out(twilio: Simulator) -> None:
    twilio.control("POST", "/messages", {"from": THEIRS, "body": "Hello"})
    start = datetime(2020, 1, 1, tzinfo=UTC)

    assert list(TwilioTexts(rest_of(twilio), Channel.SMS).received(start, start + timedelta(days=1))) == []


def test_a_call_is_listed_once_it_is_over(twilio: Simulator) -> None:
    twilio.application.say("/voice", "<Hangup/>")
    sid = twilio.start_call()
    twilio.wait_for_end(sid)

    assert [call.id for call in TwilioCalls(rest_of(twilio)).received(*ALWAYS)] == [sid]


def test_a_list_that_cannot_be_read_proves_nothing(twilio: Simulator) -> None:
    with pytest.raises(Unavailable):
        list(TwilioTexts(rest_of(twilio, token="wrong"), Channel.SMS).received(*ALWAYS))
