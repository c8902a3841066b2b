"""What agents ask of calls and phones; unknown fields are refused."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BeforeValidator, Field, model_validator

from heartline.api.models import Identifier, Incoming


def _written(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("write the time as text with its zone, such as 2026-03-02T15:00:00Z")  # noqa: TRY004 - pydantic's own form
    return value


Time = Annotated[AwareDatetime, BeforeValidator(_written)]
Number = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]
Skill = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]


class PhoneRequest(Incoming):
    """Where to be rung from the next call on."""

    device: Literal["browser", "phone"] = Field(examples=["browser"])


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
    due: Time | None = Field(default=None, examples=["2026-03-02T15:00:00Z"])
    number: Number | None = Field(default=None, examples=[None])
    note: str = Field(default="", max_length=2000, examples=["Ask for the order number first."])


class MoveRequest(Incoming):
    """Another time for a planned call-back; null for as soon as somebody is free."""

    due: Time | None = Field(examples=["2026-03-03T09:00:00Z"])


class BlockRequest(Incoming):
    """What the calls of a number get from now on: the busy end of a rejection, or a request for a message."""

    treatment: Literal["reject", "voicemail"] = Field(examples=["reject"])
    reason: str = Field(default="", max_length=500, examples=["Threats, on 2 March."])
