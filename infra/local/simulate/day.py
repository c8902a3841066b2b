"""Runs a day from event to event: expiries, events, one matching, as a replay does, with the world of a replay.

What happens to conversations and agents is the replay's business (`infra.local.replay.world`), who gets what is the
decider's. Here are only the customers and agents who make things happen, each at their time.
"""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from itertools import count

from heartline.domain.routing.model import AWAY, ONLINE, Decision, Waiting
from heartline.domain.routing.timing import next_change
from infra.local.replay.events import Event
from infra.local.replay.scenario import Scenario
from infra.local.replay.work import Stage, Work
from infra.local.replay.world import World
from infra.local.simulate.deciding import Decider
from infra.local.simulate.drawing import chance, milliseconds
from infra.local.simulate.journal import Course, Journal
from infra.local.simulate.line import Line
from infra.local.simulate.workday import OFF, Customer, Workday

Action = Callable[[int], None]


class Agenda:
    """What is to happen when. Of one instant, in the order in which it was put down."""

    def __init__(self) -> None:
        self._entries: list[tuple[int, int, Action]] = []
        self._numbers = count()

    def put(self, at: int, action: Action) -> None:
        heappush(self._entries, (at, next(self._numbers), action))

    def next(self, before: int) -> int | None:
        """The next instant at which something happens, if it is before `before`."""
        return self._entries[0][0] if self._entries and self._entries[0][0] < before else None

    def take(self, now: int) -> list[Action]:
        taken: list[Action] = []
        while self._entries and self._entries[0][0] <= now:
            taken.append(heappop(self._entries)[2])
        return taken


class Day:
    """One replication. `seed` is for what chance decides while the day runs: how fast offers are answered."""

    def __init__(self, workday: Workday, customers: Sequence[Customer], decide: Decider, *, seed: object = 0) -> None:
        self._workday, self._decide, self._seed = workday, decide, seed
        agents = tuple(member.agent for member in workday.staff)
        self.world = World(Scenario(policy=workday.policy, agents=agents, heads=(), held={}, events=(), until=0))
        self.line, self.journal = Line(), Journal()
        self._agenda, self._customers = Agenda(), {customer.id: customer for customer in customers}
        self._wanted = dict.fromkeys(self.world.agents, OFF)
        self._changed = False
        for member in workday.staff:
            for start, end in member.duty:
                self._agenda.put(start, self._presence_of(member.agent.id, ONLINE))
                self._agenda.put(end, self._presence_of(member.agent.id, OFF))
        for customer in customers:
            self._agenda.put(customer.at, self._arrival_of(customer))

    def run(self) -> Course:
        """Let the day pass, and tell how it went."""
        while (now := self._agenda.next(before=self._workday.closes)) is not None:
            self._expire(now)
            for action in self._agenda.take(now):
                action(now)
            self.match(now)
        return self.journal.close(self._workday.staff, self._workday.closes)

    def match(self, now: int) -> None:
        """Decide, if anything has changed since the last time."""
        if not self._changed:
            return
        self._changed = False
        for decision in list(self._decisions(now)):
            if decision.agent is not None:
                self._claim(decision, decision.agent, now)

    def _decisions(self, now: int) -> Sequence[Decision]:
        """Agents without a free slot are left out, unless somebody's decline memory asks about all of them."""
        channels = self.line.channels
        if not channels:
            return ()
        agents = [agent for agent in self.world.agents.values() if agent.presence == ONLINE]
        agents = [agent for agent in agents if any(agent.free(channel) > 0 for channel in channels)]
        free = {channel: sum(max(agent.free(channel), 0) for agent in agents) for channel in channels}
        heads = list(self.line.front(free))
        if not heads:
            return ()
        asked = list(self.world.agents.values()) if self.line.has_special else agents
        return list(self._decide(heads, asked, self.world.policy, now))

    def _claim(self, decision: Decision, agent: str, now: int) -> None:
        conversation = decision.head.id
        self.world.claim(decision, agent, now)
        self.journal.gave(agent)
        self._follow(conversation, now)
        if self.world.works[conversation].stage is Stage.ASSIGNED:
            self._begin(conversation, agent, now)
            return
        work = self.world.works[conversation]
        self._wake(now + self.world.policy.offers[work.channel])
        self._agenda.put(now + self._delay(work), self._acceptance_of(work))

    def _delay(self, work: Work) -> int:
        """How long the agent takes to accept this very offer."""
        spread = self._workday.answer.get(work.channel)
        if spread is None:
            return 0
        return milliseconds(spread, chance(self._seed, "answer", work.head.id, work.head.version))

    def _begin(self, conversation: str, agent: str, now: int) -> None:
        """The customer has their answer; the work on it begins."""
        self.journal.answered(conversation, agent, now)
        self._agenda.put(now + self._customers[conversation].handle, self._end_of(conversation))

    def _arrival_of(self, customer: Customer) -> Action:
        def arrive(now: int) -> None:
            head = Waiting(
                id=customer.id,
                demand=customer.stream.demand,
                enqueued=now,
                band=customer.stream.band,
                boost=customer.stream.boost,
                heated=customer.heated,
            )
            self.world.works[customer.id] = Work(head=head)
            self.journal.came(customer)
            self._apply("arrive", customer.id, now)
            if customer.patience is not None:
                self._agenda.put(now + customer.patience, self._loss_of(customer.id))

        return arrive

    def _loss_of(self, conversation: str) -> Action:
        def give_up(now: int) -> None:
            if conversation in self.world.works and self._apply("abandon", conversation, now):
                self.journal.gave_up(conversation, now)

        return give_up

    def _acceptance_of(self, offer: Work) -> Action:
        """The answer to one offer; it comes to nothing if that offer is over."""

        def accept(now: int) -> None:
            conversation, agent = offer.head.id, offer.agent
            if agent is None or self.world.works.get(conversation) != offer:
                return
            if self._apply("accept", conversation, now, agent=agent):
                self._begin(conversation, agent, now)

        return accept

    def _end_of(self, conversation: str) -> Action:
        def end(now: int) -> None:
            self._apply("close", conversation, now)
            ends = self.world.timed.get(conversation)
            if ends is not None:
                self._wake(ends)

        return end

    def _presence_of(self, agent: str, to: str) -> Action:
        def change(now: int) -> None:
            self._wanted[agent] = to
            self._set_presence(agent, to, now)

        return change

    def _set_presence(self, agent: str, to: str, now: int) -> None:
        offers = list(self.world.timed)
        self._changed |= self.world.apply(Event(at=now, name="presence", arguments={"agent": agent, "to": to}))
        for conversation in offers:
            self._follow(conversation, now)

    def _apply(self, name: str, conversation: str, now: int, **arguments: str | int) -> bool:
        fitted = self.world.apply(Event(at=now, name=name, arguments={"conv": conversation, **arguments}))
        self._follow(conversation, now)
        return fitted

    def _expire(self, now: int) -> None:
        if all(ends > now for ends in self.world.timed.values()):
            return
        timed = {conversation: self.world.works[conversation].holder for conversation in self.world.timed}
        before = {agent: self.world.agents[agent].presence for agent in timed.values() if agent is not None}
        self.world.expire(now)
        for conversation in timed:
            self._follow(conversation, now)
        for agent, presence in before.items():
            if self.world.agents[agent].presence == AWAY != presence:
                self._agenda.put(now + self._workday.back, self._return_of(agent))

    def _return_of(self, agent: str) -> Action:
        """Who let an offer time out comes back, if they are still to be at work by then."""
        return lambda now: self._set_presence(agent, self._wanted[agent], now)

    def _follow(self, conversation: str, now: int) -> None:
        """Bring line and journal up to what has become of a conversation; one that is closed is done with."""
        work = self.world.works[conversation]
        waits, waited = work.stage is Stage.WAITING, conversation in self.line
        if waited:
            self.line.leave(conversation)
        if waits:
            self.line.join(work.head)
            self._look_again(work.head, now)
        self._changed |= waits or work.holder is None
        self.journal.held(conversation, work.holder, now)
        if work.stage is Stage.CLOSED:
            del self.world.works[conversation]

    def _look_again(self, head: Waiting, now: int) -> None:
        """Time alone may find somebody for a conversation that waits: look again when it may."""
        change = next_change(head, self.world.policy, now)
        if change is not None:
            self._agenda.put(int(change), self._reminder_of(head))

    def _reminder_of(self, head: Waiting) -> Action:
        def remind(now: int) -> None:
            if self.world.waiting.get(head.id) == head:
                self._changed = True
                self._look_again(head, now)

        return remind

    def _wake(self, at: int) -> None:
        """Come by at this instant: something expires."""
        self._agenda.put(at, lambda _: None)
