"""A delivery report marks the recipients that it may speak of, and tells the same in any order."""

from dataclasses import replace
from itertools import permutations

import pytest

from heartline.domain.mail import Bounce, MailDetails
from heartline.domain.messages import Author, AuthorKind, Channel, DeliveryStatus, Direction, Message
from heartline.domain.reports import believable, failures, noted
from tests.office import NOON

ANN, BOB, CEM = "Ann@customer.example", "bob@customer.example", "cem@customer.example"
SENT = Message(
    id="m1",
    conversation="c1",
    channel=Channel.EMAIL,
    direction=Direction.OUTBOUND,
    author=Author(kind=AuthorKind.AGENT, id="ana"),
    at=NOON,
    text="On its way.",
    status=DeliveryStatus.SENT,
    recipients=(ANN,),
    mail=MailDetails(message_id="sent-1@shop.example"),
)
UNKNOWN = Bounce(recipient=ANN.lower(), status="5.1.1", diagnostic="550 5.1.1 no such user")


def test_a_failure_for_the_only_recipient_makes_the_message_undelivered_and_says_why() -> None:
    message = noted(SENT, [UNKNOWN])

    assert message.status is DeliveryStatus.UNDELIVERED
    assert message.status_reason == "Could not be delivered: ann@customer.example (550 5.1.1 no such user)"
    assert failures(message) == (UNKNOWN,)


def test_a_failure_for_one_of_three_leaves_the_message_on_its_way() -> None:
    message = noted(replace(SENT, recipients=(ANN, BOB, CEM)), [replace(UNKNOWN, status="5.1.1", diagnostic="")])

    assert message.status is DeliveryStatus.SENT
    assert message.status_reason == "1 of 3 could not be delivered: ann@customer.example (5.1.1)"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_of_anything_but_a_failure_is_only_noted(action: str) -> None:
    message = noted(SENT, [replace(UNKNOWN, action=action)])

    assert (message.status, message.status_reason) == (DeliveryStatus.SENT, "")
    assert message.mail is not None
    assert [bounce.action for bounce in message.mail.bounces] == [action]


def test_a_report_about_somebody_who_was_never_written_to_says_nothing() -> None:
    assert noted(SENT, [replace(UNKNOWN, recipient="victim@other.example")]) == SENT
    assert believable(SENT, [replace(UNKNOWN, recipient="victim@other.example"), UNKNOWN]) == (UNKNOWN,)


def test_reports_in_any_order_tell_the_same() -> None:
    to_three = replace(SENT, recipients=(ANN, BOB, CEM))
    reports = [
        replace(UNKNOWN, action="delayed", status="4.4.7"),
        UNKNOWN,
        replace(UNKNOWN, recipient=BOB, action="delivered", status="2.0.0"),
        replace(UNKNOWN, recipient=CEM),
    ]

    outcomes = set()
    for order in permutations(reports):
        message = to_three
        for report in order:
            message = noted(message, [report])
        outcomes.add(message)

    (outcome,) = outcomes
    assert len(failures(outcome)) == 2


def test_a_report_that_comes_twice_changes_nothing_more() -> None:
    once = noted(SENT, [UNKNOWN])

    assert noted(once, [UNKNOWN]) == once


def test_a_message_that_has_failed_stays_failed() -> None:
    refused = replace(SENT, status=DeliveryStatus.FAILED, status_reason="refused by us")

    assert noted(refused, [UNKNOWN]).status_reason == "refused by us"
