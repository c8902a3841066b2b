"""What is wrong with a menu, as one sentence with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from heartline.domain.ivr.model import Ivr, Node, Prompt


class Severity(StrEnum):
    """An error would lose a caller, and is never stored; a warning is somebody's judgement."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`node` and `field` are the place; both are empty where the menu as a whole is meant."""

    severity: Severity
    node: str
    field: str
    problem: str

    @property
    def place(self) -> str:
        return f"{self.node}.{self.field}".strip(".") or "ivr"


def error(problem: str, *, node: str = "", field: str = "") -> Finding:
    return Finding(severity=Severity.ERROR, node=node, field=field, problem=problem)


def warning(problem: str, *, node: str = "", field: str = "") -> Finding:
    return Finding(severity=Severity.WARNING, node=node, field=field, problem=problem)


def prompts_of(ivr: Ivr) -> Iterator[tuple[str, str, Prompt]]:
    """Everything that the menu says, with its node and field."""
    yield "", "voicemail", ivr.voicemail
    for node in ivr.nodes.values():
        for field in ("prompt", "sorry"):
            yield node.name, field, _prompt(node, field)


def _prompt(node: Node, field: str) -> Prompt:
    prompt = getattr(node, field, None)
    return prompt if isinstance(prompt, Prompt) else Prompt()
