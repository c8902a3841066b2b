"""The dialer's last task: a text to a customer who called and reached nobody."""

from dataclasses import dataclass

from heartline.domain.call_due import Task
from heartline.domain.calls import Call, changed
from heartline.domain.conversations import Conversation
from heartline.domain.missed import text_after
from heartline.services.dial_ports import Dialling


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingUp:
    """The text names its call, so that it is sent once although a crash comes before that is written down."""

    parts: Dialling

    def text(self, call: Call, _head: Conversation | None, _task: Task) -> None:
        board, number = self.parts.board, call.caller.address
        inbox = board.inbox(call.inbox)
        words = text_after(call, inbox, self.parts.look_up(number).kind) if inbox.voice_rules.missed_text else ""
        if words:
            self.parts.texts()(call.conversation, inbox, request=f"missed#{call.id}", text=words, number=number)
        board.store.apply(changed(call, at=board.now(), followed_up=True))
