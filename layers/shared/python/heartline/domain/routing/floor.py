"""The agents while a plan is made: every claim planned so far counts before the next pair is chosen (R3)."""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heapreplace

from heartline.domain.routing.eligibility import Case, case_of, refusal, unqualified
from heartline.domain.routing.model import Agent, Policy, Refusal, Waiting
from heartline.domain.routing.ranking import Rank, rank

Explanation = tuple[tuple[str, ...], Mapping[str, Refusal]]
"""The eligible agents by rank, and the others with the rule that refused each."""


class Floor:
    """Answers "who is first for this case", fast for many conversations of few cases.

    Each case keeps a heap of its agents. An agent's rank only gets worse while a plan is made, so a heap is put right
    at its top, when it is asked. The exception are agents whose last work began ahead of our clock.
    """

    def __init__(self, agents: Iterable[Agent], policy: Policy, now: float) -> None:
        self.policy = policy
        self.now = now
        self.agents = {agent.id: agent for agent in agents}
        self._queues: dict[Case, list[tuple[Rank, Agent]]] = {}
        self._explained: dict[Case, Explanation] = {}

    def case_of(self, head: Waiting) -> Case:
        return case_of(head, self.agents, self.policy, self.now)

    def first(self, case: Case) -> str | None:
        """The agent who ranks first among the eligible ones."""
        queue = self._queue(case)
        while queue:
            _, then = queue[0]
            now = self.agents[then.id]
            if now is then:
                return now.id
            if self._eligible(now, case):
                heapreplace(queue, (self.rank(now, case), now))
            else:
                heappop(queue)
        return None

    def rank(self, agent: Agent, case: Case) -> Rank:
        return rank(agent, case, self.policy, self.now)

    def give(self, head: Waiting, agent: str) -> None:
        """Count a planned claim."""
        before = self.agents[agent]
        self.agents[agent] = before.given(head.demand.channel, heated=head.heated, now=self.now)
        self._explained.clear()
        if max(before.last, before.last_heated or 0) > self.now:
            self._queues.clear()

    def explain(self, case: Case) -> Explanation:
        """Rank the eligible agents and name the rule that refuses each other one; the answer is kept until a claim."""
        found = self._explained.get(case)
        if found is None:
            found = self._explained[case] = self._explain(case)
        return found

    def ranked(self, case: Case) -> list[Agent]:
        """The eligible agents, the first to ask first."""
        return self._sorted((agent for agent in self._asked(case) if self._eligible(agent, case)), case)

    def candidates(self, case: Case) -> list[Agent]:
        """All who may take it once they have a place."""
        if case.only is not None:
            return self._asked(case)
        return [
            agent
            for agent in self.agents.values()
            if agent.id not in case.excluded and unqualified(agent, case.channel, case.rings) is None
        ]

    def _explain(self, case: Case) -> Explanation:
        reasons = {agent.id: refusal(agent, case, self.policy) for agent in self._asked(case)}
        eligible = [self.agents[name] for name, reason in reasons.items() if reason is None]
        refused = {name: reason for name, reason in reasons.items() if reason is not None}
        return tuple(agent.id for agent in self._sorted(eligible, case)), refused

    def _sorted(self, agents: Iterable[Agent], case: Case) -> list[Agent]:
        return sorted(agents, key=lambda agent: self.rank(agent, case))

    def _eligible(self, agent: Agent, case: Case) -> bool:
        """Asked often, so the cheapest question goes first: in a backlog nearly everybody is full."""
        return agent.free(case.channel) > 0 and refusal(agent, case, self.policy) is None

    def _asked(self, case: Case) -> list[Agent]:
        return list(self.agents.values()) if case.only is None else [self.agents[case.only]]

    def _queue(self, case: Case) -> list[tuple[Rank, Agent]]:
        queue = self._queues.get(case)
        if queue is None:
            eligible = (agent for agent in self._asked(case) if self._eligible(agent, case))
            queue = self._queues[case] = [(self.rank(agent, case), agent) for agent in eligible]
            heapify(queue)
        return queue
