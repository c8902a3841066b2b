"""A call whose steps die at any request of the table, and are repeated by Twilio, ends as if nothing had happened."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from heartline.domain.errors import Unavailable
from tests import handlers
from tests.fakes import Failing, Hook
from tests.fakes.table import healthy
from tests.invariants import violations
from tests.telephone import Document, Exchange, document_of

MOST_REQUESTS = 60
"""More than any of these calls makes."""

Story = Callable[["Repeating"], None]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Exchange]]:
    """Opens a company for each run."""
    yield lambda: Exchange(monkeypatch)
    handlers.forget()


class Repeating:
    """Asks for a step until it is answered, three times at most, as our URLs ask Twilio to."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    def go(self, url: str, **fields: str) -> Document:
        """Every step is asked for twice; it is the second answer that counts."""
        self._answered(url, fields)
        return self._answered(url, fields)

    def _answered(self, url: str, fields: Mapping[str, str]) -> Document:
        answers = (self.exchange.answer(url, **fields) for _ in range(3))
        return document_of(next(answer for answer in answers if answer["statusCode"] == 200))

    def route(self) -> None:
        hook, self.exchange.table.hook = self.exchange.table.hook, healthy
        self.exchange.route()
        self.exchange.table.hook = hook


def talked(line: Repeating) -> None:
    enqueue = line.go(line.go("").verb("Gather").get("action"), Digits="1").verb("Enqueue")
    line.route()
    dial = line.go(enqueue.get("action"), QueueResult="leave").verb("Dial")
    line.go(dial.children[0].get("url"), CallSid="CAagent")
    line.go(dial.get("action"), DialCallStatus="completed")
    line.go("/status", CallStatus="completed")


def declined(line: Repeating) -> None:
    enqueue = line.go(line.go("").verb("Gather").get("action"), Digits="1").verb("Enqueue")
    line.route()
    dial = line.go(enqueue.get("action"), QueueResult="leave").verb("Dial")
    line.go(dial.get("action"), DialCallStatus="busy")
    line.go("/status", CallStatus="completed")


def spoken(line: Repeating) -> None:
    enqueue = line.go(line.go("").verb("Gather").get("action"), Digits="1").verb("Enqueue")
    line.exchange.clock.advance(seconds=60)
    line.go(enqueue.get("action"), QueueResult="leave")
    line.go(
        "/recording",
        RecordingStatus="completed",
        RecordingUrl="https://api.twilio.com/RE1",
        RecordingSid="RE1",
        RecordingDuration="3",
    )


def missed(line: Repeating) -> None:
    line.go("")
    line.go("/status", CallStatus="completed")


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("story", [talked, declined, spoken, missed])
def test_a_step_may_die_at_any_request(office: Callable[[], Exchange], story: Story, moment: str) -> None:
    undisturbed = told(office(), story)
    for at in range(1, MOST_REQUESTS):
        failing = Failing(error=Unavailable("died"), at=at, moment=moment)
        assert told(office(), story, failing) == undisturbed, f"died {moment} request {at}"
        if failing.seen < at:
            return
    raise AssertionError("the story is longer than was thought")


def told(exchange: Exchange, story: Story, hook: Hook = healthy) -> tuple[list[str], str, str]:
    """What a story comes to: the timeline, how the call ended, and where its conversation is."""
    exchange.online("ana")
    exchange.table.hook = hook
    story(Repeating(exchange))
    assert violations(exchange.table.everything()) == []
    return exchange.events(), exchange.state(), exchange.head().state
