"""What is broken of the mail that we send: answers with files and copies, first mails, events, and blocks."""

from contextlib import suppress
from typing import Final

from heartline.channels.email.events import parse_event
from heartline.domain.errors import NotFound
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Channel
from heartline.domain.outbound import Draft
from heartline.domain.suppressions import Cause, Suppression
from heartline.domain.uploads import Upload
from heartline.services.lift import Lift
from tests.faults.flows import ENDED, Flow, World
from tests.office import NOON, TOM
from tests.unit.email.test_events import event

RECEIPT: Final = Upload(id="u1", agent="ana", filename="receipt.pdf", content_type="application/pdf", size=4)
ANN: Final = MailAddress(address="ann@example.net")


def _asked(world: World) -> None:
    """A letter has come, and its answer's file is uploaded."""
    world.office.ingest(world.office.letter("m1"))
    world.office.uploaded.put(RECEIPT, b"%PDF")
    world.office.clock.advance(minutes=1)


def _reply(world: World) -> None:
    """The client's retry is the same request, with what it had seen the first time."""
    office = world.office
    seen = next(item for item in world.everything() if item["SK"].startswith("M#"))["SK"].split("#")[2]
    draft = Draft(
        request_id="r1", channel=Channel.EMAIL, text="Here it is.", seen=seen, cc=(ANN,), uploads=(RECEIPT.id,)
    )
    office.answer.reply(world.conversation(), draft, agent=office.agent("ana"), inboxes=office.company.inboxes)


def _answered(world: World) -> None:
    _asked(world)
    _reply(world)


def _send(world: World) -> None:
    world.office.send(world.office.sends(world.conversation()))


def _sent(world: World) -> None:
    _answered(world)
    _send(world)


def _bounce(world: World) -> None:
    world.office.track_mail(parse_event(event("bounce_permanent", world.office.sends(world.conversation()))))


def _begin(world: World) -> None:
    office = world.office
    draft = Draft(request_id="r1", channel=Channel.EMAIL, text="Hello", seen="", to=(ANN,), subject="Hello")
    office.begin(draft, agent=office.agent("ana"), inbox=office.inbox("support"), inboxes=office.company.inboxes)


def _blocked(world: World) -> None:
    world.office.suppressions.block(Suppression(address=TOM, cause=Cause.BOUNCE, at=NOON))


def _lift(world: World) -> None:
    """Whoever lifts a block that is gone has what they wanted."""
    office = world.office
    lift = Lift(suppressions=office.suppressions, journal=office.journal, clock=office.clock)
    with suppress(NotFound):
        lift(TOM, by=office.agent("ana"))


def _what_was_said(world: World) -> object:
    timeline = world.office.timeline(world.conversation())
    return [(message.text, message.recipients, [file.sha256 for file in message.attachments]) for message in timeline]


def _ended(world: World) -> object:
    return world.office.timeline(world.conversation())[-1].status in ENDED


def _fate(world: World) -> object:
    message = world.office.timeline(world.conversation())[-1]
    problem = world.office.head(world.conversation()).problem
    blocked = [(entry.address, entry.cause) for entry in world.office.suppressions.blocked([TOM, ANN.address])]
    return (message.status, message.status_reason, problem, blocked)


def _who_is_blocked(world: World) -> object:
    return world.office.suppressions.blocked([TOM])


def _whose_it_is(world: World) -> object:
    """Reservations are drawn anew for each try."""
    head = world.office.head(world.conversation())
    return (head.id, head.state, head.agent, world.office.words(head.id))


MAIL_FLOWS: Final = {
    "a reply by mail with a file and a copy": Flow(_reply, prepare=_asked, outcome=_what_was_said),
    "a send of a mail": Flow(_send, prepare=_answered, outcome=_ended),
    "a bounce that blocks an address": Flow(_bounce, prepare=_sent, outcome=_fate),
    "a first mail": Flow(_begin, outcome=_whose_it_is),
    "a block that is lifted": Flow(_lift, prepare=_blocked, outcome=_who_is_blocked),
}
