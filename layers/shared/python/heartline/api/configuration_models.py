"""The shapes of a configuration's effect, both directions."""

from typing import Any

from pydantic import BaseModel, Field

from heartline.api.models import Incoming

_DOCUMENT = {"inboxes": [{"id": "support", "name": "Support"}], "agents": []}


class ConfigurationDraft(Incoming):
    """A whole configuration as docs/configuration.md describes it."""

    document: dict[str, Any] = Field(examples=[_DOCUMENT])


class MatchedResponse(BaseModel):
    """Conversations of one kind that wait now, and how many agents could take them before and after."""

    words: str = Field(examples=["texts in Support that ask for French 2"])
    waiting: int = Field(examples=[12])
    before: int = Field(examples=[3])
    after: int = Field(examples=[0])
    examples: list[str] = Field(examples=[["3f9a0c7e51d24b86"]])


class TouchedResponse(BaseModel):
    """An agent at work, and what changes for them."""

    id: str = Field(examples=["ana"])
    name: str = Field(examples=["Ana Ruiz"])
    holds: int = Field(examples=[3])
    changes: list[str] = Field(examples=[["moves from the pool main to over"]])


class EffectResponse(BaseModel):
    """What storing the configuration would do now; `sentence` is the most serious of it.

    `exact` is false where more waits than was counted. `policy` holds at once and for all work; `warnings` are about
    the configuration by itself.
    """

    sentence: str = Field(examples=["12 waiting conversations would match nobody."])
    waiting: int = Field(examples=[40])
    exact: bool = Field(examples=[True])
    nobody: list[MatchedResponse]
    fewer: list[MatchedResponse]
    agents: list[TouchedResponse]
    policy: list[str] = Field(examples=[["From now on, email is offered for 30 seconds."]])
    warnings: list[str] = Field(examples=[["Nobody has the skill “French” (fr)."]])
