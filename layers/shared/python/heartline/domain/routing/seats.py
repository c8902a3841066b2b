"""Who can be served together where places are independent: a matching that grows along augmenting paths (R18)."""

from collections import defaultdict, deque
from collections.abc import Mapping

from heartline.domain.routing.eligibility import Case
from heartline.domain.routing.floor import Floor
from heartline.domain.routing.model import Waiting

Place = tuple[str, str]
"""An agent and a channel: they have as many seats as the agent has free slots on it."""


class Seats:
    """A seat for each admitted conversation that is not settled yet; who sits where may still change."""

    def __init__(self, floor: Floor, cases: Mapping[str, Case]) -> None:
        self._floor = floor
        self._cases = cases
        self._places: dict[Case, list[Place]] = {}
        self._seated: dict[str, Place] = {}
        self._sitting: dict[Place, list[str]] = defaultdict(list)
        self._rooms: dict[Place, int] = {}
        self._hopeless: set[Case] = set()

    def admit(self, head: Waiting) -> bool:
        """Seat `head`, if need be by moving others; once that fails for a case, it fails for all like it."""
        case = self._cases[head.id]
        if case not in self._hopeless and self._seat(head.id):
            return True
        self._hopeless.add(case)
        return False

    def settle(self, head: Waiting, agent: str) -> bool:
        """Take `head` and one seat of `agent` out, if everybody else still has a seat then."""
        place = agent, head.demand.channel
        if not self._can_spare(place, head.id):
            return False
        self._rooms[place] -= 1
        return True

    def _can_spare(self, place: Place, conversation: str) -> bool:
        """Let `conversation` go, and somebody move if that does not leave a seat of `place` free."""
        before = self._seated[conversation]
        self._leave(conversation)
        if len(self._sitting[place]) < self._room(place):
            return True
        moved = self._sitting[place][-1]
        self._leave(moved)
        if self._seat(moved, less=place):
            return True
        self._sit(moved, place)
        self._sit(conversation, before)
        return False

    def _seat(self, conversation: str, *, less: Place | None = None) -> bool:
        """Find the shortest chain of moves that ends at a free seat, one seat of `less` not counted."""
        reached: dict[Place, str] = {}
        asked: set[Case] = set()
        queue = deque([conversation])
        while queue:
            asking = queue.popleft()
            if self._cases[asking] in asked:
                continue
            asked.add(self._cases[asking])
            for place in self._places_of(asking):
                if place in reached:
                    continue
                reached[place] = asking
                if len(self._sitting[place]) < self._room(place) - (place == less):
                    self._shift(conversation, place, reached)
                    return True
                queue.extend(self._sitting[place])
        return False

    def _shift(self, first: str, place: Place, reached: Mapping[Place, str]) -> None:
        """Move everybody along the chain one seat on."""
        while (mover := reached[place]) != first:
            left = self._seated[mover]
            self._leave(mover)
            self._sit(mover, place)
            place = left
        self._sit(first, place)

    def _places_of(self, conversation: str) -> list[Place]:
        case = self._cases[conversation]
        if case not in self._places:
            self._places[case] = [(agent, case.channel) for agent in self._floor.in_order(case)]
        return self._places[case]

    def _room(self, place: Place) -> int:
        found = self._rooms.get(place)
        if found is None:
            agent, channel = place
            found = self._rooms[place] = self._floor.desk(agent).agent.free(channel)
        return found

    def _sit(self, conversation: str, place: Place) -> None:
        self._seated[conversation] = place
        self._sitting[place].append(conversation)

    def _leave(self, conversation: str) -> None:
        self._sitting[self._seated.pop(conversation)].remove(conversation)
