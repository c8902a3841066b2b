"""A voice menu as a tree in text: every node once, and every way to it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from heartline.domain.ivr.describing import KINDS, summary
from heartline.domain.ivr.model import Exit, Ivr
from heartline.domain.ivr.ways import reachable


def tree(ivr: Ivr) -> str:
    """The tree from the start on; a node that stands there already is only named, what nobody reaches comes last."""
    printer = _Printer(ivr=ivr)
    lines = list(printer.subtree(ivr.start, "", ""))
    lost = [name for name in ivr.nodes if name not in set(reachable(ivr, ivr.start))]
    if lost:
        lines += ["", "no caller can get to:", *(f"  {_told(ivr, name)}" for name in lost)]
    return "\n".join(lines)


@dataclass(slots=True)
class _Printer:
    """Remembers what is printed already."""

    ivr: Ivr
    seen: set[str] = field(default_factory=set)

    def subtree(self, name: str, lead: str, below: str) -> Iterator[str]:
        """A node and what it leads to; `lead` stands before it, `below` before what comes under it."""
        if name not in self.ivr.nodes:
            yield f"{lead}{name or 'nowhere'} (there is no such node)"
            return
        if name in self.seen:
            yield f"{lead}↩ {name}"
            return
        self.seen.add(name)
        yield f"{lead}{_told(self.ivr, name)}"
        exits = list(self.ivr.nodes[name].exits())
        for exit_ in exits:
            yield from self._branch(exit_, below, last=exit_ is exits[-1])

    def _branch(self, exit_: Exit, below: str, *, last: bool) -> Iterator[str]:
        corner, rail = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from self.subtree(exit_.to, f"{below}{corner}{exit_.label} → ", below + rail)


def _told(ivr: Ivr, name: str) -> str:
    node = ivr.nodes[name]
    return f"{name} ({KINDS[type(node)].replace('_', '-')}) {summary(node, ivr)}"
