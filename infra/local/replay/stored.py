"""The world of a replay on DynamoDB: each event goes to the service that does it in production, a matching is a tick.

It decides nothing, and knows of the scenario's agents and conversations what stands in the table.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

from heartline.domain.conversations import Conversation, State, existing
from heartline.domain.errors import Contended
from heartline.domain.inboxes import AgentProfile
from heartline.domain.routing.lifecycle import Move, acceptance, assigned
from heartline.domain.routing.model import Agent, Decision, Waiting
from heartline.services.tick import claiming
from heartline.storage.dynamodb import Table
from infra.local.replay.events import Event
from infra.local.replay.production import Production, ScenarioCalendar, Standing
from infra.local.replay.staging import ORIGIN, Staging, moment, second
from infra.local.replay.view import View, Viewer
from infra.local.replay.work import Stage
from infra.local.replay.world import REPLY_WINDOW

_ENDS: Final = frozenset({State.WAITING, State.OFFERED, State.SNOOZED})
"""The states that a customer can leave from."""


class StoredWorld:
    """Implements `clock.Replayed` over `table`, which it fills."""

    def __init__(self, staging: Staging, table: Table) -> None:
        scenario, names = staging.scenario, staging.conversations
        self.policy = scenario.policy
        self.log: list[tuple[int, str, str]] = []
        self._staging = staging
        self._heads = {names.code(head.id): head for head in scenario.heads}
        self._new = {names.code(head.id) for head in scenario.heads if head.id not in scenario.held}
        self._tokens: set[str | int] = set()
        self._run = Production(table, Standing(read=staging.company(), now=moment(0)), _calendar(self._heads))
        self._viewer = Viewer(staging=staging, production=self._run, heads=self._heads)
        self._view: View | None = None
        self._events: Final[dict[str, Callable[..., bool]]] = {
            "arrive": self._arrive,
            "tick": lambda: True,
            "accept": self._accept,
            "reject": self._reject,
            "close": self._close,
            "abandon": self._abandon,
            "snooze": self._snooze,
            "reply": self._reply,
            "presence": self._presence,
            "manual": self._manual,
            "set_cap": self._set_cap,
            "set_skill": self._set_skill,
            "claim": self._raw_claim,
        }
        table.put_many(self._staging.table())

    @property
    def agents(self) -> dict[str, Agent]:
        return self._look().agents

    @property
    def waiting(self) -> dict[str, Waiting]:
        return self._look().waiting

    @property
    def timed(self) -> dict[str, int]:
        return self._look().timed

    def stages(self) -> dict[str, tuple[Stage, str | None]]:
        """What is closed and has never arrived is new."""
        new = {self._heads[code].id: (Stage.NEW, None) for code in self._new}
        return {**self._look().stages, **new}

    def expire(self, now: int) -> None:
        self._run.standing.now = moment(now)
        if any(ends <= now for ends in self.timed.values()):
            self._run.expire()
            self._view = None

    def apply(self, event: Event) -> bool:
        self._view = None
        codes = {"conv": self._staging.conversations, "agent": self._staging.agents}
        coded = {
            kind: known.code(str(event.arguments[kind])) for kind, known in codes.items() if kind in event.arguments
        }
        return self._events[event.name](**{**event.arguments, **coded})

    def match(self, decisions: Sequence[Decision], now: int) -> None:
        """A tick. What it did is read from the table; where that is what was decided, in the order of the decisions."""
        waited = self.waiting
        if not waited:
            return
        self._run.tick()
        self._view = None
        given = {name: self._look().stages[name][1] for name in waited}
        order = dict.fromkeys([*(decision.head.id for decision in decisions), *waited])
        self.log += [(now, name, agent) for name in order if (agent := given[name]) is not None]

    def _look(self) -> View:
        if self._view is None:
            self._view = self._viewer.look()
        return self._view

    def _head(self, conv: str) -> Conversation:
        return existing(self._run.store.head(conv), conv)

    def _profile(self, agent: str) -> AgentProfile:
        return next(each for each in self._run.standing.company().agents if each.id == agent)

    def _write_log(self, conv: str, agent: str) -> None:
        self.log.append((second(self._run.standing.now), self._heads[conv].id, self._staging.agents.name(agent)))

    def _arrive(self, conv: str) -> bool:
        if conv not in self._new:
            return False
        self._new.discard(conv)
        head = self._head(conv)
        return self._move(Move(before=head, after=replace(head, state=State.WAITING)))

    def _accept(self, conv: str, agent: str) -> bool:
        """As the telephone's webhook does it."""
        head = self._head(conv)
        move = acceptance(head, at=self._run.standing.now) if head.agent == agent else None
        return move is not None and self._move(move)

    def _reject(self, conv: str, agent: str) -> bool:
        head = self._head(conv)
        if head.state is not State.OFFERED or head.agent != agent:
            return False
        self._run.handover.decline(conv, reservation=head.reservation or "")
        return True

    def _close(self, conv: str) -> bool:
        return self._ended(conv, frozenset({State.ASSIGNED}))

    def _abandon(self, conv: str) -> bool:
        return self._ended(conv, _ENDS)

    def _ended(self, conv: str, states: frozenset[State]) -> bool:
        if self._head(conv).state not in states:
            return False
        self._run.handover.close(conv)
        return True

    def _snooze(self, conv: str) -> bool:
        return self._run.handover.snooze(conv).state is State.SNOOZED

    def _reply(self, conv: str, window: int = REPLY_WINDOW) -> bool:
        before = self._head(conv)
        if before.state is State.CLOSED and conv not in self._new:
            self._run.calendar.windows[conv] = window
            self._run.handover.reopen(conv)
            return True
        after = self._run.handover.replied(conv)
        if before.state is State.SNOOZED and after.agent is not None:
            self._write_log(conv, after.agent)
        return before.state is not after.state

    def _presence(self, agent: str, to: str) -> bool:
        profile = self._profile(agent)
        before = self._run.presence.state(profile)
        return self._run.presence.choose(profile, to).agent.epoch != before.agent.epoch

    def _manual(self, conv: str, agent: str) -> bool:
        """To whoever has it already as well, which for people is nothing: here it is an assignment like any other."""
        self._new.discard(conv)
        before = self._head(conv)
        if before.state is State.ASSIGNED and before.agent == agent:
            after = assigned(before, agent, reservation=self._run.new_id())
            self._move(Move(before=before, after=after, begins=self._run.standing.now))
        else:
            self._run.handover.assign(conv, self._profile(agent))
        self._write_log(conv, agent)
        return True

    def _set_cap(self, agent: str, ch: str, n: int) -> bool:
        channel, profile = self._staging.channels.get(ch), self._profile(agent)
        known = {} if channel is None else {channel: n}
        return self._configure(replace(profile, capacity={**profile.capacity, **known}))

    def _set_skill(self, agent: str, skill: str, n: int) -> bool:
        profile = self._profile(agent)
        return self._configure(replace(profile, skills={**profile.skills, self._staging.skills.code(skill): n}))

    def _configure(self, profile: AgentProfile) -> bool:
        """Change the configuration and let the agents' states follow, as a sweep does."""
        self._run.standing.change(profile)
        self._run.presence.sync(self._run.standing.company())
        return True

    def _raw_claim(self, conv: str, agent: str, ver: int, epoch: int, token: str | int) -> bool:
        """The claim of a matcher that has read these versions. That of a token that succeeded is not made again."""
        if token in self._tokens:
            return True
        read = replace(
            self._head(conv), state=State.WAITING, version=ver, agent=None, reservation=None, offer_expires=None
        )
        state = self._run.presence.state(self._profile(agent))
        move = claiming(
            read,
            replace(state.agent, epoch=epoch),
            policy=self._run.standing.company().policy,
            now=self._run.standing.now,
            reservation=self._run.new_id(),
        )
        if not self._move(move):
            return False
        self._tokens.add(token)
        self._write_log(conv, agent)
        return True

    def _move(self, move: Move) -> bool:
        with suppress(Contended):
            self._run.store.move(move, staff=self._run.standing.company().staff)
            return True
        return False


def _calendar(heads: dict[str, Waiting]) -> ScenarioCalendar:
    hours = {code: _shifted(head) for code, head in heads.items()}
    return ScenarioCalendar(intervals=hours, usual_window=REPLY_WINDOW)


def _shifted(head: Waiting) -> tuple[tuple[float, float], ...] | None:
    """Business hours in seconds since the epoch."""
    if head.hours is None:
        return None
    return tuple((start + ORIGIN, end + ORIGIN) for start, end in head.hours)
