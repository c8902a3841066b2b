"""What Twilio refuses about a call is said in words for an agent, and never in Twilio's own."""

import pytest
from twilio.base.exceptions import TwilioRestException

from heartline.channels.voice.faults import explained
from heartline.domain.errors import Refused, Unavailable

RAW = "The requested resource /2010-04-01/Accounts/AC0123/Conferences/CF1/Participants/CA1.json was not found"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (20404, "They are not in the call any more."),
        (21210, "Twilio does not let us call from our number: an admin has to verify it there."),
        (21211, "The number is not a telephone number."),
        (99999, "Twilio did not do this (error 99999). Tell an admin."),
    ],
)
def test_a_refusal_is_explained(code: int, words: str) -> None:
    with pytest.raises(Refused) as refused, explained():
        raise TwilioRestException(400, "/2010-04-01/Accounts/AC0123", RAW, code)
    assert (str(refused.value), refused.value.reason) == (words, str(code))


def test_what_may_be_repeated_stays_so() -> None:
    with pytest.raises(Unavailable), explained():
        raise TwilioRestException(503, "/2010-04-01/Accounts/AC0123", RAW, 0)
