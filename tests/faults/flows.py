"""What is broken in the fault tests: each flow prepares a world, acts as a function would, and says what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from heartline.channels.sms.parse import held_text
from heartline.channels.sms.receive import ReceiveText
from heartline.domain.errors import AlreadyStored, OurFault
from heartline.domain.held import NO_NUMBER
from heartline.domain.messages import Channel, DeliveryStatus
from heartline.services.hold import Release
from heartline.services.ports import Blobs
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Item
from heartline.storage.held import DynamoHeld
from heartline.storage.ledger import DynamoLedger
from heartline.storage.suppressions import DynamoSuppressions
from tests import mailroom
from tests.fakes import MemoryBlobs
from tests.faults.breaking import Killed
from tests.functional.routed import Routed
from tests.functional.test_outbox import SID, report
from tests.invariants import essence, repeated_sends, violations
from tests.ledgers import recorder
from tests.letters import imported, mail_receiver, raw_mail
from tests.office import NOON, Office

HELD: Final = held_text("MessageSid=SM1&From=%2B14155550123&Body=Hello", at=NOON, reason=NO_NUMBER)
ENDED: Final = {DeliveryStatus.SENT, DeliveryStatus.UNKNOWN, DeliveryStatus.DELIVERED}


@dataclass(slots=True)
class World:
    """An office, and routing, over one table that may break; `everything` reads it behind the faults' back."""

    table: Table
    everything: Callable[[], tuple[Item, ...]]
    mails: Blobs = field(default_factory=MemoryBlobs)
    media: Blobs = field(default_factory=MemoryBlobs)
    routed: Routed = field(init=False)

    def __post_init__(self) -> None:
        self.routed = Routed(self.table)

    @property
    def office(self) -> Office:
        return self.routed.office

    def restart(self) -> None:
        """Forget what a process knows; a minute passes, so that leases end."""
        self.office.clock.advance(minutes=1)
        self.routed.office = replace(self.office)

    def deliver(self, name: str) -> None:
        """Take in the raw mail of that name."""
        mail_receiver(self.office, mails=self.mails, media=self.media)(name, NOON.replace(second=int(name[1:])))

    def post(self, name: str, **words: Any) -> None:
        """Put a raw mail where SES would put it."""
        self.mails.put(name, raw_mail(name, **words), "message/rfc822")

    def conversation(self) -> str:
        """The one conversation that there is."""
        (head,) = [item for item in self.everything() if item["SK"] == "HEAD"]
        return str(head["PK"].removeprefix("C#"))

    def broken_rules(self) -> list[str]:
        return violations(self.everything()) + repeated_sends(
            [*self.office.sms.sent, *self.office.whatsapp.sent, *self.office.mail.sent], self.everything()
        )


@dataclass(frozen=True, slots=True)
class Flow:
    """`act` is repeated after a fault, as a queue or a client would; `outcome` must be what it is without one."""

    act: Callable[[World], object]
    prepare: Callable[[World], object] = lambda _world: None
    outcome: Callable[[World], object] = lambda world: essence(world.everything())


def _text(sid: str, at: float = 0) -> Callable[[World], object]:
    return lambda world: world.office.ingest(world.office.text(sid, sid, at=at))


def _mail(name: str) -> Callable[[World], object]:
    return lambda world: world.deliver(name)


def _recorded(world: World) -> None:
    """A raw mail that is taken in and entered in the ledger."""
    recorder(world.office, mails=world.mails, media=world.media)("m1", NOON)


def _hold(world: World) -> None:
    """An event that belongs to no inbox, as the channels hold it."""
    try:
        world.office.intake.hold(HELD)
    except AlreadyStored:
        return


def _decided_on(world: World) -> None:
    """A text that a lead has released to an inbox; the queue has not delivered that yet."""
    imported(world.office)
    _hold(world)
    DynamoHeld(world.table).claim(HELD.id, goes_to="support", by="lea")


def _release(world: World) -> None:
    configuration, office = imported(world.office), world.office
    texts = ReceiveText(configuration=configuration, ingest=office.ingest, store=office.intake)
    Release(
        store=DynamoHeld(world.table),
        ledger=DynamoLedger(world.table),
        channels={Channel.SMS: texts.release},
        automatic={},
        configuration=configuration,
    )(HELD.id)


def _ledger(world: World) -> object:
    """What became of every event, and what the inboxes say of it."""
    rows = [item for item in world.everything() if item["PK"].startswith(("IN#", "RAW#"))]
    return essence(world.everything()), [(row["PK"], row.get("state"), row.get("events")) for row in rows]


def _threads(world: World) -> None:
    """A letter that is there, and an answer to it, with a file, that waits in the bucket."""
    imported(world.office)
    world.post("m1")
    world.post("m2", answers="m1", body="And my refund? " * 500, attachment=b"%PDF-1.4")
    world.deliver("m1")


def _closed_thread(world: World) -> None:
    _threads(world)
    world.office.close(world.conversation())


def _welcomed(world: World) -> None:
    """A first letter to an inbox that answers at once; it is delivered again with the time it came at."""
    welcoming = mailroom.document(auto_reply="We have your mail.")
    receive = mail_receiver(world.office, mails=world.mails, media=world.media, document=welcoming)
    receive("m1", NOON.replace(hour=13))


def _answered_by_mail(world: World) -> None:
    """A letter, and an answer that SES has taken; the report that it came back waits in the bucket."""
    imported(world.office)
    world.post("m1")
    world.mails.put("m2", mailroom.report("sent-1@eu-west-1.amazonses.com"), "message/rfc822")
    world.deliver("m1")
    world.office.mail.aliases = ("mail:support:sent-1@eu-west-1.amazonses.com",)
    world.office.clock.advance(minutes=1)
    world.office.reply(world.conversation(), channel=Channel.EMAIL)
    _send(world)


def _returned(world: World) -> None:
    blocks = DynamoSuppressions(world.table)
    mail_receiver(world.office, mails=world.mails, media=world.media, blocks=blocks)("m2", NOON.replace(hour=14))


def _after_the_report(world: World) -> object:
    """The states of the messages, the mark on the conversation, and who is blocked."""
    office, conversation = world.office, world.conversation()
    states = [(message.text, message.status) for message in office.timeline(conversation)]
    blocked = [item["PK"] for item in world.everything() if item["PK"].startswith("SUPPRESSED#")]
    return states, office.head(conversation).problem, blocked


def _closed_text(world: World) -> None:
    _text("SM1")(world)
    world.office.close(world.conversation())


def _asked(world: World) -> None:
    _text("SM1")(world)
    world.office.clock.advance(seconds=30)


def _reply(world: World) -> None:
    """The client's retry is the same request, with what it had seen the first time."""
    seen = next(item for item in world.everything() if item["SK"].startswith("M#"))["SK"].split("#")[2]
    world.office.reply(world.conversation(), seen=seen)


def _note(world: World) -> None:
    office = world.office
    office.answer.note(world.conversation(), request_id="n1", text="Note", agent=office.agent("ana"))


def _answered(world: World) -> None:
    _asked(world)
    _reply(world)


def _reported_early(world: World) -> None:
    _answered(world)
    world.office.sms.during = lambda _intent: _elsewhere(lambda: _report(world))


def _elsewhere(work: Callable[[], object]) -> None:
    """What another process does; its queue repeats it, and its end is not ours."""
    try:
        work()
    except (Killed, OurFault):
        work()


def _sent(world: World) -> None:
    _answered(world)
    _send(world)


def _send(world: World) -> None:
    world.office.send(world.office.sends(world.conversation()))


def _report(world: World) -> None:
    world.office.track(report(DeliveryStatus.DELIVERED, sid=SID))


def _words(world: World) -> object:
    return world.office.words(world.conversation())


def _ended(world: World) -> object:
    """Sent, or unknown if the sender died in between: both are an end, and neither is sent again."""
    return world.office.timeline(world.conversation())[-1].status in ENDED


def _status(world: World) -> object:
    return world.office.timeline(world.conversation())[-1].status


def _waiting_for_ana(world: World) -> None:
    world.routed.online("ana")
    for number in (1, 2, 3):
        world.routed.text(str(number))


def _held_by_ana(world: World) -> None:
    _waiting_for_ana(world)
    world.routed.route()


def _tick(world: World) -> None:
    world.routed.route()


def _first_of_ana(world: World) -> str:
    return min(str(item["PK"]).removeprefix("C#") for item in world.everything() if item["SK"] == "HEAD")


def _close(world: World) -> None:
    world.routed.by_hand.close(_first_of_ana(world), by=world.routed.profile("ana"))


def _leave(world: World) -> None:
    world.routed.presence.choose(world.routed.profile("ana"), "OFFLINE")


def _assign(world: World) -> None:
    ana, ben = world.routed.profile("ana"), world.routed.profile("ben")
    world.routed.by_hand.assign(_first_of_ana(world), to=ben, by=ana, note="Asks for a refund.")


def _who_has_what(world: World) -> object:
    """Reservations are drawn anew for each try; who holds which conversation is not."""
    heads = [item for item in world.everything() if item["SK"] == "HEAD"]
    return sorted((head["PK"], head["state"], head.get("agent")) for head in heads)


FLOWS: Final = {
    "a first text": Flow(_text("SM1")),
    "the next text": Flow(_text("SM2", 5), prepare=_text("SM1")),
    "a text that was overtaken": Flow(_text("SM1"), prepare=_text("SM2", 5)),
    "a text after the close": Flow(_text("SM2", 5), prepare=_closed_text),
    "an event that is held": Flow(_hold),
    "a release of what is held": Flow(_release, prepare=_decided_on, outcome=_ledger),
    "a mail and its receipt": Flow(_recorded, prepare=lambda world: world.post("m1"), outcome=_ledger),
    "a mail with a file that joins its thread": Flow(_mail("m2"), prepare=_threads),
    "a mail that reopens its thread": Flow(_mail("m2"), prepare=_closed_thread),
    "a mail that is answered at once": Flow(_welcomed, prepare=lambda world: world.post("m1"), outcome=_words),
    "a report on our mail": Flow(_returned, prepare=_answered_by_mail, outcome=_after_the_report),
    "a reply": Flow(_reply, prepare=_asked, outcome=_words),
    "a note": Flow(_note, prepare=_asked, outcome=_words),
    "a send": Flow(_send, prepare=_answered, outcome=_ended),
    "a send that is reported early": Flow(_send, prepare=_reported_early, outcome=_ended),
    "a delivery report": Flow(_report, prepare=_sent, outcome=_status),
    "a routing tick": Flow(_tick, prepare=_waiting_for_ana, outcome=_who_has_what),
    "a close": Flow(_close, prepare=_held_by_ana, outcome=_who_has_what),
    "an assignment by hand": Flow(_assign, prepare=_held_by_ana, outcome=_who_has_what),
    "an agent who leaves": Flow(_leave, prepare=_held_by_ana, outcome=_who_has_what),
}
