"""The shapes of texting, both directions: whether a text may go, what it takes, and what the customer wants."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from heartline.api.models import Identifier, Incoming

Number = Annotated[str, Field(max_length=32, examples=["+14155550123"])]
Words = Annotated[str, Field(max_length=1600, examples=["Your parcel leaves today."])]


class TextRequest(Incoming):
    """A text that is being written; without `number` it goes to the one that the customer used last."""

    number: Number = ""
    text: Words = ""


class FirstTextRequest(Incoming):
    """A first text that is being written; `number` is written as it is dialled in the inbox's country, or E.164."""

    inbox: Identifier = Field(examples=["support"])
    number: Number
    text: Words = ""


class ConsentRequest(Incoming):
    """What the customer wants, and how you know. Without `number` it is about the one that they used last."""

    number: Number = ""
    state: Literal["in", "out"] = Field(examples=["out"])
    reason: str = Field(min_length=1, max_length=500, examples=["Asked for it on the phone."])


class RuleResponse(BaseModel):
    """A rule that stands against a text: a code for programs, a sentence for people.

    The codes are `destination`, `opted_out` and `quiet_hours`; the last is overridden with `override_quiet` in a reply.
    """

    code: str = Field(examples=["opted_out"])
    message: str = Field(examples=["+14155550123 gets no texts from +14155550100: the customer opted out."])
    overridable: bool = Field(examples=[False])


class ConsentResponse(BaseModel):
    """What somebody wants of a sender's texts: `state` is in, out, or none where nothing was ever said.

    `source` is keyword, advanced (Twilio's Advanced Opt-Out), refused (Twilio's error 21610), agent or import.
    """

    sender: str = Field(examples=["+14155550100"])
    number: str = Field(examples=["+14155550123"])
    state: Literal["in", "out", "none"] = Field(examples=["out"])
    source: str = Field(examples=["keyword"])
    since: str | None = Field(examples=["2026-03-02T12:00:00.000Z"])
    by: str = Field(examples=["+14155550123"])
    reason: str = Field(examples=["the customer opted out on 2026-03-02 with “STOP”"])


class StatementResponse(BaseModel):
    """One thing that was said: who, when, and the words of the customer or the reason of the agent."""

    state: Literal["in", "out"] = Field(examples=["out"])
    source: str = Field(examples=["keyword"])
    at: str = Field(examples=["2026-03-02T12:00:00.000Z"])
    by: str = Field(examples=["+14155550123"])
    words: str = Field(examples=["STOP"])


class ConsentHistoryResponse(BaseModel):
    """What holds now, and everything that was said, the latest first."""

    consents: list[ConsentResponse]
    history: list[StatementResponse]


class EstimateResponse(BaseModel):
    """What a text takes: `text` is all of it, with the notice. `price` is an estimate, null where none is configured.

    `units` are septets (GSM-7) or UTF-16 units (UCS-2); `flipped_by` is the first character that GSM-7 has not.
    """

    text: str = Field(examples=["Your parcel leaves today."])
    encoding: str = Field(examples=["GSM-7"])
    units: int = Field(examples=[25])
    segments: int = Field(examples=[1])
    flipped_by: str = Field(examples=[""])
    price: str | None = Field(examples=["0.0083"])
    segment_price: str | None = Field(examples=["0.0083"])
    currency: str | None = Field(examples=["USD"])


class TextingResponse(BaseModel):
    """How a text to a number stands: asked once when a text is begun.

    `numbers` are those known of the customer, the latest first. `line` is what the numbering plan says of the number.
    `against` are the rules that refuse it; `can_text` is whether there is none, save those that can be overridden.
    `quiet_until` is set in quiet hours. `notice` is what stands below the first text to somebody who never wrote.
    """

    sender: str = Field(examples=["+14155550100"])
    service: str = Field(examples=[""])
    number: str = Field(examples=["+14155550123"])
    numbers: list[str] = Field(examples=[["+14155550123"]])
    country: str = Field(examples=["US"])
    line: str = Field(examples=["landline or mobile"])
    can_text: bool = Field(examples=[True])
    against: list[RuleResponse]
    consents: list[ConsentResponse]
    quiet_until: str | None = Field(examples=[None])
    notice: str = Field(examples=[""])
    estimate: EstimateResponse
