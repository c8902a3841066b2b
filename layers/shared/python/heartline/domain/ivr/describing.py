"""A node in a few words, for the diagram and the tree."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from heartline.domain.ivr.model import (
    ByHours,
    CallBack,
    InLanguage,
    Ivr,
    Menu,
    Message,
    Node,
    Prompt,
    Queue,
    Say,
    Target,
    Transfer,
    Voicemail,
)

KINDS: Final[Mapping[type, str]] = {
    Menu: "menu",
    Say: "say",
    ByHours: "hours",
    InLanguage: "language",
    Queue: "queue",
    Voicemail: "voicemail",
    CallBack: "call_back",
    Message: "message",
    Transfer: "transfer",
}
"""What a node is called in the configuration."""

_LONGEST: Final = 60


def summary(node: Node | Target, ivr: Ivr) -> str:
    """What a node does, on one line of at most 60 characters."""
    words = " ".join(_SUMMARIES[type(node)](node, ivr).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _said(prompt: Prompt, ivr: Ivr) -> str:
    _, spoken = prompt.in_language(ivr.language)
    return spoken.text or spoken.audio.rpartition("/")[2]


def _work(node: Queue | CallBack, _ivr: Ivr) -> str:
    skills = ", ".join(f"{skill} {level}" for skill, level in node.requires.items()) or "anybody"
    priority = f" · priority {node.band}" if node.band else ""
    return f"{node.label}: {skills}{priority}" if node.label else f"{skills}{priority}"


_SUMMARIES: Final[Mapping[type, Callable[[Any, Ivr], str]]] = {
    Menu: lambda node, ivr: _said(node.prompt, ivr),
    Say: lambda node, ivr: _said(node.prompt, ivr),
    ByHours: lambda _node, _ivr: "by the opening hours",
    InLanguage: lambda node, _ivr: f"speaks {node.language} from here on",
    Queue: _work,
    CallBack: _work,
    Voicemail: lambda node, ivr: _said(node.prompt, ivr) or node.label or "takes a message",
    Message: lambda node, ivr: _said(node.prompt, ivr) or "ends the call",
    Transfer: lambda node, _ivr: node.number,
}
