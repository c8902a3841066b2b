"""Events twice, shuffled and late, in schedules drawn from a seed that the test's name shows."""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeVar

import pytest

from heartline.domain.errors import OurFault
from heartline.domain.intake import Arrival
from heartline.domain.messages import DeliveryStatus
from tests.fakes import Failing, MemoryBlobs, MemoryTable
from tests.fakes.table import healthy
from tests.functional.test_outbox import report as status_report
from tests.invariants import essence, regressions, repeated_sends, violations
from tests.letters import mail_receiver, raw_mail
from tests.mailroom import MailRoom, letter, report
from tests.office import NOON, Office, take_in

SEEDS: Final = range(24)
Work = Callable[[], object]
Mail = TypeVar("Mail")

CUSTOMERS: Final = ("+14155550123", "+14155550124", "+14155550125")


def texts(office: Office) -> list[Arrival]:
    """Three customers write to two inboxes; two texts share each second."""
    return [
        office.text(f"SM{n}", f"Text {n}", sender=CUSTOMERS[n % 3], inbox=("support", "sales")[n % 4 == 0], at=n // 2)
        for n in range(18)
    ]


def repeated(rng: random.Random, arrivals: list[Arrival]) -> list[Arrival]:
    """Each at least once, a third of them twice, in any order."""
    schedule = arrivals + rng.sample(arrivals, len(arrivals) // 3)
    rng.shuffle(schedule)
    return schedule


@pytest.mark.parametrize("seed", SEEDS)
def test_any_order_with_repetitions_tells_the_same_story(seed: int) -> None:
    ordered, shuffled = Office(table_in_order := MemoryTable()), Office(table := MemoryTable())
    take_in(ordered, texts(ordered))
    take_in(shuffled, repeated(random.Random(seed), texts(shuffled)))
    assert violations(table.everything()) == []
    assert essence(table.everything()) == essence(table_in_order.everything())


@pytest.mark.parametrize("seed", SEEDS)
def test_replaying_the_whole_input_changes_nothing(seed: int) -> None:
    office = Office(table := MemoryTable())
    schedule = repeated(random.Random(seed), texts(office))
    first = take_in(office, schedule)
    before = table.everything()
    assert take_in(office, schedule) == first
    assert table.everything() == before


@pytest.mark.parametrize("seed", SEEDS)
def test_mails_of_a_thread_in_any_order_are_each_there_once(seed: int) -> None:
    """An answer that comes before what it answers begins a thread of its own: stored all the same."""
    rng = random.Random(seed)
    office = Office(table := MemoryTable())
    mails = MemoryBlobs()
    receive = mail_receiver(office, mails=mails, media=office.blobs)
    names = [f"m{n}" for n in range(10)]
    for number, name in enumerate(names):
        answers = rng.choice(names[:number]) if number else ""
        mails.put(name, raw_mail(name, answers=answers, body=f"Mail {name}"), "message/rfc822")
    for name in _twice(rng, names):
        receive(name, NOON.replace(second=int(name[1:])))
    assert violations(table.everything()) == []
    written = [item["text"] for item in table.everything() if item["SK"].startswith("M#")]
    assert sorted(text.strip() for text in written) == [f"Mail {name}" for name in names]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_people_and_machines_write_to_a_thread_in_any_order_tells_the_same_story(seed: int) -> None:
    """Machines' mails and reports among answers, some of them twice, after the question that they all refer to."""
    ordered, shuffled = _thread_of_many_kinds(), _thread_of_many_kinds()
    mails = list(_MANY_KINDS.items())
    for room, schedule in ((ordered, mails), (shuffled, _twice(random.Random(seed), mails))):
        for number, raw in schedule:
            room.take(raw, at=NOON.replace(minute=number))
    assert violations(shuffled.table.everything()) == []
    assert essence(shuffled.table.everything()) == essence(ordered.table.everything())
    assert {head["problem"] for room in (ordered, shuffled) for head in room.heads()} == {"bounce"}


_MANY_KINDS: Final = {
    10: letter("a1", answers="m1@example.org", body="A1"),
    11: letter("a2", answers="m1@example.org", body="A2", Auto_Submitted="auto-replied"),
    12: report("ses-1@eu-west-1.amazonses.com"),
    13: letter("a3", answers="m1@example.org", body="A3"),
    14: report("ses-1@eu-west-1.amazonses.com", action="delayed", status="4.4.1"),
    15: letter("a4", answers="m1@example.org", body="A4", List_Id="<news.example.org>"),
}


def _thread_of_many_kinds() -> MailRoom:
    """A question and an answer to it that was sent."""
    room = MailRoom()
    room.answer(room.take(letter("m1")))
    return room


def _twice(rng: random.Random, mails: list[Mail]) -> list[Mail]:
    schedule = [*mails, *rng.sample(mails, 4)]
    rng.shuffle(schedule)
    return schedule


def nothing() -> None:
    """There is nothing to do it with yet."""


@dataclass(slots=True)
class Day:
    """Customers, agents, the sender and the provider act in an order drawn from `rng`; now and then a call breaks."""

    office: Office
    table: MemoryTable
    rng: random.Random
    incoming: Iterator[int] = field(default_factory=lambda: iter(range(10_000)))
    intents: list[str] = field(default_factory=list)

    def step(self) -> None:
        """One thing happens, a while later; if a call of it breaks, it is done again."""
        self.office.clock.advance(seconds=self.rng.choice([1, 1, 1, 60]))
        draw = self.rng.choice([self._text, self._text, self._reply, self._send, self._send, self._report, self._close])
        work = draw()
        moment = self.rng.choice(["before", "after"])
        self.table.hook = Failing(OurFault("broken"), at=self.rng.randint(1, 8), moment=moment)
        with suppress(OurFault):
            work()
        self.table.hook = healthy
        with suppress(OurFault):  # another sender's lease may still run
            work()

    def _conversations(self) -> list[str]:
        open_ones = [item for item in self.table.everything() if item["SK"] == "HEAD" and item["state"] != "CLOSED"]
        return [item["PK"].removeprefix("C#") for item in open_ones]

    def _text(self) -> Work:
        number = next(self.incoming)
        at = (self.office.clock() - NOON).total_seconds() - self.rng.choice([0, 0, 5])
        arrival = self.office.text(f"SM{number}", f"Text {number}", sender=self.rng.choice(CUSTOMERS), at=at)
        return lambda: self.office.ingest(arrival)

    def _reply(self) -> Work:
        conversations = self._conversations()
        if not conversations:
            return nothing
        conversation, request = self.rng.choice(conversations), f"r{len(self.intents)}"
        seen = self.office.head(conversation).last_visible
        self.intents.append(self.office.sends(conversation, request))
        return lambda: self.office.reply(conversation, request=request, seen=seen)

    def _send(self) -> Work:
        if not self.intents:
            return nothing
        intent = self.rng.choice(self.intents)
        return lambda: self.office.send(intent)

    def _report(self) -> Work:
        """Of a message that was sent, or of the one that will be sent next: its id is not recorded yet."""
        sid = f"SM{self.rng.randint(1, len(self.office.sms.sent) + 1):032d}"
        status = self.rng.choice([DeliveryStatus.SENDING, DeliveryStatus.DELIVERED, DeliveryStatus.UNDELIVERED])
        return lambda: self.office.track(status_report(status, sid=sid))

    def _close(self) -> Work:
        """By hand in the fixture, so it is not broken half way."""
        conversations = self._conversations()
        if len(conversations) > 1:
            self.office.close(self.rng.choice(conversations))
        return nothing


@pytest.mark.parametrize("seed", SEEDS)
def test_after_every_step_of_a_troubled_day_the_invariants_hold(seed: int) -> None:
    office = Office(table := MemoryTable())
    day = Day(office, table, random.Random(seed))
    for _ in range(60):
        before = table.everything()
        day.step()
        assert violations(table.everything()) == []
        assert regressions(before, table.everything()) == []
    assert repeated_sends(office.sms.sent) == []
    assert office.sms.sent
