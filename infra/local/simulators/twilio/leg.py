"""One party on the line: its record, its transcript, its sense of time, and how it is interrupted."""

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from infra.local.simulators.twilio.callbacks import Callbacks
from infra.local.simulators.twilio.configuration import API_VERSION, TwilioSimulatorConfig
from infra.local.simulators.twilio.records import Call, now
from infra.local.simulators.twilio.script import Script
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.steps import End, Goto, Interrupted
from infra.local.simulators.twilio.store import Store
from infra.local.simulators.twilio.webhooks import Webhooks


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Who wants to hear of a leg's progress, and of which of: initiated, ringing, answered, completed."""

    url: str
    events: frozenset[str] = frozenset({"completed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What all legs share: the account, its memory, the ways to the application, and the legs now live by sid."""

    config: TwilioSimulatorConfig
    store: Store
    webhooks: Webhooks
    callbacks: Callbacks
    live: dict[str, "Leg"]


FINAL: Final = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


class Leg:
    """A live call. Verbs wait through it, so that a hang-up or a redirect reaches them wherever they are."""

    def __init__(
        self,
        board: Board,
        record: Call,
        *,
        script: Script,
        keys: Iterable[str],
        progress: Progress,
        parent: "Leg | None",
    ) -> None:
        self.board, self.record, self.script, self.progress, self.parent = board, record, script, progress, parent
        self.keys, self.words = deque(keys), deque(script.speech)
        self.once: set[str] | None = None
        self._interruption: Goto | End | None = None
        self._interrupted = asyncio.Event()
        self._sequence = 0
        board.store.save(record)
        board.live[record.sid] = self

    @property
    def answered(self) -> bool:
        return self.record.started is not None

    def note(self, event: str, text: str, **facts: Any) -> None:
        """Add a step to the transcript, which a dialled party shares with its caller; `text` is for people.

        While `once` is a set, a sentence is noted once: a hold loop says the same for as long as it lasts.
        """
        root = self.parent or self
        if self.once is not None and text in self.once:
            return
        if self.once is not None:
            self.once.add(text)
        step = {"at": now().isoformat(), "call": self.record.sid, "event": event, "text": text, **facts}
        root.save(steps=(*root.record.steps, step))

    def did(self, event: str, predicate: str, **facts: Any) -> None:
        """Note what this party did or what happened to it."""
        party = "the caller" if self.record.direction == "inbound" else self.record.recipient
        self.note(event, f"{party} {predicate}", **facts)

    def move(self, status: str, *, event: str) -> None:
        """Change the status and tell whoever asked for this event."""
        changes: dict[str, Any] = {"status": status}
        if status == "in-progress":
            changes["started"] = now()
        if status in FINAL:
            changes |= {"ended": now(), "duration": self.talked()}
        self.save(**changes)
        self._report(status, event)

    def answer(self) -> None:
        if not self.answered:
            self.move("in-progress", event="answered")

    def finish(self, status: str) -> None:
        """End this leg, once. Nobody's call is `completed` that was never answered."""
        if self.record.status in FINAL:
            return
        if status == "completed" and not self.answered:
            status = "canceled" if self.parent else "no-answer"
        self.board.live.pop(self.record.sid, None)
        self.move(status, event="completed")

    def talked(self) -> int:
        """Seconds of the call since it was answered."""
        started = self.record.started
        return round((now() - started).total_seconds() / self.board.config.time_scale) if started else 0

    def interrupt(self, step: Goto | End) -> None:
        """Break into whatever this leg does; a hang-up is not undone by a redirect."""
        if not isinstance(self._interruption, End):
            self._interruption = step
        self._interrupted.set()

    def check(self) -> None:
        """:raises Interrupted: if somebody broke in."""
        if self._interruption is None:
            return
        step, self._interruption = self._interruption, None
        self._interrupted.clear()
        raise Interrupted(step)

    async def wait(self, seconds: float) -> None:
        """Let time of the call pass.

        :raises Interrupted: as soon as somebody breaks in.
        """
        await self.until(at_most=seconds * self.board.config.time_scale)

    async def until(self, *tasks: "asyncio.Task[Any]", at_most: float | None = None) -> None:
        """Wait until one of the tasks is done, or `at_most` real seconds have passed.

        :raises Interrupted: as soon as somebody breaks in.
        """
        interruption = asyncio.create_task(self._interrupted.wait())
        try:
            await asyncio.wait({interruption, *tasks}, timeout=at_most, return_when=asyncio.FIRST_COMPLETED)
        finally:
            interruption.cancel()
        self.check()

    def fields(self) -> Fields:
        """The form fields of every request about this leg.

        Source: https://www.twilio.com/docs/voice/twiml#request-parameters
        """
        sender, recipient = self.record.sender, self.record.recipient
        status = "initiated" if self.record.status == "queued" else self.record.status
        parent = (("ParentCallSid", self.parent.record.sid),) if self.parent else ()
        return (
            ("AccountSid", self.board.config.account_sid),
            ("ApiVersion", API_VERSION),
            ("CallSid", self.record.sid),
            ("CallStatus", status),
            ("Called", recipient),
            ("CalledCity", ""),
            ("CalledCountry", "US"),
            ("CalledState", ""),
            ("CalledZip", ""),
            ("Caller", sender),
            ("CallerCity", ""),
            ("CallerCountry", "US"),
            ("CallerState", ""),
            ("CallerZip", ""),
            ("Direction", self.record.direction),
            ("From", sender),
            ("FromCity", ""),
            ("FromCountry", "US"),
            ("FromState", ""),
            ("FromZip", ""),
            *parent,
            ("To", recipient),
            ("ToCity", ""),
            ("ToCountry", "US"),
            ("ToState", ""),
            ("ToZip", ""),
        )

    def save(self, **changes: Any) -> None:
        self.record = replace(self.record, **changes, updated=now())
        self.board.store.save(self.record)

    def _report(self, status: str, event: str) -> None:
        if not self.progress.url or event not in self.progress.events:
            return
        final = (("CallDuration", str(self.talked())), ("Duration", str(-(-self.talked() // 60))))
        stamp = now().strftime("%a, %d %b %Y %H:%M:%S +0000")
        extra: Fields = (
            ("CallbackSource", "call-progress-events"),
            ("Timestamp", stamp),
            ("SequenceNumber", str(self._sequence)),
            *(final if status in FINAL else ()),
        )
        self._sequence += 1
        self.board.callbacks.plan_request(time.time(), self.progress.url, self.fields() + extra)
