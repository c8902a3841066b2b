"""Who waits, by class and in order, so that a matching looks at those who can be served and not at a whole backlog.

What it leaves out could not have been served: of conversations that ask the same, no younger one is served before an
older one, and no more of them than there are free slots on their channel.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping

from heartline.domain.routing.model import Demand, Waiting
from heartline.domain.routing.ranking import urgency

Key = tuple[int, float, str]
Class = tuple[Demand, int, float]


class Line:
    """The waiting conversations. One with a history of its own (declines, a preference) is always looked at."""

    def __init__(self) -> None:
        self._plain: dict[Class, list[Key]] = defaultdict(list)
        self._heads: dict[str, Waiting] = {}
        self._special: dict[str, Waiting] = {}

    def __contains__(self, conversation: str) -> bool:
        return conversation in self._heads or conversation in self._special

    @property
    def channels(self) -> set[str]:
        """The channels that somebody waits on."""
        channels = {demand.channel for (demand, *_), keys in self._plain.items() if keys}
        return channels | {head.demand.channel for head in self._special.values()}

    @property
    def has_special(self) -> bool:
        return bool(self._special)

    def join(self, head: Waiting) -> None:
        """Stand in line, where the age of the conversation puts it."""
        if head.declines or head.preference or head.heated or head.hours is not None:
            self._special[head.id] = head
            return
        self._heads[head.id] = head
        insort(self._plain[_class(head)], urgency(head))

    def leave(self, conversation: str) -> None:
        if self._special.pop(conversation, None) is None:
            head = self._heads.pop(conversation)
            keys = self._plain[_class(head)]
            del keys[bisect_left(keys, urgency(head))]

    def front(self, free: Mapping[str, int]) -> Iterator[Waiting]:
        """Those who may be served now; `free` are the free slots of all agents by channel."""
        yield from (head for head in self._special.values() if free.get(head.demand.channel))
        for (demand, *_), keys in self._plain.items():
            for _, _, conversation in keys[: free.get(demand.channel, 0)]:
                yield self._heads[conversation]


def _class(head: Waiting) -> Class:
    return head.demand, head.band, head.boost
