"""WhatsApp's own rules: how long a customer may be answered freely, and the templates that may be sent at any time.

Source: https://www.twilio.com/docs/whatsapp/key-concepts and
https://www.twilio.com/docs/content/using-variables-with-content-api
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from heartline.domain.errors import Invalid, Refused
from heartline.domain.messages import Channel, Direction, Message

SESSION: Final = timedelta(hours=24)
"""For so long after each message of theirs a customer may be sent anything; later, templates alone."""

OUTSIDE: Final = "63016"
"""Twilio's code for a free message outside of a session."""

VALUE_LENGTH: Final = 1024
_PLACE: Final = re.compile(r"\{\{(\w{1,64})\}\}")
_BROKEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]| {5}")
"""What WhatsApp takes in no value: line breaks, tabs, and more than four blanks in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Words that WhatsApp has approved. `sid` is Twilio's name of it (`HX…`), `language` a BCP 47 tag.

    `body` is what an agent and the timeline see of it, with places such as `{{1}}`.
    """

    sid: str
    name: str
    language: str
    body: str

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of its places, in the order of their first appearance."""
        return tuple(dict.fromkeys(_PLACE.findall(self.body)))

    def filled(self, values: Mapping[str, str]) -> str:
        """Its words with a value in each place; raises `Invalid` naming the first that is missing, empty or broken."""
        for name in self.variables:
            if not values.get(name, "").strip():
                raise Invalid(f"The template {self.name} needs a value for {{{{{name}}}}}.")
        for name, value in values.items():
            self._check(name, value)
        return _PLACE.sub(lambda place: values[place[1]], self.body)

    def _check(self, name: str, value: str) -> None:
        if name not in self.variables:
            raise Invalid(f"The template {self.name} has no place {{{{{name[:64]}}}}}.")
        if len(value) > VALUE_LENGTH or _BROKEN.search(value):
            raise Invalid(
                f"The value for {{{{{name}}}}} has to stand on one line of {VALUE_LENGTH} characters at most."
            )


def session_from(at: datetime) -> datetime:
    """Until when a customer who wrote at `at` may be answered freely."""
    return at + SESSION


def session_of(messages: Iterable[Message]) -> datetime | None:
    """Until when the latest WhatsApp message of the customer's among `messages` lets us answer freely."""
    theirs = (m.at for m in messages if m.channel is Channel.WHATSAPP and m.direction is Direction.INBOUND)
    return max(map(session_from, theirs), default=None)


def check_session(until: datetime | None, at: datetime) -> None:
    """Raise `Refused` if a free message at `at` would be outside of the session."""
    if until is None or at >= until:
        raise Refused(
            "The customer has not written on WhatsApp for 24 hours: WhatsApp takes only a template now.", reason=OUTSIDE
        )
