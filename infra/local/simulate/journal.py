"""Writes down what becomes of every customer and what every agent is busy with; it judges nothing."""

from dataclasses import dataclass, field

from infra.local.simulate.workday import Customer, Member, Span


@dataclass(slots=True, kw_only=True)
class Story:
    """A customer's day. `answered` and `gone` (given up) are instants, None if that did not happen."""

    customer: Customer
    answered: int | None = None
    agent: str | None = None
    gone: int | None = None

    @property
    def wait(self) -> int | None:
        """How long they waited for their answer."""
        return None if self.answered is None else self.answered - self.customer.at

    def waits_at(self, instant: int) -> bool:
        ends = self.answered if self.answered is not None else self.gone
        return self.customer.at <= instant and (ends is None or instant < ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a day went. `busy` are the spans in which an agent held work, one for each piece of it.

    `given` counts the offers and assignments of each agent. `ended` is the instant at which the day was over.
    """

    stories: tuple[Story, ...]
    busy: dict[str, list[Span]]
    given: dict[str, int]
    staff: tuple[Member, ...]
    ended: int


@dataclass(slots=True)
class Journal:
    """The course of a day while it happens."""

    stories: dict[str, Story] = field(default_factory=dict)
    busy: dict[str, list[Span]] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    _holding: dict[str, tuple[str, int]] = field(default_factory=dict)

    def came(self, customer: Customer) -> None:
        self.stories[customer.id] = Story(customer=customer)

    def gave(self, agent: str) -> None:
        self.given[agent] = self.given.get(agent, 0) + 1

    def answered(self, conversation: str, agent: str, now: int) -> None:
        story = self.stories[conversation]
        story.answered, story.agent = now, agent

    def gave_up(self, conversation: str, now: int) -> None:
        self.stories[conversation].gone = now

    def held(self, conversation: str, agent: str | None, now: int) -> None:
        """Note whose slot the conversation takes from `now` on."""
        before = self._holding.get(conversation)
        if before is not None and before[0] == agent:
            return
        if before is not None:
            self.busy.setdefault(before[0], []).append((before[1], now))
            del self._holding[conversation]
        if agent is not None:
            self._holding[conversation] = (agent, now)

    def close(self, staff: tuple[Member, ...], now: int) -> Course:
        """The day is over; what is still held counts until now."""
        for conversation in list(self._holding):
            self.held(conversation, None, now)
        return Course(stories=tuple(self.stories.values()), busy=self.busy, given=self.given, staff=staff, ended=now)
