"""A telephone company in memory: legs that ring, talk, wait and hang up, and reports that a test delivers at will.

It follows the documents that the voice function answers, as Twilio does, and implements the dialer's way to Twilio.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from heartline.domain.call_parties import CUSTOMER
from heartline.domain.calls import Call
from heartline.domain.errors import Refused
from tests.telephone import Document, Exchange

RINGING: Final = "ringing"
LIVE: Final = "live"
ENDED: Final = "ended"

Raise = Callable[[str], None]


@dataclass(slots=True)
class Leg:
    """`place` is where a live leg is: menu, line, tone, whisper, room, or a step of ours that it is about to ask for.

    `step` is what a leg that we placed asks for when it is answered.
    """

    sid: str
    call: str
    label: str
    state: str
    place: str = ""
    offer: str = ""
    wait_url: str = ""
    number: str = ""
    step: str = ""


@dataclass(slots=True)
class Carrier:
    """Implements `services.call_ports.Telephony`. `fault` is called before and after each order, and may raise."""

    exchange: Exchange
    legs: dict[str, Leg] = field(default_factory=dict)
    reports: list[dict[str, str]] = field(default_factory=list)
    rung: list[tuple[str, int]] = field(default_factory=list)
    fault: Raise = lambda _moment: None

    # --- what the dialer orders ---

    def ring(self, call: Call, *, to: str, seconds: int) -> str:
        assert seconds > 0
        self.fault("before")
        self.rung.append((call.id, call.attempt))
        offer = {"call": call.id, "conversation": call.conversation, "attempt": call.attempt}
        leg = self._placed(call, call.agent_label, to, urlencode(offer))
        self.fault("after")
        return leg.sid

    def invite(self, call: Call, *, label: str, to: str, seconds: int) -> str:
        assert seconds > 0
        self.fault("before")
        leg = self._placed(call, label, to, "")
        self.fault("after")
        return leg.sid

    def call_up(self, call: Call, *, to: str, seconds: int) -> str:
        assert seconds > 0
        self.fault("before")
        leg = self._placed(call, CUSTOMER, to, "")
        leg.step = f"/called?call={call.id}"
        self.fault("after")
        return leg.sid

    def connect(self, call: Call, sid: str) -> None:
        self._redirect(sid, f"/join?call={call.id}")

    def line_up(self, call: Call, sid: str) -> None:
        self._redirect(sid, f"/line?call={call.id}")

    def hold(self, call: Call, sid: str, *, on: bool) -> None:
        self._in_room(call, sid, on=on)

    def mute(self, call: Call, sid: str, *, on: bool) -> None:
        self._in_room(call, sid, on=on)

    def record(self, call: Call, *, on: bool) -> None:
        self._in_room(call, "", on=on)

    def end(self, sid: str) -> None:
        self.fault("before")
        if self.legs[sid].state != ENDED:
            self.hang_up(self.legs[sid], asked=False)
        self.fault("after")

    # --- what people do ---

    def call_in(self, number: str) -> Leg:
        """A customer calls and hears the menu."""
        leg = Leg(f"CA{len(self.legs)}in", f"CA{len(self.legs)}in", CUSTOMER, LIVE, place="menu", number=number)
        self.legs[leg.sid] = leg
        self._ask(leg, "")
        return leg

    def choose(self, leg: Leg, digit: str) -> None:
        if leg.place == "menu":
            self._follow(leg, self._ask(leg, "/ivr?node=main&attempt=0&language=en-US", Digits=digit))

    def answer(self, leg: Leg) -> None:
        """Somebody picks up: an agent who is offered a call, or whoever was asked into the room."""
        leg.state = LIVE
        self._report(leg, "in-progress")
        if leg.step:
            self._follow(leg, self._ask(leg, leg.step))
        else:
            self._enter(leg)

    def press(self, leg: Leg, key: str) -> None:
        """An agent who has to confirm presses a key, or a mailbox does not."""
        document = self._ask(leg, leg.step)
        gathers = [verb for verb in document.verbs if verb.name == "Gather"]
        if key and gathers:
            document = self._ask(leg, gathers[0].get("action"), Digits=key)
            self._follow(leg, document)
        elif leg.state == LIVE:
            self.hang_up(leg)

    def refuse(self, leg: Leg, why: str) -> None:
        leg.state = ENDED
        self._report(leg, why)

    def fetch(self, leg: Leg) -> None:
        """A leg that was redirected asks for its new document."""
        step, leg.place = leg.place, ""
        self._follow(leg, self._ask(leg, step))

    def turn(self, leg: Leg, digit: str = "") -> None:
        """The music in line has come to its end, or a key was pressed."""
        document = self._ask(leg, leg.wait_url)
        gathers = [verb for verb in document.verbs if verb.name == "Gather"]
        if digit and gathers:
            document = self._ask(leg, gathers[0].get("action"), Digits=digit)
            if "Hangup" in document.names:
                self.hang_up(leg)
                return
        if "Leave" in document.names:
            self._follow(leg, self._ask(leg, f"/dequeued?call={leg.call}", QueueResult="leave"))

    def speak(self, leg: Leg, seconds: int) -> None:
        """A message is left, or nothing is said, before the tone's leg hangs up."""
        self.reports.append(
            {
                "call": leg.call,
                "about": "recording",
                "RecordingSid": f"RE{leg.sid}",
                "CallSid": leg.sid,
                "RecordingStatus": "completed" if seconds else "absent",
                "RecordingSource": "RecordVerb",
                "RecordingUrl": "https://api.twilio.com/RE1",
                "RecordingDuration": str(seconds),
            }
        )
        self.hang_up(leg)

    def hang_up(self, leg: Leg, *, asked: bool = True) -> None:
        """A leg ends; where it was, Twilio says so to the step that waits for it, unless we ended it ourselves."""
        place, leg.state, leg.place = leg.place, ENDED, ""
        if place == "line" and asked:
            self._ask(leg, f"/dequeued?call={leg.call}", QueueResult="hangup", CallStatus="completed")
        if place == "room":
            self._leave(leg)
            self._ask(leg, f"/left?call={leg.call}&leg={leg.label}", CallStatus="completed")
        self._report(leg, "completed")

    def of(self, state: str, *places: str) -> list[Leg]:
        return [leg for leg in self.legs.values() if leg.state == state and (not places or leg.place in places)]

    def about_to_ask(self) -> list[Leg]:
        return [leg for leg in self.of(LIVE) if leg.place.startswith("/")]

    # --- how documents are followed ---

    def _follow(self, leg: Leg, document: Document) -> None:
        names = document.names
        if "Enqueue" in names:
            leg.place, leg.wait_url = "line", document.verb("Enqueue").get("waitUrl")
        elif "Dial" in names:
            self._enter(leg)
        elif "Record" in names:
            leg.place = "tone"
        elif "Gather" in names:
            leg.place = "whisper"
        elif leg.state == LIVE:
            self.hang_up(leg)

    def _enter(self, leg: Leg) -> None:
        leg.place = "room"
        joined = {"StatusCallbackEvent": "participant-join", "ConferenceSid": f"CF-{leg.call}"}
        self.reports.append(
            {"call": leg.call, "about": "room", "ParticipantLabel": leg.label, "CallSid": leg.sid, **joined}
        )

    def _leave(self, leg: Leg) -> None:
        """The customer's going ends the conference: the others go on to what their documents say."""
        if leg.label != CUSTOMER:
            return
        for other in [each for each in self.of(LIVE, "room") if each.call == leg.call and each is not leg]:
            other.place = ""
            if other.step:
                self._follow(other, self._ask(other, f"/left?call={other.call}&leg={other.label}"))
            else:
                self.hang_up(other)

    def _redirect(self, sid: str, step: str) -> None:
        self.fault("before")
        leg = self.legs[sid]
        if leg.state == LIVE:
            if leg.place == "room":
                self._leave(leg)
            leg.place = step
        self.fault("after")

    def _in_room(self, call: Call, sid: str, *, on: bool) -> None:
        assert on in (True, False)
        self.fault("before")
        here = [leg for leg in self.of(LIVE, "room") if leg.call == call.id and sid in ("", leg.sid)]
        if not here:
            raise Refused("They are not in the call any more.", reason="20404")
        self.fault("after")

    def _placed(self, call: Call, label: str, number: str, offer: str) -> Leg:
        step = f"/agent?{offer}" if offer else ""
        leg = Leg(f"CA{len(self.legs)}out", call.id, label, RINGING, offer=offer, number=number, step=step)
        self.legs[leg.sid] = leg
        self._report(leg, "ringing")
        return leg

    def _report(self, leg: Leg, status: str) -> None:
        own = leg.sid == leg.call
        query = {} if own else {"call": leg.call, "leg": leg.label}
        self.reports.append({**query, "CallSid": leg.sid, "CallStatus": status, "From": leg.number})

    def _ask(self, leg: Leg, step: str, **fields: str) -> Document:
        """Ask until it is answered, as our addresses tell Twilio to."""
        form: dict[str, Any] = {"CallSid": leg.sid, "CallStatus": "in-progress", **fields}
        form |= {"From": leg.number} if leg.sid == leg.call else {}
        return self.exchange.go(step, **form)
