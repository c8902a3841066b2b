"""One party on the line: its record, its transcript, its sense of time, and how it is interrupted."""

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from infra.local.simulators.twilio.callbacks import Callbacks
from infra.local.simulators.twilio.configuration import TwilioSimulatorConfig
from infra.local.simulators.twilio.devices import Devices
from infra.local.simulators.twilio.parameters import parameters
from infra.local.simulators.twilio.records import Call, now
from infra.local.simulators.twilio.script import Phone, Script
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.steps import End, Goto, Interrupted, Stirred
from infra.local.simulators.twilio.store import Store
from infra.local.simulators.twilio.webhooks import Webhooks

if TYPE_CHECKING:
    from infra.local.simulators.twilio.lines import Lines
    from infra.local.simulators.twilio.rooms import Rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Who wants to hear of a leg's progress, and of which of: initiated, ringing, answered, completed."""

    url: str
    events: frozenset[str] = frozenset({"completed"})
    method: str = "POST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What all legs share: the account, its memory, the ways to the application, and the legs now live by sid."""

    config: TwilioSimulatorConfig
    store: Store
    webhooks: Webhooks
    callbacks: Callbacks
    devices: Devices
    rooms: "Rooms"
    lines: "Lines"
    live: dict[str, "Leg"]


FINAL: Final = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


class Leg:
    """A live call. Verbs wait through it, so that a hang-up or a redirect reaches them wherever they are.

    `story` is the call whose transcript also tells what this leg does, because it was placed on its account.
    """

    def __init__(
        self,
        board: Board,
        record: Call,
        *,
        script: Script,
        keys: Iterable[str],
        progress: Progress,
        parent: "Leg | None",
        phone: Phone | None = None,
        story: "Leg | None" = None,
    ) -> None:
        self.board, self.record, self.script, self.progress, self.parent = board, record, script, progress, parent
        self.phone, self.story = phone, story
        self.keys, self.words = deque(keys), deque(script.speech)
        self.pressed = asyncio.Event()
        self.muted = False
        self.taken: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.once: set[str] | None = None
        self._interruption: Goto | End | None = None
        self._stirred = False
        self._interrupted = asyncio.Event()
        self._sequence = 0
        board.store.save(record)
        board.live[record.sid] = self

    @property
    def answered(self) -> bool:
        return self.record.started is not None

    @property
    def talk(self) -> float | None:
        """For how many seconds this person talks before hanging up; None for as long as the others like."""
        return self.phone.talk if self.phone else self.script.talk

    @property
    def says(self) -> tuple[str, ...]:
        """The person's sentences in a conversation."""
        return self.phone.says if self.phone else self.script.says

    @property
    def party(self) -> str:
        """Who this is, for people."""
        return "the caller" if self.record.direction == "inbound" else self.record.recipient

    def note(self, event: str, text: str, **facts: Any) -> None:
        """Add a step to the transcripts that tell of this leg; `text` is for people.

        While `once` is a set, a sentence is noted once: a hold loop says the same for as long as it lasts.
        """
        if self.once is not None and text in self.once:
            return
        if self.once is not None:
            self.once.add(text)
        step = {"at": now().isoformat(), "call": self.record.sid, "event": event, "text": text, **facts}
        for root in filter(None, (self.parent or self, self.story)):
            root.save(steps=(*root.record.steps, step))

    def did(self, event: str, predicate: str, **facts: Any) -> None:
        """Note what this party did or what happened to it."""
        self.note(event, f"{self.party} {predicate}", **facts)

    def move(self, status: str, *, event: str) -> None:
        """Change the status and tell whoever asked for this event."""
        changes: dict[str, Any] = {"status": status}
        if status == "in-progress":
            changes["started"] = now()
        if status in FINAL:
            changes |= {"ended": now(), "duration": self.talked()}
        self.save(**changes)
        self.board.devices.changed(self.record.recipient)
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

    def press(self, keys: str) -> None:
        """Press keys now: a <Gather> that listens takes them, else the next one does."""
        self.keys.append(keys)
        self.pressed.set()

    def interrupt(self, step: Goto | End) -> None:
        """Break into whatever this leg does; a hang-up is not undone by a redirect."""
        if not isinstance(self._interruption, End):
            self._interruption = step
        self._interrupted.set()

    def stir(self) -> None:
        """Let a leg that sits in a conference look again."""
        self._stirred = True
        self._interrupted.set()

    def calm(self) -> None:
        """Forget a stir: the leg is in no conference any more."""
        self._stirred = False
        if self._interruption is None:
            self._interrupted.clear()

    def check(self) -> None:
        """:raises Interrupted: if somebody broke in. :raises Stirred: if there is something to look at."""
        step, stirred = self._interruption, self._stirred
        if step is None and not stirred:
            return
        self._interruption, self._stirred = None, False
        self._interrupted.clear()
        if step is not None:
            raise Interrupted(step)
        raise Stirred

    async def wait(self, seconds: float) -> None:
        """Let time of the call pass.

        :raises Interrupted: as soon as somebody breaks in.
        """
        await self.until(at_most=seconds * self.board.config.time_scale)

    async def until(self, *tasks: "asyncio.Future[Any]", at_most: float | None = None) -> None:
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
        """The form fields of every request about this leg."""
        return parameters(self.board.config.account_sid, self.record)

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
        fields = self.fields() + extra
        self.board.callbacks.plan_request(time.time(), self.progress.url, fields, method=self.progress.method)
