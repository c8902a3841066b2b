"""Who is in a call, and what was asked about them: parties, wishes that are not done yet, transfers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

CUSTOMER: Final = "customer"
"""The label of the customer's own leg; agents' are `agent-<attempt>`, further parties `consult-<n>`."""


class PartyKind(StrEnum):
    """Whose leg it is."""

    CUSTOMER = "customer"
    AGENT = "agent"
    NUMBER = "number"


class PartyState(StrEnum):
    """Where a leg is.

    `WAITING` is a customer in our line, or a party that is yet to be rung; `PLACING` one without an outcome yet.
    """

    WAITING = "waiting"
    PLACING = "placing"
    RINGING = "ringing"
    JOINED = "joined"
    HELD = "held"
    LEFT = "left"


PROGRESS: Final = {
    PartyState.WAITING: 0,
    PartyState.PLACING: 1,
    PartyState.RINGING: 2,
    PartyState.JOINED: 3,
    PartyState.HELD: 3,
    PartyState.LEFT: 4,
}
"""A report moves a leg forward only: they come late, twice and out of order."""

TALKING: Final = (PartyState.JOINED, PartyState.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One leg of a call. `who` is an agent's id, or a number (E.164); `sid` is empty until Twilio has named it.

    `why` says how it ended: "busy", "no-answer", "failed", or empty. `talked` is whether it was ever connected.
    """

    label: str
    kind: PartyKind
    who: str
    state: PartyState
    sid: str = ""
    muted: bool = False
    why: str = ""
    talked: bool = False

    @property
    def here(self) -> bool:
        """Whether it is in the call, or may still come."""
        return self.state is not PartyState.LEFT

    @property
    def talking(self) -> bool:
        return self.state in TALKING


class Mode(StrEnum):
    """Whether the agent leaves at once, or talks with the other first."""

    COLD = "cold"
    WARM = "warm"


class Consult(StrEnum):
    """How an agent goes on from a warm transfer."""

    COMPLETE = "complete"
    CANCEL = "cancel"
    MERGE = "merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """To whom a call is handed, by whom and with what note: exactly one of `agent`, `skill` and `number`.

    `label` is the leg that is rung for it, where there is one; `merged` says that all talk with each other.
    """

    mode: Mode
    note: str
    by: str
    agent: str = ""
    skill: str = ""
    number: str = ""
    label: str = ""
    merged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """What was asked for and is not so yet: None and empty where nothing was.

    `hold` is about the customer, `muted` maps a label to whether it should be, `recording` is False for a pause.
    `ends` are the labels of legs that are to be ended.
    """

    hold: bool | None = None
    muted: Mapping[str, bool] = field(default_factory=dict)
    recording: bool | None = None
    ends: tuple[str, ...] = ()
