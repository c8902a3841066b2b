"""Twilio's own lists of what it gave us: inbound texts and calls of a span of time.

Sources: https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources and
https://www.twilio.com/docs/voice/api/call-resource#read-multiple-call-resources
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from heartline.channels.twilio.texts import channel_of
from heartline.domain.errors import Unavailable
from heartline.domain.ledger import Received
from heartline.domain.messages import Channel

if TYPE_CHECKING:
    from heartline.channels.twilio.rest import TwilioRest

_PAGE: Final = 1000
_INBOUND: Final = "inbound"
_DAY: Final = timedelta(days=1)
"""The lists are filtered by whole days in GMT; what is outside the span is left out here."""

_NOT_YET: Final = frozenset({"queued", "ringing", "in-progress"})


class TwilioTexts:
    """Implements `services.ledger.ProviderLog` for texts, or for WhatsApp messages: Twilio has one list of both."""

    def __init__(self, rest: "TwilioRest", channel: Channel) -> None:
        self._rest = rest
        self._channel = channel

    def received(self, start: datetime, end: datetime) -> Iterator[Received]:
        """Every inbound one; Twilio counts it from when it came."""

        def listed() -> Iterator[Received]:
            messages = self._rest.client().messages
            for text in messages.stream(
                date_sent_after=_day(start), date_sent_before=_day(end) + _DAY, page_size=_PAGE
            ):
                if text.direction == _INBOUND and channel_of(text.from_) is self._channel:
                    yield Received(channel=self._channel, id=text.sid, at=_utc(text.date_created))

        return _within(start, end, listed)


class TwilioCalls:
    """Implements `services.ledger.ProviderLog` for calls."""

    def __init__(self, rest: "TwilioRest") -> None:
        self._rest = rest

    def received(self, start: datetime, end: datetime) -> Iterator[Received]:
        """Every inbound call that is over; the legs to agents are ours."""

        def listed() -> Iterator[Received]:
            calls = self._rest.client().calls
            for call in calls.stream(start_time_after=_day(start), start_time_before=_day(end) + _DAY, page_size=_PAGE):
                if call.direction == _INBOUND and not call.parent_call_sid and call.status not in _NOT_YET:
                    yield Received(channel=Channel.VOICE, id=call.sid, at=_utc(call.start_time or call.date_created))

        return _within(start, end, listed)


def _within(start: datetime, end: datetime, listed: Callable[[], Iterator[Received]]) -> Iterator[Received]:
    """What is in the span; a list that cannot be read whole proves nothing, whatever the reason."""
    from requests.exceptions import RequestException
    from twilio.base.exceptions import TwilioException

    try:
        yield from (event for event in listed() if start <= event.at < end)
    except (TwilioException, RequestException) as error:
        raise Unavailable(f"Twilio's list cannot be read: {type(error).__name__}") from error


def _day(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _utc(at: Any) -> datetime:
    moment: datetime = at
    return moment.astimezone(UTC)
