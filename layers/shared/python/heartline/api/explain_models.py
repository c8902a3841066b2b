"""The shapes of an explanation: why this agent or nobody yet, the place in line, the expected wait."""

from typing import Literal

from pydantic import BaseModel, Field

Rule = Literal["presence", "channel", "pool", "skill", "excluded", "slot", "units", "blocked"]
"""The rules that keep an agent from a conversation, as `domain.routing.model.Refusal` has them."""

Reason = Literal["hours", "preferred", "nobody"]
"""What a conversation waits for, as `domain.routing.model.Why` has it."""

_WORDS = "is on a call, and a call keeps mails away"
_BASIS = "About four in five waits are within this range, judged by the latest 20 who left this line in 34 min."


class PersonResponse(BaseModel):
    """An agent, by id and name."""

    agent: str = Field(examples=["ana"])
    name: str = Field(examples=["Ana Ruiz"])


class RefusedResponse(PersonResponse):
    """An agent who was refused, by which rule, and why in words that go behind the name."""

    refused: Rule = Field(examples=["blocked"])
    words: str = Field(examples=["had work that kept it away"])


class CandidateResponse(PersonResponse):
    """An agent with their rank among those who can take it now (1 is first), or the rule that refuses them.

    `words` go behind the name.
    """

    rank: int | None = Field(examples=[None])
    refused: Rule | None = Field(examples=["blocked"])
    words: str = Field(examples=[_WORDS])


class GroupResponse(BaseModel):
    """How many agents of the pools the same is said of: a refusal, `outside` the inbox, or null: they can take it.

    `names` are the first of them; those outside the inbox are not named.
    """

    refused: Rule | Literal["outside"] | None = Field(examples=["slot"])
    count: int = Field(examples=[212])
    words: str = Field(examples=["have no free place"])
    names: list[str] = Field(examples=[["Ana Ruiz", "Ben Okoro"]])


class StepResponse(BaseModel):
    """The step that is open (0 is the first), and what the next will ask for."""

    index: int = Field(examples=[0])
    next_in_seconds: int = Field(examples=[40])
    next_requires: dict[str, int] = Field(examples=[{"fr": 1}])
    words: str = Field(examples=["In 40 s the level of French that is needed falls from 4 to 1."])


class PoolResponse(BaseModel):
    """A pool that may serve it, and in how many seconds; null once it does."""

    name: str = Field(examples=["over"])
    label: str = Field(examples=["Second line"])
    open: bool = Field(examples=[False])
    opens_in: int | None = Field(examples=[120])


class PreferredResponse(PersonResponse):
    """Whom it is kept for, and until when."""

    until: str = Field(examples=["2026-03-02T14:02:00.000Z"])


class DeclinedResponse(PersonResponse):
    """An agent whose no still counts."""

    at: str = Field(examples=["2026-03-02T14:03:00.000Z"])


class DecidedResponse(BaseModel):
    """The latest decision as it was stored. `agent` is null where it went on waiting, and then `why` says what for.

    `order` are the first who could take it, by rank; `refused` some of the others.
    """

    at: str = Field(examples=["2026-03-02T14:01:10.000Z"])
    agent: str | None = Field(examples=["ben"])
    name: str | None = Field(examples=["Ben Okoro"])
    why: Reason | None = Field(examples=[None])
    sentence: str = Field(examples=["Ben Okoro was first of 3 who could take it."])
    order: list[PersonResponse]
    refused: list[RefusedResponse]


class PlaceResponse(BaseModel):
    """The place among those who ask for the same, from 1; null where more than `of` are before it.

    `exact` says whether `of` are all who wait there. Other work that the same agents serve is not in it.
    """

    position: int | None = Field(examples=[3])
    of: int = Field(examples=[12])
    exact: bool = Field(examples=[True])
    words: str = Field(examples=["3rd of 12 who ask for the same"])


class SharedResponse(BaseModel):
    """Other lines on the same channel that the same agents serve, as they were looked at last.

    `exact` false: there are more.
    """

    lines: int = Field(examples=[2])
    waiting: int = Field(examples=[31])
    exact: bool = Field(examples=[True])
    words: str = Field(examples=["The same agents serve 2 other lines on this channel, where 31 wait."])


class ExpectedResponse(BaseModel):
    """The range that four in five waits like this are within, in whole minutes, and what it is judged by."""

    least_minutes: int = Field(examples=[4])
    most_minutes: int = Field(examples=[11])
    words: str = Field(examples=["4 to 11 min"])
    basis: str = Field(examples=[_BASIS])


class HeatResponse(BaseModel):
    """Whether it is heated, the signs of that, and the agent who had the last word on it."""

    heated: bool = Field(examples=[False])
    signs: list[str] = Field(examples=[[]])
    by: str = Field(examples=[""])


class RoutingResponse(BaseModel):
    """Why a conversation has its agent, or none yet; `sentence` is the answer in one sentence.

    `requires` and `asks` are what is needed now, without the right to work in the inbox. `why` says what it waits for;
    null where somebody could take it now, or where it does not wait. `coming` is what waiting alone will change.
    `expected` is null where nothing tells it, and `unexpected` then says why.
    """

    state: str = Field(examples=["WAITING"])
    channel: str = Field(examples=["email"])
    band: int = Field(examples=[5])
    boost: int = Field(examples=[0])
    enqueued: str | None = Field(examples=["2026-03-02T13:55:00.000Z"])
    waiting_seconds: int | None = Field(examples=[340])
    sentence: str = Field(examples=[f"Nobody can take it now: Ana Ruiz {_WORDS}."])
    requires: dict[str, int] = Field(examples=[{"fr": 2}])
    asks: str = Field(examples=["French 2"])
    step: StepResponse | None = Field(examples=[None])
    pools: list[PoolResponse]
    rules: list[str] = Field(examples=[["French mails"]])
    preferred: PreferredResponse | None = Field(
        examples=[{"agent": "ana", "name": "Ana Ruiz", "until": "2026-03-02T14:02:00.000Z"}]
    )
    why: Reason | None = Field(examples=["nobody"])
    opens: str | None = Field(examples=[None])
    candidates: list[CandidateResponse]
    groups: list[GroupResponse]
    coming: list[str] = Field(examples=[["In 2 min the pool Second line is asked as well."]])
    decided: DecidedResponse | None = Field(examples=[None])
    place: PlaceResponse | None = Field(
        examples=[{"position": 3, "of": 12, "exact": True, "words": "3rd of 12 who ask for the same"}]
    )
    shared: SharedResponse | None = Field(examples=[None])
    expected: ExpectedResponse | None = Field(
        examples=[{"least_minutes": 4, "most_minutes": 11, "words": "4 to 11 min", "basis": _BASIS}]
    )
    unexpected: str = Field(examples=[""])
    declined: list[DeclinedResponse]
    heated: HeatResponse
