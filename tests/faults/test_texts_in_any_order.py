"""Texts in any order: keywords, answers, senders that die, late reports. Nobody who opted out is written to."""

from contextlib import suppress

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from heartline.channels.twilio.texts import StatusReport
from heartline.domain.consent import OptedOut, Pair
from heartline.domain.errors import OurFault, TheirFault, Throttled
from heartline.domain.messages import DeliveryStatus
from heartline.domain.outbound import Intent
from heartline.storage.expressions import Item
from tests.fakes import MemoryTable
from tests.faults.breaking import Killed
from tests.invariants import regressions, repeated_sends, violations
from tests.office import EVA, NOON, Office

SUPPORT = "+14155550100"
PAIR = Pair(sender=SUPPORT, phone=EVA)
CODES = ("30003", "30008", "30003", "30006", "21610")
STATES = (DeliveryStatus.UNDELIVERED, DeliveryStatus.SENDING, DeliveryStatus.UNDELIVERED, DeliveryStatus.DELIVERED)


FATES = {"slow": Throttled("20429", retry_after=9), "dies before": Killed()}


class Texts(RuleBasedStateMachine):
    """One customer, one agent; every rule is something that a queue, a browser or Twilio may do at any time."""

    @initialize()
    def begin(self) -> None:
        self.table = MemoryTable()
        self.office = Office(self.table)
        self.office.sms.during = self.arrives_at_twilio
        self.number, self.dies = 0, False
        self.unwanted: list[str] = []
        self.conversation = self.office.ingest(self.office.text("SM0"))
        self.requests: list[str] = []
        self.before: tuple[Item, ...] = ()

    def seconds(self) -> float:
        return (self.office.clock.at - NOON).total_seconds()

    def arrives_at_twilio(self, intent: Intent) -> None:
        if self.office.consents.consents([PAIR])[0].is_out:
            self.unwanted.append(intent.id)
        if self.dies:
            raise Killed

    @rule(words=st.sampled_from(["STOP", "START", "Yes", "HELP", "Thanks", "stop it"]), late=st.integers(0, 90))
    def customer_writes(self, words: str, late: int) -> None:
        self.number += 1
        self.office.ingest(self.office.text(f"SM{self.number}", words, at=max(self.seconds() - late, 0)))

    @rule(force=st.booleans())
    def agent_answers(self, force: bool) -> None:
        request = f"r{len(self.requests)}"
        seen = "" if force else None
        with suppress(TheirFault):
            self.office.reply(self.conversation, request=request, seen=seen)
            self.requests.append(request)

    @rule(data=st.data(), fate=st.sampled_from(["sent", "slow", "dies before", "dies after"]))
    def queue_delivers(self, data: st.DataObject, fate: str) -> None:
        if not self.requests:
            return
        request = data.draw(st.sampled_from(self.requests))
        self.office.sms.refusal = FATES.get(fate)
        self.dies = fate == "dies after"
        with suppress(OurFault, Killed):
            self.office.send(self.office.sends(self.conversation, request))
        self.office.sms.refusal, self.dies = None, False

    @rule(data=st.data(), state=st.sampled_from(STATES), code=st.sampled_from(CODES))
    def twilio_reports(self, data: st.DataObject, state: DeliveryStatus, code: str) -> None:
        sid = data.draw(st.integers(1, len(self.office.sms.sent) + 1))
        self.reports(sid, state, code if state is DeliveryStatus.UNDELIVERED else "")

    def reports(self, sid: int, state: DeliveryStatus, code: str) -> None:
        replaced = self.replaced_by_second_tries()
        self.office.track(
            StatusReport(
                provider_id=f"twilio:SM{sid:032d}",
                status=state,
                reason=code,
                code=code,
                sender=SUPPORT,
                recipient=EVA,
            )
        )
        if f"twilio:SM{sid:032d}" in replaced:
            assert self.replaced_by_second_tries() == replaced, "a late report of a first try counts for nothing"

    def replaced_by_second_tries(self) -> dict[str, Item]:
        return {item["again"]: item for item in self.table.everything() if "again" in item}

    @rule(fails=st.booleans())
    def what_is_due_is_sent(self, fails: bool) -> None:
        self.office.clock.advance(minutes=16)
        for request in self.requests:
            with suppress(OurFault):
                self.office.send(self.office.sends(self.conversation, request))
        if fails and self.office.sms.sent:
            self.reports(len(self.office.sms.sent), DeliveryStatus.UNDELIVERED, "30003")

    @rule(seconds=st.integers(1, 600))
    def time_passes(self, seconds: int) -> None:
        self.office.clock.advance(seconds=seconds)

    @invariant()
    def nothing_is_wrong(self) -> None:
        items = self.table.everything()
        assert [fault for fault in violations(items) if "opted out at" not in fault] == []
        assert repeated_sends(self.office.sms.sent, items) == []
        assert self.unwanted == []
        assert regressions(self.before, items) == []
        self.before = items

    @invariant()
    def a_reply_to_somebody_who_opted_out_is_refused(self) -> None:
        if not self.office.consents.consents([PAIR])[0].is_out:
            return
        try:
            self.office.reply(self.conversation, request="probe", seen="never")
        except OptedOut:
            return
        raise AssertionError("it was taken")


Texts.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestTexts = Texts.TestCase
