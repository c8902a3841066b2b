"""When written work may be offered: the opening hours of its inbox (R12)."""

from dataclasses import dataclass, field
from datetime import datetime

from heartline.domain.conversations import Conversation
from heartline.domain.hours import Hours
from heartline.domain.messages import Channel
from heartline.domain.routing.heads import Intervals
from heartline.services.ports import Configuration
from heartline.services.routing_ports import RoutingClass

Spell = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessHours:
    """Implements `services.routing_ports.Calendar` from the configuration.

    A call is always answered: the menu has asked for the hours, and whoever it let into the line is not left there
    because a door closes meanwhile.
    """

    configuration: Configuration
    known: dict[str, tuple[Hours, datetime, Spell | None]] = field(default_factory=dict)

    def hours(self, head: Conversation, now: datetime) -> Intervals | None:
        hours = self._hours(head.inbox, head.routing_channel)
        if hours is None:
            return None
        spell = self._spell(head.inbox, hours, now)
        return ((spell[0].timestamp(), spell[1].timestamp()),) if spell else ()

    def reply_window(self, head: Conversation) -> float:  # noqa: ARG002 - the port's word
        return self.configuration.company().routing.reply_window

    def opens(self, routing_class: RoutingClass, now: datetime) -> datetime | None:
        hours = self._hours(routing_class.inbox, routing_class.channel)
        if hours is None:
            return now
        spell = self._spell(routing_class.inbox, hours, now)
        return max(spell[0], now) if spell else None

    def _hours(self, inbox: str, channel: str) -> Hours | None:
        found = self.configuration.company().inbox(inbox) if channel != Channel.VOICE else None
        return found.hours if found else None

    def _spell(self, inbox: str, hours: Hours, now: datetime) -> Spell | None:
        """It costs a look at a time zone, and a tick asks for each of many conversations."""
        known = self.known.get(inbox)
        if known is not None and known[0] is hours and known[1] <= now and (known[2] is None or now < known[2][1]):
            return known[2]
        spell = hours.spell(now)
        self.known[inbox] = hours, now, spell
        return spell
