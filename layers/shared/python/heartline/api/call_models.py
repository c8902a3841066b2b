"""The shapes of calls and phones as the API answers them."""

from typing import Literal

from pydantic import BaseModel, Field

Can = Literal[
    "decline",
    "hold",
    "mute",
    "recording",
    "transfer",
    "consult_complete",
    "consult_cancel",
    "consult_merge",
    "hang_up",
    "wrap_up",
    "cancel",
]


class PhoneResponse(BaseModel):
    """Where the agent is rung; `number` is their telephone as it is configured, or empty."""

    device: Literal["browser", "phone"] = Field(examples=["browser"])
    number: str = Field(examples=["+14155550111"])


class VoiceTokenResponse(BaseModel):
    """What the browser's phone registers with, under the name `identity`, until `expires`."""

    token: str = Field(examples=["eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImN0eSI6InR3aWxpby1mcGE7dj0xIn0.e30.c2ln"])
    identity: str = Field(examples=["ana"])
    expires: str = Field(examples=["2026-03-02T12:30:00.000Z"])


class PartyResponse(BaseModel):
    """Somebody in a call. `id` is an agent's id or a number; both it and the name may be empty (withheld)."""

    label: str = Field(examples=["agent-1"])
    kind: Literal["customer", "agent", "number"] = Field(examples=["agent"])
    id: str = Field(examples=["ana"])
    name: str = Field(examples=["Ana Ruiz"])
    state: Literal["waiting", "placing", "ringing", "joined", "held", "left"] = Field(examples=["joined"])
    muted: bool = Field(examples=[False])


class HandoverResponse(BaseModel):
    """Who passes a call on, and what they have to say about it."""

    by: str = Field(examples=["Ana Ruiz"])
    note: str = Field(examples=["Wants the refund on another card."])


class CallResponse(BaseModel):
    """A call or a call-back. `can` is what the asking agent can do with it now; times are RFC 3339 in UTC.

    `number` is the customer's, empty where it was withheld; `verified` is what their network vouched for: "A" (the
    number is theirs), "B", "C", "failed" (the number is forged or was altered), or empty (it said nothing). `device` is
    where its agent is rung, and `offer_expires` until when. `handover` is the note of the colleague who passes it on.
    `subject` is the conversation's. `problem` is what went wrong last, in plain words.
    """

    id: str = Field(examples=["CA0123456789abcdef0123456789abcdef"])
    direction: Literal["inbound", "outbound"] = Field(examples=["inbound"])
    state: str = Field(examples=["in_progress"])
    purpose: Literal["", "dial", "call_back"] = Field(examples=[""])
    inbox: str = Field(examples=["support"])
    conversation: str = Field(examples=["1hqz3v7k2c9d4m0x"])
    subject: str = Field(examples=["Where is my parcel?"])
    number: str = Field(examples=["+14155550123"])
    name: str = Field(examples=["Eva Lind"])
    our_number: str = Field(examples=["+14155550100"])
    verified: str = Field(examples=["A"])
    agent: str | None = Field(examples=["ana"])
    choice: str = Field(examples=["Orders"])
    queued_at: str | None = Field(examples=["2026-03-02T12:00:10.000Z"])
    answered_at: str | None = Field(examples=["2026-03-02T12:00:31.000Z"])
    ended_at: str | None = Field(examples=[None])
    wrap_until: str | None = Field(examples=[None])
    due: str | None = Field(examples=[None])
    tries: int = Field(examples=[0])
    parties: list[PartyResponse]
    recording: Literal["off", "on", "paused"] = Field(examples=["on"])
    problem: str = Field(examples=[""])
    device: Literal["", "browser", "phone"] = Field(examples=["browser"])
    offer_expires: str | None = Field(examples=[None])
    handover: HandoverResponse | None = Field(examples=[None])
    can: list[Can] = Field(examples=[["hold", "mute", "transfer", "hang_up"]])


class CallPage(BaseModel):
    """A page of call-backs, the soonest first."""

    items: list[CallResponse]
    next: str | None = Field(examples=[None])


class TargetAgent(BaseModel):
    """A colleague; `free` says whether they could take a call now, `reason` and `returns_at` why not and until when."""

    id: str = Field(examples=["ben"])
    name: str = Field(examples=["Ben Okoro"])
    presence: str = Field(examples=["ONLINE"])
    reason: str = Field(examples=[""])
    returns_at: str | None = Field(examples=[None])
    free: bool = Field(examples=[True])


class TargetSkill(BaseModel):
    """A skill; `free` counts the colleagues who have it and could take a call now."""

    id: str = Field(examples=["billing"])
    name: str = Field(examples=["billing"])
    free: int = Field(examples=[2])


class TargetsResponse(BaseModel):
    """Whom a call can be transferred to."""

    agents: list[TargetAgent]
    skills: list[TargetSkill]


class CallingResponse(BaseModel):
    """What is to be known before a customer is called: their numbers, their time zone, when the inbox opens next.

    The zone is null where their country has several; `next_opening` is null while the inbox is open.
    """

    numbers: list[str] = Field(examples=[["+14155550123"]])
    zone: str | None = Field(examples=[None])
    next_opening: str | None = Field(examples=[None])


class BlockedCallerResponse(BaseModel):
    """A number whose calls a lead does not want."""

    number: str = Field(examples=["+14155550199"])
    treatment: Literal["reject", "voicemail"] = Field(examples=["reject"])
    reason: str = Field(examples=["Threats, on 2 March."])
    by: str = Field(examples=["Lea Vogt"])
    at: str = Field(examples=["2026-03-02T12:04:10.250Z"])


class BlockedCallerPage(BaseModel):
    """A page of blocked numbers, the latest first."""

    items: list[BlockedCallerResponse]
    next: str | None = Field(examples=[None])
