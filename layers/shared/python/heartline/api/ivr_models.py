"""The shapes of voice menus, both directions."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from heartline.api.models import ErrorResponse, Incoming

_MENU = {"start": "bye", "nodes": {"bye": {"kind": "message", "prompt": "Goodbye."}}}


class MenuDraft(Incoming):
    """A menu as docs/ivr.md describes it; null is an inbox without one."""

    menu: dict[str, Any] | None = Field(examples=[_MENU])


class MenuRequest(MenuDraft):
    """A menu to store, and the version that it was made from."""

    version: str = Field(min_length=1, max_length=64, examples=["0a1b2c3d4e5f6071"])


class FindingResponse(BaseModel):
    """Something that is wrong with a menu; `node` and `field` are empty where the whole is meant."""

    severity: Literal["error", "warning"] = Field(examples=["error"])
    node: str = Field(examples=["main"])
    field: str = Field(examples=["choices[1].to"])
    problem: str = Field(examples=["“2 help” leads nowhere"])


class BoxResponse(BaseModel):
    """A node in the diagram; `x` and `y` are its left upper corner in pixels."""

    name: str = Field(examples=["main"])
    kind: str = Field(examples=["menu"])
    summary: str = Field(examples=["For billing, press 1."])
    x: int = Field(examples=[304])
    y: int = Field(examples=[24])
    layer: int = Field(examples=[1])


class ArrowResponse(BaseModel):
    """A way between two nodes; `path` is what SVG draws, the label stands at (`x`, `y`)."""

    source: str = Field(examples=["main"])
    to: str = Field(examples=["billing"])
    label: str = Field(examples=["1"])
    path: str = Field(examples=["M208,52 C256,52 256,52 304,52"])
    x: int = Field(examples=[256])
    y: int = Field(examples=[46])
    chosen: bool = Field(examples=[True])
    back: bool = Field(examples=[False])


class DrawingResponse(BaseModel):
    """The diagram, from left to right."""

    width: int = Field(examples=[520])
    height: int = Field(examples=[104])
    box_width: int = Field(examples=[184])
    box_height: int = Field(examples=[56])
    boxes: list[BoxResponse]
    arrows: list[ArrowResponse]


class CheckedResponse(BaseModel):
    """What is wrong with a menu, and its diagram; null where it cannot be read."""

    findings: list[FindingResponse]
    drawing: DrawingResponse | None = Field(examples=[None])


class EditResponse(BaseModel):
    """Who stored the menu last, and when."""

    by: str = Field(examples=["ana"])
    name: str = Field(examples=["Ana Ruiz"])
    at: str = Field(examples=["2026-03-02T12:00:00.000Z"])


class MenuResponse(CheckedResponse):
    """A menu as it is stored. `can_edit` is for the caller; `skills` are those that anybody has."""

    inbox: str = Field(examples=["support"])
    name: str = Field(examples=["Support"])
    menu: dict[str, Any] | None = Field(examples=[_MENU])
    version: str = Field(examples=["0a1b2c3d4e5f6071"])
    edit: EditResponse | None = Field(examples=[None])
    can_edit: bool = Field(examples=[True])
    skills: list[str] = Field(examples=[["billing", "en"]])


class MenuErrorResponse(ErrorResponse):
    """A menu that was not stored, with what is wrong with it."""

    findings: list[FindingResponse]
