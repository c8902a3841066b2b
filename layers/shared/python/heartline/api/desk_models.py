"""What people ask of routing by hand, and what is told of them: presence, snoozing, priority, the end of a shift."""

from typing import Literal

from pydantic import BaseModel, Field, model_validator

from heartline.api.call_requests import Time
from heartline.api.models import Identifier, Incoming, Named
from heartline.domain.routing.by_hand import LONGEST_WORDS

LONGEST_REASON = 200
"""Characters of why somebody is away: colleagues read it in a list."""


class PresenceRequest(Incoming):
    """What an agent chooses to be, why, and when they mean to be back.

    DRAINING is the end of a shift: nothing new, and what is there is finished.
    """

    presence: Literal["ONLINE", "AWAY", "OFFLINE", "DRAINING"] = Field(examples=["AWAY"])
    reason: str = Field(default="", max_length=LONGEST_REASON, examples=["Lunch"])
    returns_at: Time | None = Field(default=None, examples=["2026-03-02T13:00:00Z"])


class AssignRequest(Incoming):
    """Who gets the conversation; null gives it back to the queue. Another agent is told why in a note."""

    agent: Identifier | None = Field(examples=["ben"])
    note: str = Field(default="", max_length=LONGEST_WORDS, examples=["Has paid twice; the refund is to be made."])


class AnswerRequest(Incoming):
    """The answer to an offer. `offered_until` is when the offer ends that was seen; without it any that is there."""

    offered_until: Time | None = Field(default=None, examples=["2026-03-02T12:00:30.000Z"])


class PriorityRequest(Incoming):
    """Another place in the order: the band (1 is served first), and seconds of age on top. Null leaves it as it is."""

    band: int | None = Field(default=None, ge=1, le=99, examples=[2])
    boost: int | None = Field(default=None, ge=0, le=86_400, examples=[600])
    reason: str = Field(max_length=LONGEST_WORDS, examples=["The event is tonight."])

    @model_validator(mode="after")
    def _something(self) -> "PriorityRequest":
        if self.band is None and self.boost is None:
            raise ValueError("name a band, a boost, or both")
        return self


class EscalateRequest(Incoming):
    """The pool that is to go on, and what they need to know."""

    pool: Identifier = Field(examples=["second"])
    note: str = Field(default="", max_length=LONGEST_WORDS, examples=["Wants to cancel; asks for a manager."])


class SnoozeRequest(Incoming):
    """Until when it is put aside; null: until the customer writes. `seen` is the latest message that was read."""

    until: Time | None = Field(examples=["2026-03-03T09:00:00+01:00"])
    seen: str = Field(default="", max_length=64, examples=["5f2c9a1b7d3e4f608192"])


class HeatedRequest(Incoming):
    """Whether the conversation is heated, as the agent sees it."""

    heated: bool = Field(examples=[False])


class HandOverRequest(Incoming):
    """Where everything goes that the caller still has: an agent, a pool, or the queue; exactly one of them."""

    agent: Identifier | None = Field(default=None, examples=["ben"])
    pool: Identifier | None = Field(default=None, examples=[None])
    queue: bool = Field(default=False, examples=[False])
    note: str = Field(default="", max_length=LONGEST_WORDS, examples=["My shift is over. All were answered today."])

    @model_validator(mode="after")
    def _one_target(self) -> "HandOverRequest":
        if sum((self.agent is not None, self.pool is not None, self.queue)) != 1:
            raise ValueError("name exactly one of agent, pool and queue")
        return self


class KeptResponse(BaseModel):
    """A conversation that did not move, and why in a sentence."""

    conversation: str = Field(examples=["1hqz3v7k2c9d4m0x"])
    why: str = Field(examples=["You are on the phone with this customer: use the transfer of the call."])


class HandedOverResponse(BaseModel):
    """What became of everything that the caller had."""

    moved: list[str] = Field(examples=[["1hqz3v7k2c9d4m0x"]])
    kept: list[KeptResponse]


class ColleagueResponse(Named):
    """An agent who shares an inbox with the caller, and how they stand. `draining` says that they are finishing up."""

    presence: str = Field(examples=["AWAY"])
    reason: str = Field(examples=["Lunch"])
    returns_at: str | None = Field(examples=["2026-03-02T13:00:00.000Z"])
    draining: bool = Field(examples=[False])


class ColleaguesResponse(BaseModel):
    """Whom, and which pools, work can be handed to; a pool's name is what people call it."""

    agents: list[ColleagueResponse]
    pools: list[Named]
