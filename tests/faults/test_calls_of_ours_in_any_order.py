"""Calls of ours among all others in any order: click-to-call, call-backs planned, moved and due, texts in between."""

import contextlib
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from heartline.bootstrap import phones
from heartline.domain.call_states import CallState
from heartline.domain.calls import Purpose
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import HeartlineError
from heartline.domain.messages import Channel
from heartline.services.calling import Wanted
from tests.faults.test_calls_in_any_order import AGENTS, AMONG, CALLERS, Calls

MINUTES = st.sampled_from([0, 3, 30])


class CallsOfOurs(Calls):
    """Everything that the machine of calls does, and what agents begin themselves."""

    @rule(number=st.sampled_from(CALLERS[:2]))
    def customer_writes(self, number: str) -> None:
        if not any(head.contact_address == number for head in self.exchange.heads()):
            self.exchange.write(Identity(kind=IdentityKind.PHONE, address=number), Channel.SMS)

    @rule(n=AMONG, agent=st.sampled_from(AGENTS), request=st.sampled_from(["r1", "r2", "r3"]))
    def agent_calls_a_customer(self, n: int, agent: str, request: str) -> None:
        self._begun(n, agent, Wanted(request=request), now=True)

    @rule(n=AMONG, agent=st.sampled_from(AGENTS), request=st.sampled_from(["p1", "p2", "p3"]), minutes=MINUTES)
    def agent_plans_a_call_back(self, n: int, agent: str, request: str, minutes: int) -> None:
        due = self.exchange.clock.at + timedelta(minutes=minutes)
        self._begun(n, agent, Wanted(request=request, due=due if minutes else None), now=False)

    @rule(n=AMONG, agent=st.sampled_from(AGENTS), minutes=MINUTES)
    def agent_moves_a_call_back(self, n: int, agent: str, minutes: int) -> None:
        due = self.exchange.clock.at + timedelta(minutes=minutes) if minutes else None
        by, inbox = self.exchange.agent(agent), self.exchange.company.inboxes[0]
        self._asked(n, agent, lambda call, _by: phones.customers().move(call, due, by=by, inbox=inbox))

    @rule(minutes=st.sampled_from([1, 16, 45]))
    def the_minute_comes(self, minutes: int) -> None:
        """The sweep only wakes: what it found is looked at whenever the dialer works."""
        self.exchange.clock.advance(minutes=minutes)
        phones.due_calls()()

    def _begun(self, n: int, agent: str, wanted: Wanted, *, now: bool) -> None:
        heads = self.exchange.heads()
        if heads:
            begin = phones.customers().dial if now else phones.customers().call_back
            with contextlib.suppress(HeartlineError):
                begin(
                    heads[n % len(heads)],
                    wanted,
                    by=self.exchange.agent(agent),
                    inbox=self.exchange.company.inboxes[0],
                )

    def teardown(self) -> None:
        if hasattr(self, "exchange"):
            self._tries_are_counted()
        super().teardown()

    def _tries_are_counted(self) -> None:
        """No customer is called back more often than the inbox says, and only a call-back waits for a time."""
        attempts = self.exchange.company.inboxes[0].voice_rules.call_back.attempts
        for call in self.exchange.calls():
            assert call.tries <= attempts
            assert call.state is not CallState.PLANNED or (call.purpose is Purpose.CALL_BACK and call.due is not None)


CallsOfOurs.TestCase.settings = settings(Calls.TestCase.settings, max_examples=40)
TestCallsOfOursInAnyOrder = CallsOfOurs.TestCase
