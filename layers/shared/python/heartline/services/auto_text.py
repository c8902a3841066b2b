"""Sends a text that no person wrote, such as the one after a missed call: within every rule of texts, or it is held.

Nobody can insist on behalf of a machine: in quiet hours, and over a cap, it waits on the held list for a person.
"""

from dataclasses import dataclass, replace
from typing import Protocol

from heartline.domain.caps import Capped
from heartline.domain.errors import TheirFault
from heartline.domain.held import Held
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import preview_of
from heartline.domain.messages import Channel, Direction
from heartline.domain.outbound import Draft
from heartline.domain.quiet_hours import Quiet
from heartline.observability import count
from heartline.services.ports import Clock, Configuration
from heartline.services.reply import Answer


class HeldTexts(Protocol):
    """Where a text waits for a decision."""

    def hold(self, held: Held) -> None:
        """List it; holding it twice changes nothing."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoText:
    """Every step may be repeated: the request names what the text is about."""

    answer: Answer
    held: HeldTexts
    configuration: Configuration
    clock: Clock

    def __call__(self, conversation: str, inbox: Inbox, *, request: str, text: str, number: str) -> None:
        """Text `number` in an open conversation, once for each `request`; what is refused for good stays unsent."""
        held = Held(
            key=f"text:{request}",
            channel=Channel.SMS,
            direction=Direction.OUTBOUND,
            at=self.clock(),
            reason="",
            inbox=inbox.id,
            sender=next(iter(inbox.sms_numbers), ""),
            recipient=number,
            preview=preview_of(text),
            raw=text.encode(),
            conversation=conversation,
        )
        self._send(held, override_quiet=False)

    def release(self, held: Held) -> bool:
        """Send what was held, whatever the hour: a person has decided that it may go. False while a cap is reached."""
        return self._send(held, override_quiet=True)

    def _send(self, held: Held, *, override_quiet: bool) -> bool:
        draft = Draft(
            request_id=held.key,
            channel=Channel.SMS,
            text=held.raw.decode(),
            seen="",
            recipient=held.recipient,
            override_quiet=override_quiet,
        )
        try:
            self.answer.reply(held.conversation, draft, agent=None, inboxes=self.configuration.company().inboxes)
        except (Quiet, Capped) as waits:
            self.held.hold(replace(held, reason=str(waits)))
            return False
        except TheirFault:
            count("AutomaticTextRefused")
        return True
