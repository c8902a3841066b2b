"""Makes a call what it should be: look, do the one thing that is due, write it, look again. For one call at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from heartline.domain.call_due import Due, Task, alarm, due
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.conversations import Conversation
from heartline.domain.errors import Contended, Unavailable, Uncertain
from heartline.services.dial_legs import Legs
from heartline.services.dial_line import Lining
from heartline.services.dial_ports import Dialling
from heartline.services.dial_text import FollowingUp
from heartline.services.routing_ports import Wake

MOST_TASKS: Final = 30
"""A call that needs more at once is in a circle: its message comes back, and in the end rings the alarm."""

FARTHEST_ALARM: Final = timedelta(minutes=15)
"""The longest delay of an SQS message; what is later is found by the sweep of the minute."""

PAUSES: Final = (0.5, 1.0, 2.0)
"""Seconds before a look is repeated to which nobody had an answer: the queue would take minutes."""

Do = Callable[[Call, Conversation | None, Task], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """The dialer's loop. `alarms` wakes it when a time is reached that nobody reports."""

    parts: Dialling
    alarms: Wake
    sleep: Callable[[float], None]

    def __call__(self, call_id: str, conversation: str = "") -> int:
        """Do what is due on a call, and answer how much that was; `conversation` is what the call belonged to.

        Raises `Unavailable` where the provider or the table has to be asked again.
        """
        doing, pauses = self._doing(), iter(PAUSES)
        for done in range(MOST_TASKS):
            call, head = self._scene(call_id, conversation)
            if call is None:
                return done
            conversation = call.conversation
            task = due(call, head, self.parts.board.now())
            if task is None:
                self._remind(call, done)
                return done
            self._do(doing[task.due], (call, head, task), pauses)
        raise Unavailable(f"call {call_id} is never as it should be")

    def _scene(self, call_id: str, conversation: str) -> tuple[Call | None, Conversation | None]:
        store = self.parts.board.store
        call, head = store.scene(call_id, conversation)
        if call is not None and call.conversation and call.conversation != conversation:
            head = store.head(call.conversation)
        return call, head if call is not None and call.conversation else None

    def _do(self, do: Do, due: tuple[Call, Conversation | None, Task], pauses: Iterator[float]) -> None:
        """Whoever was faster has changed what is due, and whoever did not answer may the next time: look again."""
        try:
            do(*due)
        except Contended:
            return
        except (Unavailable, Uncertain):
            pause = next(pauses, None)
            if pause is None:
                raise
            self.sleep(pause)

    def _doing(self) -> Mapping[Due, Do]:
        lining, legs, following = Lining(parts=self.parts), Legs(parts=self.parts), FollowingUp(parts=self.parts)
        return {
            Due.TAKE_IN: lining.take_in,
            Due.FOLLOW: lining.follow,
            Due.BEGIN: lining.begin,
            Due.LINE_UP: lining.line_up,
            Due.GIVE_UP: lining.give_up,
            Due.WITHDRAW: lining.withdraw,
            Due.GIVE_BACK: lining.give_back,
            Due.PROMISE: lining.promise,
            Due.SETTLE: lining.settle,
            Due.TEXT: following.text,
            Due.TO_LINE: legs.to_line,
            Due.OFFER: legs.offer,
            Due.CONNECT: legs.connect,
            Due.PLACE: legs.place,
            Due.HANG_ON: legs.hang_on,
            Due.PUT_THROUGH: legs.put_through,
            Due.HOLD: legs.hold,
            Due.MUTE: legs.mute,
            Due.RECORD: legs.record,
            Due.END_LEG: legs.end_leg,
            Due.FINISH: legs.finish,
        }

    def _remind(self, call: Call, done: int) -> None:
        """Ask to be woken when the next time is reached; a look that changed nothing has asked before.

        A planned call is written by others; one that is due later than a message can wait is found by the sweep.
        """
        at, now = alarm(call), self.parts.board.now()
        if at is None or not timedelta(0) < at - now <= FARTHEST_ALARM:
            return
        if not done and call.state is not CallState.PLANNED:
            return
        seconds = int((at - now).total_seconds()) + 1
        self.alarms.send([{"due": "call", "call": call.id}], delay_seconds=min(seconds, 900))
