"""A call whose steps, or whose dialer, die at any request ends as if nothing had happened."""

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlencode

import pytest

from heartline.bootstrap import calls
from heartline.domain.call_parties import Mode, Transfer
from heartline.domain.errors import HeartlineError, Unavailable
from tests import handlers
from tests.call_invariants import at_rest
from tests.fakes import Failing, Hook
from tests.fakes.table import healthy
from tests.faults.breaking import Killed
from tests.invariants import violations
from tests.telephone import CALL, Document, Exchange, document_of

MOST_REQUESTS = 160
"""More than any of these calls makes."""

Story = Callable[["Repeating"], None]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Exchange]]:
    """Opens a company for each run."""
    yield lambda: Exchange(monkeypatch)
    handlers.forget()


class Repeating:
    """Asks for a step until it is answered, as our URLs ask Twilio to, and then once more; queues repeat the rest."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    def go(self, url: str, **fields: str) -> Document:
        self._answered(url, fields)
        return self._answered(url, fields)

    def report(self, call: str = "", leg: str = "", about: str = "leg", **fields: str) -> None:
        for _ in range(2):
            self.insist(lambda: self.exchange.report(call, leg, about, **fields))

    def settle(self) -> None:
        """The dialer may die anywhere; routing is another test's."""
        for _ in range(8):
            self.insist(self.exchange.dial)
            hook, self.exchange.table.hook = self.exchange.table.hook, healthy
            self.exchange.route()
            self.exchange.table.hook = hook

    def pick_up(self) -> Document:
        call = self.exchange.call()
        offer = {"call": call.id, "conversation": call.conversation, "attempt": call.attempt}
        return self.go(f"/agent?{urlencode(offer)}", CallSid=call.parties[call.agent_label].sid)

    def command(self, act: Callable[[], object]) -> None:
        """A client repeats its request; what is so by then is refused, or answered again."""
        try:
            act()
        except Unavailable:
            try:
                act()
            except HeartlineError:
                return

    def insist(self, act: Callable[[], object]) -> None:
        for _ in range(4):
            try:
                act()
            except (Killed, HeartlineError, AssertionError):
                continue
            return
        raise AssertionError("it never worked")

    def _answered(self, url: str, fields: Mapping[str, str]) -> Document:
        answers = (self.exchange.answer(url, **fields) for _ in range(4))
        return document_of(next(answer for answer in answers if answer["statusCode"] == 200))


def in_line(line: Repeating) -> str:
    enqueue = line.go(line.go("").verb("Gather").get("action"), Digits="1").verb("Enqueue")
    line.settle()
    return enqueue.get("action")


def connected(line: Repeating) -> None:
    in_line(line)
    line.pick_up()
    line.settle()
    line.go(f"/join?call={CALL}")


def talked(line: Repeating) -> None:
    connected(line)
    line.report(CallStatus="completed")
    line.settle()


def declined(line: Repeating) -> None:
    in_line(line)
    line.report(CALL, "agent-1", CallSid="CAleg1", CallStatus="busy")
    line.settle()
    line.report(CallStatus="completed")
    line.settle()


def spoken(line: Repeating) -> None:
    action = in_line(line)
    line.report(CALL, "agent-1", CallSid="CAleg1", CallStatus="busy")
    line.settle()
    line.exchange.clock.advance(seconds=300)
    line.go(action, QueueResult="leave")
    line.report(
        CALL,
        about="recording",
        RecordingStatus="completed",
        RecordingUrl="https://api.twilio.com/RE1",
        RecordingSid="RE1",
        RecordingDuration="3",
        RecordingSource="RecordVerb",
    )
    line.settle()


def missed(line: Repeating) -> None:
    line.go("")
    line.report(CallStatus="completed")
    line.settle()


def consulted(line: Repeating) -> None:
    """A warm transfer whose other side does not answer, and the call goes on."""
    line.insist(lambda: line.exchange.goes("ben", "ONLINE"))
    connected(line)
    exchange, call = line.exchange, line.exchange.call()
    ana = exchange.agent(call.agent)
    other = next(name for name in ("ana", "ben") if name != ana.id)
    ask = Transfer(mode=Mode.WARM, note="Please help.", by=ana.id, agent=other)
    line.command(lambda: exchange.desk().transfer(CALL, ana, ask))
    line.settle()
    line.report(CALL, "consult-1", CallSid=exchange.call().parties["consult-1"].sid, CallStatus="no-answer")
    line.settle()
    line.report(CallStatus="completed")
    line.settle()


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("story", [talked, declined, spoken, missed, consulted])
def test_a_call_may_die_at_any_request_of_the_table(office: Callable[[], Exchange], story: Story, moment: str) -> None:
    undisturbed = told(office(), story)
    for at in range(1, MOST_REQUESTS):
        failing = Failing(error=Unavailable("died"), at=at, moment=moment)
        assert told(office(), story, failing) == undisturbed, f"died {moment} request {at}"
        if failing.seen < at:
            return
    raise AssertionError("the story is longer than was thought")


@pytest.mark.parametrize("story", [talked, consulted])
@pytest.mark.parametrize("at", range(1, 8))
def test_the_dialer_may_die_before_any_order_to_the_provider_and_rings_nobody_twice(
    office: Callable[[], Exchange], story: Story, at: int
) -> None:
    """A leg whose order may have been given is not ordered again: its offer expires, and the call goes on."""
    exchange = office()
    seen = [0]

    def die(_order: object) -> None:
        seen[0] += 1
        if seen[0] == at:
            raise Killed

    exchange.legs.before = die
    exchange.online("ana", "ben")
    line = Repeating(exchange)
    with_luck(lambda: story(line))
    for _ in range(3):
        exchange.clock.advance(minutes=1)
        line.settle()
    line.report(CallStatus="completed")
    exchange.clock.advance(minutes=1)
    for name in ("ana", "ben"):
        exchange.goes(name, "OFFLINE")
    line.settle()
    rung = [order.about for order in exchange.legs.orders if order.verb == "ring"]
    attempts = exchange.call().attempt
    assert len(rung) <= attempts
    assert at_rest(exchange.table.everything()) == []
    assert violations(exchange.table.everything()) == []


def with_luck(act: Callable[[], None]) -> None:
    """A story whose next step is about a leg that was never placed ends there."""
    try:
        act()
    except (KeyError, AssertionError):
        return


def told(exchange: Exchange, story: Story, hook: Hook = healthy) -> tuple[list[str], str, str]:
    """What a story comes to: the timeline, how the call ended, and where its conversation is."""
    exchange.online("ana")
    calls.dialer()
    exchange.table.hook = hook
    story(Repeating(exchange))
    exchange.table.hook = healthy
    exchange.clock.advance(minutes=1)
    exchange.settle()
    assert violations(exchange.table.everything()) == []
    assert at_rest(exchange.table.everything()) == []
    return exchange.events(), exchange.state(), exchange.head().state
