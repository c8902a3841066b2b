"""The shapes of what a contact is to us, both directions."""

from pydantic import BaseModel, Field

from heartline.api.models import Incoming


class OwnerResponse(BaseModel):
    """The agent whom a contact belongs to; the name of one who is not configured any more is their id."""

    id: str = Field(examples=["ana"])
    name: str = Field(examples=["Ana Ruiz"])


class KnownContactResponse(BaseModel):
    """A contact: whether they matter more, and whose they are."""

    id: str = Field(examples=["5f0c1d2e3a4b5c6d"])
    name: str = Field(examples=["Maria Lopez"])
    vip: bool = Field(examples=[True])
    owner: OwnerResponse | None = Field(examples=[{"id": "ana", "name": "Ana Ruiz"}])


class KnownContactRequest(Incoming):
    """What a contact is to us from now on; `owner` is an agent of the inbox, or null for nobody."""

    vip: bool = Field(examples=[True])
    owner: str | None = Field(max_length=64, examples=["ana"])
