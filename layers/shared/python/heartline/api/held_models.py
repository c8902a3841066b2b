"""The shapes of the held list and of a mail's source."""

from typing import Literal

from pydantic import BaseModel, Field

from heartline.api.models import Identifier, Incoming


class ReleaseRequest(Incoming):
    """Where a held thing goes; an automatic mail needs no inbox."""

    inbox: Identifier | None = Field(default=None, examples=["support"])


class HeldResponse(BaseModel):
    """Something that waits for a decision. `inbox` is null where none owns it; `releasing` was decided already."""

    id: str = Field(examples=["c21zI1NNMDEyMw"])
    direction: Literal["inbound", "outbound"] = Field(examples=["inbound"])
    channel: str = Field(examples=["sms"])
    inbox: str | None = Field(examples=[None])
    at: str = Field(examples=["2026-03-02T12:00:00.000Z"])
    reason: str = Field(examples=["No inbox has this number."])
    sender: str = Field(alias="from", examples=["+12025550143"])
    to: str = Field(examples=["+12025550199"])
    subject: str = Field(examples=["My order"])
    preview: str = Field(examples=["Where is my parcel?"])
    conversation: str | None = Field(examples=[None])
    releasing: bool = Field(examples=[False])


class HeldPage(BaseModel):
    """A page of the held list, the most recent first."""

    items: list[HeldResponse]
    next: str | None = Field(examples=["MjAyNi0wMy0wMlQxMjowMDowMC4wMDBaI3NtcyNTTTE"])


class SourceResponse(BaseModel):
    """A link to a raw mail that works for five minutes."""

    url: str = Field(examples=["https://mails.example.com/raw/0a1b2c?X-Amz-Expires=300"])
