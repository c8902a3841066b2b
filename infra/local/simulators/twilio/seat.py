"""One participant of a conference: how it was let in, what it may do now, and what a status callback says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from infra.local.simulators.twilio.leg import FINAL, Leg
from infra.local.simulators.twilio.records import now
from infra.local.simulators.twilio.signing import Fields

_DIALLING: Final = {"queued": "queued", "ringing": "ringing"}


@dataclass(slots=True, kw_only=True)
class Seat:
    """A leg's place in a conference, taken (`joined`) or kept for it while its phone rings.

    `attributes` are those of its <Conference>, whose relative links start at `base`. `ousted` is why it has to go.
    """

    leg: Leg
    attributes: Mapping[str, str]
    base: str
    created: datetime = field(default_factory=now)
    updated: datetime = field(default_factory=now)
    joined: datetime | None = None
    left: datetime | None = None
    muted: bool = False
    hold: bool = False
    hold_url: str = ""
    hold_method: str = "GET"
    ends: bool = False
    ousted: str = ""

    def __post_init__(self) -> None:
        self.muted = self.says("muted", default="false")
        self.ends = self.says("endConferenceOnExit", default="false")

    @property
    def label(self) -> str:
        return self.attributes.get("participantLabel", "")

    @property
    def starts(self) -> bool:
        return self.says("startConferenceOnEnter", default="true")

    @property
    def inside(self) -> bool:
        return self.joined is not None and self.left is None

    @property
    def status(self) -> str:
        """Twilio's word; source: the enumeration `participant_enum_status` of its OpenAPI."""
        if self.leg.record.status in FINAL:
            return "complete" if self.joined else "failed"
        return "connected" if self.joined else _DIALLING.get(self.leg.record.status, "connecting")

    def says(self, attribute: str, *, default: str) -> bool:
        return self.attributes.get(attribute, default) == "true"

    def listed(self, attribute: str) -> list[str]:
        return self.attributes.get(attribute, "").replace(",", " ").split()

    def link(self, attribute: str) -> str:
        """An absolute address; empty if the attribute is."""
        link = self.attributes.get(attribute, "")
        return urljoin(self.base, link) if link else ""

    def fields(self) -> Fields:
        """What an event about this participant says.

        Source: https://www.twilio.com/docs/voice/twiml/conference#attributes-status-callback-parameters
        """
        label = (("ParticipantLabel", self.label),) if self.label else ()
        return (
            ("CallSid", self.leg.record.sid),
            *label,
            ("Muted", _word(self.muted)),
            ("Hold", _word(self.hold)),
            ("Coaching", "false"),
            ("EndConferenceOnExit", _word(self.ends)),
            ("StartConferenceOnEnter", _word(self.starts)),
        )


def _word(truth: bool) -> str:
    return "true" if truth else "false"
