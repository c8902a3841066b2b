"""Events about a mail: its state only rises, each recipient has a fate of their own, and dead addresses are blocked."""

import itertools
from dataclasses import replace

import pytest

from heartline.channels.email.events import parse_event
from heartline.domain.errors import NotFound, Unavailable
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Channel, DeliveryStatus, Message
from heartline.domain.outbound import Draft, Intent
from heartline.domain.suppressions import Cause
from tests.office import TOM, Office
from tests.unit.email.test_events import event

ANN = "ann@example.net"


@pytest.fixture
def conversation(office: Office) -> str:
    return written(office, TOM)


def written(office: Office, *recipients: str) -> str:
    """A conversation with an answer to these, sent."""
    conversation = office.ingest(office.letter("m1"))
    office.clock.advance(minutes=1)
    draft = Draft(
        request_id="r1",
        channel=Channel.EMAIL,
        text="On its way.",
        seen=office.head(conversation).last_visible,
        to=tuple(MailAddress(address=address) for address in recipients),
    )
    office.answer.reply(conversation, draft, agent=office.agent("ana"), inboxes=office.company.inboxes)
    office.send(office.sends(conversation))
    return conversation


def happens(office: Office, conversation: str, name: str, recipient: str = TOM) -> bool:
    detail = parse_event(event(name, office.sends(conversation)))
    bounces = tuple(replace(bounce, recipient=recipient) for bounce in detail.recipients)
    hopeless = tuple(recipient for _ in detail.hopeless)
    return office.track_mail(replace(detail, recipients=bounces, hopeless=hopeless))


def answer(office: Office, conversation: str) -> Message:
    return office.timeline(conversation)[-1]


def test_a_mail_that_arrives_is_delivered(office: Office, conversation: str) -> None:
    assert happens(office, conversation, "delivery")
    assert answer(office, conversation).status is DeliveryStatus.DELIVERED
    assert not happens(office, conversation, "send")
    assert answer(office, conversation).status is DeliveryStatus.DELIVERED


def test_a_mail_to_one_that_bounces_is_undelivered_and_flags_its_conversation(
    office: Office, conversation: str
) -> None:
    assert happens(office, conversation, "bounce_permanent")
    message = answer(office, conversation)
    assert message.status is DeliveryStatus.UNDELIVERED
    assert message.status_reason == "Could not be delivered: tom@example.org (550 5.1.1 user unknown)"
    assert office.head(conversation).problem == "bounce"
    (blocked,) = office.suppressions.blocked([TOM])
    assert (blocked.cause, blocked.conversation, blocked.message) == (Cause.BOUNCE, conversation, message.id)


def test_a_mail_to_several_is_lost_only_for_the_one_that_bounced(office: Office) -> None:
    conversation = written(office, TOM, ANN, "bob@example.com")
    happens(office, conversation, "delivery", ANN)
    happens(office, conversation, "bounce_permanent")
    message = answer(office, conversation)
    assert message.status is DeliveryStatus.DELIVERED
    assert message.status_reason.startswith("1 of 3 could not be delivered: tom@example.org")
    assert office.head(conversation).problem == "bounce"


@pytest.mark.parametrize("order", list(itertools.permutations(["send", "delay", "delivery", "bounce_permanent"])))
def test_any_order_of_events_ends_in_the_same_state(office: Office, order: tuple[str, ...]) -> None:
    conversation = written(office, TOM, ANN)
    for name in order:
        happens(office, conversation, name, ANN if name == "delivery" else TOM)
    message = answer(office, conversation)
    assert message.status is DeliveryStatus.DELIVERED
    assert message.status_reason == "1 of 2 could not be delivered: tom@example.org (550 5.1.1 user unknown)"


def test_a_delay_is_told_and_forgotten_once_the_mail_arrives(office: Office, conversation: str) -> None:
    happens(office, conversation, "delay")
    assert answer(office, conversation).status is DeliveryStatus.SENT
    assert answer(office, conversation).status_reason.startswith("Delayed")
    happens(office, conversation, "delivery")
    assert answer(office, conversation).status_reason == ""


def test_a_complaint_blocks_whoever_complained(office: Office, conversation: str) -> None:
    happens(office, conversation, "complaint")
    (blocked,) = office.suppressions.blocked([TOM])
    assert (blocked.cause, answer(office, conversation).status) == (Cause.COMPLAINT, DeliveryStatus.DELIVERED)


@pytest.mark.parametrize("name", ["bounce_full", "bounce_transient", "delay"])
def test_what_may_pass_blocks_nobody(office: Office, conversation: str, name: str) -> None:
    happens(office, conversation, name)
    assert office.suppressions.blocked([TOM]) == ()


def test_an_address_that_ses_has_given_up_is_blocked(office: Office, conversation: str) -> None:
    happens(office, conversation, "bounce_suppressed")
    assert [blocked.address for blocked in office.suppressions.blocked([TOM])] == [TOM]


def test_an_event_about_somebody_whom_the_mail_did_not_go_to_blocks_nobody(office: Office, conversation: str) -> None:
    happens(office, conversation, "bounce_permanent", "victim@example.com")
    assert office.suppressions.blocked(["victim@example.com"]) == ()


@pytest.mark.parametrize("name", ["reject", "rendering_failure"])
def test_a_mail_that_ses_does_not_send_has_failed(office: Office, conversation: str, name: str) -> None:
    happens(office, conversation, name)
    assert answer(office, conversation).status is DeliveryStatus.FAILED
    assert office.head(conversation).problem == "bounce"


def test_our_next_answer_takes_the_flag_away(office: Office, conversation: str) -> None:
    happens(office, conversation, "bounce_full")
    office.clock.advance(minutes=1)
    office.reply(conversation, "Again.", request="r2", channel=Channel.EMAIL)
    assert office.head(conversation).problem == ""


def test_a_bounce_of_an_answer_that_was_followed_by_another_flags_nothing(office: Office, conversation: str) -> None:
    office.clock.advance(minutes=1)
    office.reply(conversation, "Another.", request="r2", channel=Channel.EMAIL)
    happens(office, conversation, "bounce_full")
    assert office.head(conversation).problem == ""


def test_an_event_that_comes_before_the_send_is_recorded_does_not_stop_the_record(office: Office) -> None:
    def early(intent: Intent) -> None:
        office.track_mail(parse_event(event("delivery", intent.id)))

    office.mail.during = early
    conversation = written(office, TOM)
    message = answer(office, conversation)
    assert (message.status, message.provider_id != "") == (DeliveryStatus.DELIVERED, True)


def test_an_event_tells_what_became_of_a_send_that_nobody_knew_of(office: Office) -> None:
    conversation = office.ingest(office.letter("m1"))
    office.clock.advance(minutes=1)
    office.reply(conversation, channel=Channel.EMAIL)
    intent = office.sends(conversation)
    office.send.store.claim(intent, attempt="died", now=office.clock(), lease_until=office.clock())
    office.clock.advance(minutes=1)
    assert office.send(intent) is DeliveryStatus.UNKNOWN
    happens(office, conversation, "delivery")
    message = answer(office, conversation)
    assert (message.status, message.status_reason) == (DeliveryStatus.DELIVERED, "")


def test_events_are_counted_for_the_accounts_health(office: Office, conversation: str) -> None:
    for name in ("send", "bounce_permanent", "complaint", "bounce_full"):
        happens(office, conversation, name)
    assert office.counts == {"MailSent": 2, "MailBounced": 1, "MailComplained": 1}


def test_an_event_about_no_message_is_said_so(office: Office) -> None:
    with pytest.raises(NotFound):
        office.track_mail(parse_event(event("send", "never-written")))


def test_a_message_that_keeps_changing_leaves_the_event_to_its_queue(office: Office, conversation: str) -> None:
    store = office.track_mail.store
    before = store.message_of(office.sends(conversation))

    class Stale:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def message_of(self, _intent: str) -> Message:
            return replace(before, status=DeliveryStatus.QUEUED)

    with pytest.raises(Unavailable):
        replace(office.track_mail, store=Stale())(parse_event(event("delivery", office.sends(conversation))))  # type: ignore[arg-type]
