"""Calls in any order: callers, agents, reports, expiries, commands and crashes as hypothesis interleaves them.

A failure prints the steps that lead to it, and a line that repeats it (`@reproduce_failure`).
"""

import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from heartline.bootstrap import calls, phones, routing
from heartline.domain.call_parties import Consult, Mode, Transfer
from heartline.domain.call_states import CallState
from heartline.domain.errors import HeartlineError
from heartline.domain.inboxes import AgentProfile, Company
from heartline.domain.recordings import RecordingRules
from heartline.services.by_hand import ByHand
from heartline.services.calling import Wanted
from tests import handlers
from tests.call_invariants import at_rest
from tests.fakes import Failing
from tests.fakes.table import healthy
from tests.faults.breaking import Killed
from tests.faults.carrier import LIVE, RINGING, Carrier, Leg
from tests.invariants import violations
from tests.telephone import Exchange

CALLERS = ("+14155552671", "+14155552672", "anonymous")
AGENTS = ("ana", "ben", "lea")
AMONG = st.integers(min_value=0, max_value=7)


Step = Callable[[ByHand, str, AgentProfile], object]

BY_HAND: dict[str, Step] = {
    "take": lambda hand, name, by: hand.assign(name, to=by, by=by),
    "give back": lambda hand, name, by: hand.assign(name, to=None, by=by),
    "raise": lambda hand, name, by: hand.prioritise(name, band=len(by.id), boost=60, reason="VIP", by=by),
    "escalate": lambda hand, name, by: hand.escalate(name, pool="main", note="Please help.", by=by),
    "mark": lambda hand, name, by: hand.mark(name, heated=True, by=by),
    "snooze": lambda hand, name, by: hand.snooze(name, until=None, by=by),
    "wake": lambda hand, name, by: hand.wake(name, by=by),
}
"""Steps of an agent's that are not the end of a conversation."""


class Calls(RuleBasedStateMachine):
    """Anything may happen next; what must hold, holds after every step, and at the end everything comes to rest."""

    @initialize(online=st.sets(st.sampled_from(AGENTS), min_size=1), records=st.booleans(), confirms=st.booleans())
    def open(self, online: set[str], records: bool, confirms: bool) -> None:
        self.patch = pytest.MonkeyPatch()
        self.exchange = Exchange(self.patch)
        self.exchange.configure(_as_configured(self.exchange.company, records=records, confirms=confirms))
        self.carrier = Carrier(self.exchange)
        self.patch.setattr(calls, "legs", lambda: self.carrier)
        self.exchange.online(*sorted(online))

    # --- customers ---

    @precondition(lambda self: len(self.carrier.legs) < 12)
    @rule(number=st.sampled_from(CALLERS))
    def customer_calls(self, number: str) -> None:
        self.carrier.call_in(number)

    @rule(n=AMONG, digit=st.sampled_from(["1", "9"]))
    def customer_chooses(self, n: int, digit: str) -> None:
        self._with(self.carrier.of(LIVE, "menu"), n, lambda leg: self.carrier.choose(leg, digit))

    @rule(n=AMONG)
    def customer_hangs_up(self, n: int) -> None:
        self._with([leg for leg in self.carrier.of(LIVE) if leg.label == "customer"], n, self.carrier.hang_up)

    @rule(n=AMONG, digit=st.sampled_from(["", "1", "5"]))
    def music_ends(self, n: int, digit: str) -> None:
        self._with(self.carrier.of(LIVE, "line"), n, lambda leg: self.carrier.turn(leg, digit))

    @rule(n=AMONG, seconds=st.sampled_from([0, 7]))
    def customer_speaks_after_the_tone(self, n: int, seconds: int) -> None:
        self._with(self.carrier.of(LIVE, "tone"), n, lambda leg: self.carrier.speak(leg, seconds))

    @precondition(lambda self: len(self.carrier.legs) < 12)
    @rule(number=st.sampled_from(CALLERS), fetched=st.booleans())
    def customer_reaches_an_agent(self, number: str, fetched: bool) -> None:
        """The way that most calls go; what comes between is the other rules' part."""
        leg = self.carrier.call_in(number)
        self.carrier.choose(leg, "1")
        self.exchange.settle()
        for ringing in [each for each in self.carrier.of(RINGING) if each.call == leg.call]:
            self.carrier.answer(ringing)
            if ringing.place == "whisper":
                self.carrier.press(ringing, "1")
        self.exchange.settle()
        if fetched and leg.place.startswith("/"):
            self.carrier.fetch(leg)
            self.exchange.settle()

    # --- phones ---

    @rule(n=AMONG)
    def phone_is_answered(self, n: int) -> None:
        self._with(self.carrier.of(RINGING), n, self.carrier.answer)

    @rule(n=AMONG, key=st.sampled_from(["", "1", "#"]))
    def agent_hears_the_whisper(self, n: int, key: str) -> None:
        self._with(self.carrier.of(LIVE, "whisper"), n, lambda leg: self.carrier.press(leg, key))

    @rule(n=AMONG, why=st.sampled_from(["busy", "no-answer", "failed"]))
    def phone_is_not_answered(self, n: int, why: str) -> None:
        self._with(self.carrier.of(RINGING), n, lambda leg: self.carrier.refuse(leg, why))

    @rule(n=AMONG)
    def leg_follows_its_redirection(self, n: int) -> None:
        self._with(self.carrier.about_to_ask(), n, self.carrier.fetch)

    @rule(n=AMONG)
    def agent_puts_the_phone_down(self, n: int) -> None:
        self._with([leg for leg in self.carrier.of(LIVE, "room") if leg.label != "customer"], n, self.carrier.hang_up)

    # --- what the provider reports: late, twice, in any order ---

    @rule(n=AMONG, again=st.booleans())
    def report_arrives(self, n: int, again: bool) -> None:
        if self.carrier.reports:
            index = n % len(self.carrier.reports)
            report = self.carrier.reports[index] if again else self.carrier.reports.pop(index)
            self.exchange.report(**report)

    # --- agents in the inbox ---

    @rule(n=AMONG, agent=st.sampled_from(AGENTS), command=st.sampled_from(["hold", "mute"]), on=st.booleans())
    def agent_switches(self, n: int, agent: str, command: str, on: bool) -> None:
        self._asked(n, agent, lambda call, by: getattr(self.exchange.desk(), command)(call, by, on=on))

    @rule(n=AMONG, agent=st.sampled_from(AGENTS), command=st.sampled_from(["decline", "hang_up", "wrap_up", "cancel"]))
    def agent_ends(self, n: int, agent: str, command: str) -> None:
        self._asked(n, agent, getattr(self.exchange.desk(), command))

    @rule(
        n=AMONG,
        agent=st.sampled_from(AGENTS),
        mode=st.sampled_from(list(Mode)),
        to=st.sampled_from([{"agent": "ana"}, {"agent": "ben"}, {"skill": "billing"}, {"number": "+14155559999"}]),
    )
    def agent_transfers(self, n: int, agent: str, mode: Mode, to: dict[str, str]) -> None:
        transfer = Transfer(mode=mode, note="Please help.", by=agent, **to)  # type: ignore[arg-type]
        self._asked(n, agent, lambda call, by: self.exchange.desk().transfer(call, by, transfer))

    @rule(n=AMONG, agent=st.sampled_from(AGENTS), action=st.sampled_from(list(Consult)))
    def agent_goes_on_from_a_transfer(self, n: int, agent: str, action: Consult) -> None:
        self._asked(n, agent, lambda call, by: self.exchange.desk().consult(call, by, action))

    @rule(agent=st.sampled_from(AGENTS), presence=st.sampled_from(["ONLINE", "AWAY", "OFFLINE", "DRAINING"]))
    def agent_comes_or_goes(self, agent: str, presence: str) -> None:
        routing.presence().choose(self.exchange.agent(agent), presence)

    @rule(
        n=AMONG,
        agent=st.sampled_from(AGENTS),
        verb=st.sampled_from(["assign", "unassign", "close", "snooze", "replied", "reopen"]),
    )
    def work_is_given_by_hand(self, n: int, agent: str, verb: str) -> None:
        heads = [head.id for head in self.exchange.heads()]
        if heads:
            handover, name = routing.handover(), heads[n % len(heads)]
            with contextlib.suppress(HeartlineError):
                if verb == "assign":
                    handover.assign(name, self.exchange.agent(agent))
                else:
                    getattr(handover, verb)(name)

    @rule(n=AMONG, agent=st.sampled_from(AGENTS), step=st.sampled_from(sorted(BY_HAND)))
    def agent_takes_a_step_by_hand(self, n: int, agent: str, step: str) -> None:
        """What the inbox offers; nobody is taken out of a talk by it."""
        heads = self.exchange.heads()
        if heads:
            head = heads[n % len(heads)]
            talks = {call.id for call in self.exchange.calls() if call.state is CallState.IN_PROGRESS}
            with contextlib.suppress(HeartlineError):
                BY_HAND[step](routing.by_hand(), head.id, self.exchange.agent(agent))
            if head.call in talks:
                after = next(each for each in self.exchange.heads() if each.id == head.id)
                assert (after.agent, after.reservation) == (head.agent, head.reservation)

    @precondition(lambda self: len(self.carrier.legs) < 12)
    @rule(n=AMONG, agent=st.sampled_from(AGENTS))
    def agent_calls_a_customer(self, n: int, agent: str) -> None:
        heads = self.exchange.heads()
        if heads:
            inbox, wanted = self.exchange.company.inboxes[0], Wanted(request=f"r{len(self.carrier.legs)}")
            with contextlib.suppress(HeartlineError):
                by = self.exchange.agent(agent)
                phones.customers().dial(heads[n % len(heads)], wanted, by=by, inbox=inbox)

    # --- our own functions, which may die ---

    @rule()
    def dialer_and_router_work(self) -> None:
        self.exchange.settle()

    @rule(at=st.integers(min_value=1, max_value=14), moment=st.sampled_from(["before", "after"]))
    def dialer_dies_at_the_table(self, at: int, moment: str) -> None:
        self.exchange.table.hook = Failing(error=Killed(), at=at, moment=moment)
        with contextlib.suppress(Killed):
            self.exchange.dial()
        self.exchange.table.hook = healthy

    @rule(at=st.integers(min_value=1, max_value=3), moment=st.sampled_from(["before", "after"]))
    def dialer_dies_at_the_provider(self, at: int, moment: str) -> None:
        left = [at]

        def die(now: str) -> None:
            left[0] -= now == moment
            if left[0] == 0:
                raise Killed

        self.carrier.fault = die
        with contextlib.suppress(Killed):
            self.exchange.dial()
        self.carrier.fault = lambda _moment: None

    @rule(seconds=st.sampled_from([1, 12, 25, 70, 400]))
    def time_passes(self, seconds: int) -> None:
        self.exchange.clock.advance(seconds=seconds)
        self.exchange.route()

    # --- what must hold ---

    @invariant()
    def the_invariants_hold(self) -> None:
        if hasattr(self, "exchange"):
            assert violations(self.exchange.table.everything()) == []

    @invariant()
    def nobody_is_rung_twice_for_one_offer(self) -> None:
        if hasattr(self, "carrier"):
            assert [offer for offer, count in Counter(self.carrier.rung).items() if count > 1] == []

    def teardown(self) -> None:
        if hasattr(self, "exchange"):
            try:
                self._come_to_rest()
            finally:
                self.patch.undo()
                handlers.forget()

    def _come_to_rest(self) -> None:
        """Everybody goes home, every report arrives, and time passes: nothing is left over."""
        for agent in AGENTS:
            routing.presence().choose(self.exchange.agent(agent), "OFFLINE")
        for _ in range(60):
            for leg in [*self.carrier.of(RINGING)]:
                self.carrier.refuse(leg, "no-answer")
            for leg in [*self.carrier.of(LIVE)]:
                if leg.state == LIVE:
                    self.carrier.hang_up(leg)
            while self.carrier.reports:
                self.exchange.report(**self.carrier.reports.pop())
            self.exchange.clock.advance(minutes=15)
            self.exchange.route()
            self._cancel_what_is_ours()
            self.exchange.settle()
            if not at_rest(self.exchange.table.everything()):
                break
        assert at_rest(self.exchange.table.everything()) == []
        assert violations(self.exchange.table.everything()) == []

    def _cancel_what_is_ours(self) -> None:
        """A call-back waits for an agent as long as it takes; here nobody comes any more."""
        for call in self.exchange.calls():
            if call.outbound and not call.over:
                with contextlib.suppress(HeartlineError):
                    self.exchange.desk().cancel(call.id, self.exchange.agent("ana"))

    def _with(self, legs: list[Leg], n: int, act: Callable[[Leg], Any]) -> None:
        if legs:
            act(legs[n % len(legs)])

    def _asked(self, n: int, agent: str, act: Callable[[str, Any], Any]) -> None:
        """A command of an agent; what does not fit the moment is refused, and that is all."""
        known = self.exchange.calls()
        if known:
            with contextlib.suppress(HeartlineError):
                act(known[n % len(known)].id, self.exchange.agent(agent))


def _as_configured(company: Company, *, records: bool, confirms: bool) -> Company:
    """Support may record talks, and Ana's telephone may have a mailbox."""
    support, *others = company.inboxes
    rules = RecordingRules(mode="on" if records else "off", words="This call is recorded.")
    support = replace(support, voice_rules=replace(support.voice_rules, recording=rules))
    agents = [replace(agent, confirm_calls=confirms) for agent in company.agents]
    return replace(company, inboxes=(support, *others), agents=tuple(agents))


# A failure is told as it was found: shrinking one plays thousands of calls.
Calls.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    print_blob=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
TestCallsInAnyOrder = Calls.TestCase
