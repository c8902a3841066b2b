"""What is broken of consent, second tries and first texts: keywords, Twilio's refusals, agents' notes."""

from typing import Final

from heartline.channels.twilio.texts import StatusReport
from heartline.domain.consent import Choice, Pair
from heartline.domain.errors import Refused, Throttled
from heartline.domain.messages import Channel, DeliveryStatus
from heartline.domain.outbound import Draft
from tests.faults.flows import Flow, World
from tests.functional.test_outbox import SID
from tests.office import EVA

_SUPPORT: Final = "+14155550100"


def _asked(world: World) -> None:
    world.office.ingest(world.office.text("SM1"))
    world.office.clock.advance(seconds=30)


def _answered(world: World) -> None:
    _asked(world)
    world.office.reply(world.conversation())


def _sent(world: World) -> None:
    _answered(world)
    _send(world)


def _send(world: World) -> None:
    world.office.send(world.office.sends(world.conversation()))


def _stops(world: World) -> None:
    world.office.ingest(world.office.text("SM9", "STOP", at=7200))


def _starts(world: World) -> None:
    world.office.ingest(world.office.text("SM10", "START", at=7260))


def _stopped(world: World) -> None:
    _answered(world)
    _stops(world)


def _unreachable(world: World) -> None:
    """Twilio reports that the phone of a text was switched off."""
    code = "30003"
    world.office.track(
        StatusReport(provider_id=f"twilio:{SID}", status=DeliveryStatus.UNDELIVERED, reason=code, code=code)
    )


def _due_again(world: World) -> None:
    """A text whose first try failed on the way; the time of its second one has come."""
    _sent(world)
    _unreachable(world)
    world.office.clock.advance(minutes=6)


def _throttled(world: World) -> None:
    _answered(world)
    world.office.sms.refusal = Throttled("20429", retry_after=30)


def _opted_out_at_twilio(world: World) -> None:
    _answered(world)
    world.office.sms.refusal = Refused("The customer has opted out.", reason="21610")


def _noted(world: World) -> None:
    """An agent notes that the customer wants no texts; the client repeats it, as it would."""
    office = world.office
    head, pair = office.head(world.conversation()), Pair(sender=_SUPPORT, phone=EVA)
    office.keep_consent.noted([pair], Choice.OUT, reason="Said so.", by=office.agent("ana"), head=head)


def _first_text(world: World) -> None:
    office = world.office
    draft = Draft(request_id="b1", channel=Channel.SMS, text="Hello", seen="", recipient="+14155552671")
    office.begin(draft, agent=office.agent("ana"), inbox=office.inbox("support"), inboxes=office.company.inboxes)


def _wishes(world: World) -> object:
    """What the ledger holds, and how often something went out."""
    held = [(item["PK"], item.get("choice")) for item in world.everything() if item["SK"] == "CONSENT"]
    return held, len(world.office.sms.sent)


def _second_try(world: World) -> object:
    """The message keeps the state of its first try; whether it went out again, a sender that died may not know."""
    message = next(message for message in world.office.timeline(world.conversation()) if message.again)
    return message.status, 1 <= len(world.office.sms.sent) <= 2


def _end_of_a_refusal(world: World) -> object:
    """The wish is noted before the text fails; a sender that died with Twilio's answer leaves it unknown."""
    status = world.office.timeline(world.conversation())[-1].status
    noted = any(item.get("choice") == Choice.OUT for item in world.everything() if item["SK"] == "CONSENT")
    return status is DeliveryStatus.UNKNOWN or (noted and status is DeliveryStatus.FAILED)


def _not_sent(world: World) -> object:
    status = world.office.timeline(world.conversation())[-1].status
    return len(world.office.sms.sent), status in {DeliveryStatus.QUEUED, DeliveryStatus.UNKNOWN}


def _introductions(world: World) -> object:
    return world.office.words(world.conversation())


CONSENT_FLOWS: Final = {
    "a STOP": Flow(_stops, prepare=_asked, outcome=_wishes),
    "a STOP of somebody new": Flow(_stops),
    "a START after a STOP": Flow(_starts, prepare=_stopped, outcome=_wishes),
    "a send to somebody who stopped": Flow(_send, prepare=_stopped, outcome=_wishes),
    "a report of a phone switched off": Flow(_unreachable, prepare=_sent, outcome=_second_try),
    "a second try": Flow(_send, prepare=_due_again, outcome=_second_try),
    "a send that Twilio puts off": Flow(_send, prepare=_throttled, outcome=_not_sent),
    "a send that meets an opt-out": Flow(_send, prepare=_opted_out_at_twilio, outcome=_end_of_a_refusal),
    "a wish that an agent notes": Flow(_noted, prepare=_asked, outcome=_wishes),
    "a first text that introduces us": Flow(_first_text, outcome=_introductions),
}
