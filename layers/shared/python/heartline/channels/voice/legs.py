"""Legs of calls through Twilio's REST API: rung, moved into conferences, held, muted, recorded, ended.

Source: https://www.twilio.com/docs/voice/api/call-resource, conference-participant-resource and recording.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlencode

from heartline.channels.twilio.rest import TwilioRest
from heartline.channels.twilio.webhook import RETRIES
from heartline.channels.voice.faults import explained
from heartline.domain.call_parties import CUSTOMER
from heartline.domain.calls import Call
from heartline.domain.errors import Refused

_GONE: Final = {"20404", "21220"}
"""The leg, or the conference, is not there any more: https://www.twilio.com/docs/api/errors/21220"""

_NOT_YET: Final = "Nobody is in the call's conference yet. Try again in a moment."

_LEG_EVENTS: Final = ["ringing", "answered", "completed"]


class TwilioLegs:
    """Implements `services.call_ports.Telephony`; `base` is the public URL of the webhooks, without a slash."""

    def __init__(self, rest: TwilioRest, *, base: str) -> None:
        self._rest = rest
        self._base = base

    def ring(self, call: Call, *, to: str, seconds: int) -> str:
        offer = {"call": call.id, "conversation": call.conversation, "attempt": call.attempt}
        with explained():
            leg = self._rest.client().calls.create(
                to=_with_call(to, call),
                from_=call.number,
                url=self._url("voice/agent", **offer),
                method="POST",
                timeout=seconds,
                **self._reports(call, call.agent_label),
            )
        return str(leg.sid)

    def invite(self, call: Call, *, label: str, to: str, seconds: int) -> str:
        with explained():
            participant = (
                self._rest.client()
                .conferences(call.id)
                .participants.create(
                    from_=call.number,
                    to=_with_call(to, call),
                    label=label,
                    timeout=seconds,
                    early_media=True,
                    beep="false",
                    end_conference_on_exit=label == CUSTOMER,
                    **self._reports(call, label),
                )
            )
        return str(participant.call_sid)

    def call_up(self, call: Call, *, to: str, seconds: int) -> str:
        """The leg has a document of its own: the conference is recorded from its second participant on, this one.

        Source: https://www.twilio.com/docs/voice/twiml/conference#record
        """
        with explained():
            leg = self._rest.client().calls.create(
                to=to,
                from_=call.number,
                url=self._url("voice/called", call=call.id),
                method="POST",
                timeout=seconds,
                **self._reports(call, CUSTOMER),
            )
        return str(leg.sid)

    def connect(self, call: Call, sid: str) -> None:
        self._send(sid, self._url("voice/join", call=call.id))

    def line_up(self, call: Call, sid: str) -> None:
        self._send(sid, self._url("voice/line", call=call.id))

    def hold(self, call: Call, sid: str, *, on: bool) -> None:
        music = {"hold_url": self._url("voice/music", inbox=call.inbox), "hold_method": "POST"} if on else {}
        self._participant(call, sid, hold=on, **music)

    def mute(self, call: Call, sid: str, *, on: bool) -> None:
        self._participant(call, sid, muted=on)

    def record(self, call: Call, *, on: bool) -> None:
        """A pause is left out of the sound, so that nothing of it can be heard."""
        wanted = {"status": "in-progress"} if on else {"status": "paused", "pause_behavior": "skip"}
        with explained():
            self._conference(call).recordings("Twilio.CURRENT").update(**wanted)

    def end(self, sid: str) -> None:
        with _gone_is_fine(), explained():
            self._rest.client().calls(sid).update(status="completed")

    def _send(self, sid: str, url: str) -> None:
        with _gone_is_fine(), explained():
            self._rest.client().calls(sid).update(url=url, method="POST")

    def _participant(self, call: Call, sid: str, **changes: Any) -> None:
        with explained():
            self._conference(call).participants(sid).update(**changes)

    def _conference(self, call: Call) -> Any:
        """The conference by its id, which is looked up where no report has told it yet."""
        client = self._rest.client()
        if call.conference:
            return client.conferences(call.conference)
        running = client.conferences.list(friendly_name=call.id, status="in-progress", limit=1)
        if not running:
            raise Refused(_NOT_YET)
        return client.conferences(running[0].sid)

    def _reports(self, call: Call, label: str) -> dict[str, Any]:
        return {
            "status_callback": self._url("status", call=call.id, leg=label, about="leg"),
            "status_callback_method": "POST",
            "status_callback_event": _LEG_EVENTS,
        }

    def _url(self, path: str, **query: object) -> str:
        return f"{self._base}/{path}?{urlencode(query)}{RETRIES}"


def _with_call(address: str, call: Call) -> str:
    """A browser is told which call it is: query parameters of its address arrive there as custom parameters."""
    return f"{address}?{urlencode({'call': call.id})}" if address.startswith("client:") else address


@contextmanager
def _gone_is_fine() -> Iterator[None]:
    try:
        yield
    except Refused as error:
        if error.reason not in _GONE:
            raise
