"""The shapes of calls and phones, both directions."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from heartline.api.models import Identifier, Incoming

Number = Annotated[str, Field(pattern=r"^\+[1-9]\d{6,14}$")]
Skill = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
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


class PhoneRequest(Incoming):
    """Where to be rung from the next call on."""

    device: Literal["browser", "phone"] = Field(examples=["browser"])


class PhoneResponse(BaseModel):
    """Where the agent is rung; `number` is their telephone as it is configured, or empty."""

    device: Literal["browser", "phone"] = Field(examples=["browser"])
    number: str = Field(examples=["+14155550111"])


class VoiceTokenResponse(BaseModel):
    """What the browser's phone registers with, under the name `identity`, until `expires`."""

    token: str = Field(examples=["eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImN0eSI6InR3aWxpby1mcGE7dj0xIn0.e30.c2ln"])
    identity: str = Field(examples=["ana"])
    expires: str = Field(examples=["2026-03-02T12:30:00.000Z"])


class SwitchRequest(Incoming):
    """Whether something of a call is to be on."""

    on: bool = Field(examples=[True])


class TransferRequest(Incoming):
    """Whom a call goes to: an agent, whoever has a skill, or a number; exactly one of them.

    A warm transfer talks to them first, and so needs a person: an agent or a number.
    """

    mode: Literal["cold", "warm"] = Field(examples=["warm"])
    note: str = Field(min_length=1, max_length=2000, examples=["Wants the refund on another card."])
    agent: Identifier | None = Field(default=None, examples=["ben"])
    skill: Skill | None = Field(default=None, examples=[None])
    number: Number | None = Field(default=None, examples=[None])

    @model_validator(mode="after")
    def _one_target(self) -> "TransferRequest":
        if sum(target is not None for target in (self.agent, self.skill, self.number)) != 1:
            raise ValueError("name exactly one of agent, skill and number")
        if self.mode == "warm" and self.skill is not None:
            raise ValueError("a warm transfer goes to an agent or a number: nobody is there yet to talk to")
        return self


class ConsultRequest(Incoming):
    """What becomes of the talk with the third party: hand over, go back to the customer, or all three talk."""

    action: Literal["complete", "cancel", "merge"] = Field(examples=["complete"])


class DialRequest(Incoming):
    """Call the customer now: on `number`, else on the conversation's own."""

    request_id: Identifier = Field(examples=["8d0c5a52-7a5b-4a05-8a5f-0b2a6f5b1c22"])
    number: Number | None = Field(default=None, examples=[None])


class CallBackRequest(Incoming):
    """Call the customer later: at `due`, or, where that is null, as soon as somebody is free."""

    request_id: Identifier = Field(examples=["9e1c5a52-7a5b-4a05-8a5f-0b2a6f5b1c22"])
    due: AwareDatetime | None = Field(default=None, examples=["2026-03-02T15:00:00Z"])
    number: Number | None = Field(default=None, examples=[None])
    note: str = Field(default="", max_length=2000, examples=["Ask for the order number first."])


class PartyResponse(BaseModel):
    """Somebody in a call. `id` is an agent's id or a number; both it and the name may be empty (withheld)."""

    label: str = Field(examples=["agent-1"])
    kind: Literal["customer", "agent", "number"] = Field(examples=["agent"])
    id: str = Field(examples=["ana"])
    name: str = Field(examples=["Ana Ruiz"])
    state: Literal["placing", "ringing", "joined", "held", "left"] = Field(examples=["joined"])
    muted: bool = Field(examples=[False])


class CallResponse(BaseModel):
    """A call or a call-back. `can` is what the asking agent can do with it now; times are RFC 3339 in UTC.

    `number` is the customer's, empty where it was withheld; `verified` is what their network vouched for: "A" (the
    number is theirs), "B", "C", "failed" (the number is forged or was altered), or empty (it said nothing). `device` is
    where its agent is rung. `problem` is what went wrong last, in plain words.
    """

    id: str = Field(examples=["CA0123456789abcdef0123456789abcdef"])
    direction: Literal["inbound", "outbound"] = Field(examples=["inbound"])
    state: str = Field(examples=["in_progress"])
    purpose: Literal["", "dial", "call_back"] = Field(examples=[""])
    inbox: str = Field(examples=["support"])
    conversation: str = Field(examples=["1hqz3v7k2c9d4m0x"])
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
    can: list[Can] = Field(examples=[["hold", "mute", "transfer", "hang_up"]])


class CallPage(BaseModel):
    """A page of call-backs, the soonest first."""

    items: list[CallResponse]
    next: str | None = Field(examples=[None])
