"""The configuration as a document that a person changes, and who did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who stored a menu last in the inbox's settings (an agent's id), and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The configuration as it was written, and who last changed the menu of which inbox."""

    document: dict[str, Any]
    edits: Mapping[str, Edit]


class Documents(Protocol):
    """The configuration as a document."""

    def written(self) -> Written:
        """Read it as it is now; raises `NotFound` if there is none."""
        ...

    def change(self, before: Written, after: Written) -> None:
        """Write `after` over `before`; raises `Contended` if something else stands there by now."""
        ...
