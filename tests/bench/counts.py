"""Counts the work of each thing that happens: DynamoDB requests and units, by sizing items ourselves.

Nothing here depends on a machine: the same code gives the same numbers everywhere.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from heartline.bootstrap import calls
from heartline.channels.sms.receive import ReceiveText
from heartline.domain.messages import Channel, DeliveryStatus
from heartline.domain.outbound import Draft
from heartline.domain.recordings import Transcribed
from heartline.domain.uploads import Upload
from heartline.services.configure import read_company
from heartline.services.tick import MOST_CLAIMS
from heartline.storage.changelog import ChangeLog
from tests.bench.backlog import AGENT, backlog, free
from tests.bench.explaining import explaining
from tests.fakes import MemoryBlobs, MemoryTable, Usage
from tests.functional.routed import Routed
from tests.functional.test_outbox import SID, report
from tests.functional.test_recordings import rules
from tests.letters import imported, mail_receiver, raw_mail
from tests.office import DOCUMENT, NOON, Office
from tests.taperoom import report as recording_report
from tests.taperoom import room_of
from tests.telephone import CALL, Exchange

FORM: Final = (Path(__file__).parents[1] / "data" / "twilio" / "sms_received.form").read_text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The most that a thing may cost."""

    requests: int
    write_units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one thing costs; `write_units` include the `index_units` of the view index."""

    name: str
    requests: int
    read_units: int
    write_units: int
    index_units: int
    target: Target | None = None

    @property
    def met(self) -> bool:
        """Whether it stays within its target; what has none does."""
        target = self.target
        return target is None or (self.requests <= target.requests and self.write_units <= target.write_units)


SHORT_TEXT: Final = Target(requests=2, write_units=8)
WEBHOOK: Final = Target(requests=2, write_units=14)
"""A read and a write: a transaction over a call, its conversation and its agent is one."""


@dataclass(slots=True)
class Meter:
    """Collects the costs of what is done under it."""

    costs: list[Cost] = field(default_factory=list)

    @contextmanager
    def measuring(
        self, name: str, table: MemoryTable, *, times: int = 1, target: Target | None = None
    ) -> Iterator[None]:
        """Measure what happens inside, as the mean of `times` (which must divide it)."""
        table.usage = usage = Usage()
        yield
        table.usage = Usage()
        self.costs.append(
            Cost(
                name=name,
                requests=-(-usage.total_requests // times),
                read_units=-(-usage.read_units // times),
                write_units=-(-usage.total_write_units // times),
                index_units=-(-usage.index_units // times),
                target=target,
            )
        )


def counted() -> list[Cost]:
    """Every row of the table in docs/benchmarks.md."""
    meter = Meter()
    for chapter in (
        _texts,
        _mails,
        _calls,
        _recordings,
        _answers,
        _files_and_whatsapp,
        _assignments,
        explaining,
        _backlog,
        _changes,
    ):
        chapter(meter)
    return meter.costs


def _texts(meter: Meter) -> None:
    office = _company()
    table, receive = _memory(office), _text_receiver(office)
    with meter.measuring("text, new contact", table):
        receive(1)
    with meter.measuring("text, known contact, joins", table, target=SHORT_TEXT):
        receive(2)
    with meter.measuring("text, the same again", table):
        receive(2)
    (conversation,) = [item["conv"] for item in table.everything() if item["PK"].startswith("WQ#")]
    office.close(conversation)
    with meter.measuring("text, known contact, opens a conversation", table):
        receive(3)


def _mails(meter: Meter) -> None:
    office = _company()
    table, receive = _memory(office), _mail_receiver(office)
    with meter.measuring("mail, new contact", table):
        receive("m1")
    with meter.measuring("mail, known contact, new thread", table):
        receive("m2")
    with meter.measuring("mail, joins its thread", table):
        receive("m3", answers="m1")
    with meter.measuring("mail, the same again", table):
        receive("m3", answers="m1")
    with meter.measuring("mail of 100 KB, joins its thread", table):
        receive("m4", answers="m1", body="A long story. " * 7_000)


def _calls(meter: Meter) -> None:
    """A whole call. A webhook's answer costs one read and one write at most; what follows is the dialer's."""
    with pytest.MonkeyPatch.context() as patch:
        exchange = Exchange(patch)
        table = exchange.table
        exchange.online("ana")
        calls.dialer()
        with meter.measuring("call webhook: it rings", table, target=WEBHOOK):
            gather = exchange.go("").verb("Gather")
        with meter.measuring("call webhook: out of the menu into the line", table, target=WEBHOOK):
            enqueue = exchange.go(gather.get("action"), Digits="1").verb("Enqueue")
        with meter.measuring("call, intake and into the line of a class (dialer)", table):
            exchange.dial()
        with meter.measuring("call webhook: a turn of the waiting", table, target=Target(requests=1, write_units=0)):
            exchange.go(enqueue.get("waitUrl"))
        with meter.measuring("call, routing tick that offers it, and the line's order", table):
            exchange.route()
            calls.lines()()
        with meter.measuring("call, an agent is rung (dialer)", table):
            exchange.dial()
        with meter.measuring("call webhook: the agent picks up", table, target=WEBHOOK):
            exchange.pick_up()
        with meter.measuring("call, the customer is fetched (dialer)", table):
            exchange.dial()
        with meter.measuring("call webhook: the customer joins", table, target=WEBHOOK):
            exchange.go(f"/join?call={CALL}")
        with meter.measuring("call webhook: the customer hangs up", table, target=WEBHOOK):
            exchange.go(f"/left?call={CALL}&leg=customer", CallStatus="completed")
        with meter.measuring("call, the other legs are ended (dialer)", table):
            exchange.dial()
        exchange.clock.advance(seconds=31)
        with meter.measuring("call, the work after it is over (dialer)", table):
            exchange.dial()


def _answers(meter: Meter) -> None:
    office = _company()
    table = _memory(office)
    conversation = office.ingest(office.text("SM1"))
    office.clock.advance(seconds=60)
    with meter.measuring("reply by text, submitted", table):
        office.reply(conversation)
    with meter.measuring("reply by text, sent", table):
        office.send(office.sends(conversation))
    with meter.measuring("reply by text, delivery report", table):
        office.track(report(DeliveryStatus.DELIVERED, sid=SID))
    with meter.measuring("note", table):
        office.answer.note(conversation, request_id="n1", text="Call him", agent=office.agent("ana"))


def _files_and_whatsapp(meter: Meter) -> None:
    office = _company()
    table, ana, inboxes = _memory(office), office.agent("ana"), office.company.inboxes
    conversation = office.ingest(office.message("SM1"))
    with meter.measuring("WhatsApp message, known contact, joins", table):
        office.ingest(office.message("SM2", at=5))
    office.clock.advance(seconds=60)
    with meter.measuring("reply on WhatsApp, submitted", table):
        office.reply(conversation, channel=Channel.WHATSAPP)
    picture = Upload(id="u1", agent="ana", filename="dent.png", content_type="image/png", size=1)
    office.uploaded.put(picture, b"x")
    seen = office.head(conversation).last_visible
    draft = Draft(request_id="r2", channel=Channel.SMS, text="Here it is.", seen=seen, uploads=("u1",))
    with meter.measuring("reply by text with a picture, submitted", table):
        office.answer.reply(conversation, draft, agent=ana, inboxes=inboxes)
    first = Draft(request_id="b1", channel=Channel.SMS, text="Good morning.", seen="", recipient="+14155550987")
    with meter.measuring("first text to a new contact", table):
        office.begin(first, agent=ana, inbox=inboxes[0], inboxes=inboxes)


def _recordings(meter: Meter) -> None:
    """A voicemail from its report to its transcript; a transcript of everything is on."""
    office = _company()
    table, room = _memory(office), room_of(office)
    rules(room, transcribe=Transcribed.ALL)
    room.answer()
    with meter.measuring("voicemail, reported, new contact", table):
        room.take(recording_report())
    with meter.measuring("recording, copied, deleted at Twilio, ordered as text", table):
        room.work(room.reference())
    with meter.measuring("transcript, taken in", table):
        room.transcribe.reported(room.listener.hears("Hello, this is Eva.", "Please call me back."))
    with meter.measuring("recordings, each hour, none due", table):
        room.due()


def _assignments(meter: Meter) -> None:
    routed = Routed(table := MemoryTable())
    routed.online("ana", "ben")
    routed.text("1")
    with meter.measuring("assignment, a tick for one conversation", table):
        assert routed.route() == 1
    many, waiting = _staffed(places=20), 20
    for number in range(waiting):
        many.text(str(number + 1))
    with meter.measuring(f"assignment, each of {waiting} in one tick", _memory(many.office), times=waiting):
        assert many.route() == waiting
    (conversation, *_) = many.state("ana").open
    with meter.measuring("close, by its agent", _memory(many.office)):
        many.by_hand.close(conversation, by=many.profile("ana"))


def _backlog(meter: Meter) -> None:
    """The same where 5,000 agents and 420 classes have much to do; reading all the agents is 215 of the read units."""
    routed = backlog()
    table = _memory(routed.office)
    with meter.measuring("backlog: a tick where nobody has a place", table):
        assert routed.route() == 0
    free(routed, [AGENT], ["email"])
    with meter.measuring("backlog: a tick for one freed slot, six classes", table):
        assert routed.route() == 1
    free(routed, [AGENT])
    with meter.measuring("backlog: a tick for an agent who comes, eighteen classes, three channels", table):
        assert routed.route() == 3
    free(routed, range(len(routed.company_read.agents)))
    with meter.measuring(f"backlog: assignment, each of {MOST_CLAIMS} in one tick", table, times=MOST_CLAIMS):
        assert routed.route() == MOST_CLAIMS


def _staffed(*, places: int) -> Routed:
    """One agent with room for `places` texts."""
    document = {**DOCUMENT, "agents": [{**DOCUMENT["agents"][0], "capacity": {"sms": places}}]}
    routed = Routed(MemoryTable(), company_read=read_company(document))
    routed.online("ana")
    return routed


def _changes(meter: Meter) -> None:
    log = ChangeLog(table := MemoryTable())
    log.append(conversations=["c1"], agents=[], at=NOON)
    with meter.measuring("change log, one batch of the stream", table):
        log.append(conversations=["c1"], agents=["ana"], at=NOON)
    with meter.measuring("change log, a browser asks", table):
        log.after(1)


def _company() -> Office:
    return Office(table=MemoryTable())


def _memory(office: Office) -> MemoryTable:
    assert isinstance(office.table, MemoryTable)
    return office.table


def _text_receiver(office: Office) -> Callable[[int], None]:
    """Take in Twilio's own form, under an id of its own; the configuration is read already, as in a warm function."""
    receive = ReceiveText(configuration=imported(office), ingest=office.ingest, store=office.intake)

    def take(number: int) -> None:
        body = FORM.replace("SM0123456789abcdef0123456789abcdef", f"SM{number:032x}")
        receive({"body": body, "received_at": (NOON.replace(second=number)).isoformat()})

    return take


def _mail_receiver(office: Office) -> Callable[..., None]:
    mails = MemoryBlobs()
    receive = mail_receiver(office, mails=mails, media=office.blobs)

    def take(name: str, **words: Any) -> None:
        mails.put(name, raw_mail(name, **words), "message/rfc822")
        receive(name, NOON.replace(second=int(name[1:])))

    return take
