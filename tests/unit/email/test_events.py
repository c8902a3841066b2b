"""What SES reports of a mail, read from its own form."""

import json
from typing import Any

import pytest

from heartline.channels.email.events import parse_event
from heartline.domain.errors import Invalid
from heartline.domain.mail import Bounce
from heartline.domain.messages import DeliveryStatus
from heartline.domain.tracking import MailEvent
from tests.tables import ROOT

EVENTS = ROOT / "tests" / "data" / "ses"
TOM = "tom@example.org"


def event(name: str, intent: str = "i1") -> Any:
    return json.loads((EVENTS / f"{name}.json").read_text().replace("{intent}", intent))


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("send", MailEvent(intent="i1", status=DeliveryStatus.SENT, metric="MailSent", mails=2)),
        (
            "delivery",
            MailEvent(
                intent="i1", status=DeliveryStatus.DELIVERED, recipients=(Bounce(recipient=TOM, action="delivered"),)
            ),
        ),
        (
            "bounce_permanent",
            MailEvent(
                intent="i1",
                status=DeliveryStatus.SENT,
                recipients=(Bounce(recipient=TOM, status="5.1.1", diagnostic="550 5.1.1 user unknown"),),
                metric="MailBounced",
                mails=1,
            ),
        ),
        (
            "complaint",
            MailEvent(
                intent="i1",
                status=DeliveryStatus.DELIVERED,
                reason="Reported as spam by Tom@example.org.",
                complaints=("Tom@example.org",),
                metric="MailComplained",
                mails=1,
            ),
        ),
        (
            "reject",
            MailEvent(intent="i1", status=DeliveryStatus.FAILED, reason="SES rejected the mail: Bad content."),
        ),
        (
            "delay",
            MailEvent(
                intent="i1",
                status=DeliveryStatus.SENT,
                reason="Delayed, and tried again. The mailbox is full.",
                recipients=(
                    Bounce(recipient=TOM, action="delayed", status="4.2.2", diagnostic="452 4.2.2 Mailbox full"),
                ),
            ),
        ),
    ],
)
def test_an_event_says_how_far_the_mail_has_come_and_for_whom(name: str, read: MailEvent) -> None:
    assert parse_event(event(name)) == read


def test_a_mail_that_could_not_be_built_says_why() -> None:
    assert "is not present in the rendering data" in parse_event(event("rendering_failure")).reason


def test_an_address_that_ses_has_given_up_is_hopeless() -> None:
    assert parse_event(event("bounce_suppressed")).hopeless == (TOM,)


@pytest.mark.parametrize("name", ["bounce_full", "bounce_transient"])
def test_a_bounce_that_may_pass_is_neither_hopeless_nor_counted(name: str) -> None:
    read = parse_event(event(name))
    assert (read.hopeless, read.metric) == ((), "")


def test_a_bounce_without_a_code_has_the_class_that_ses_says() -> None:
    assert [bounce.status for bounce in parse_event(event("bounce_transient")).recipients] == ["4.0.0"]
    assert [bounce.status for bounce in parse_event(event("bounce_suppressed")).recipients] == ["5.0.0"]


def test_an_event_of_another_kind_says_nothing_of_the_state() -> None:
    assert parse_event(event("send") | {"eventType": "Open"}).status is DeliveryStatus.UNKNOWN


def test_an_event_about_nobodys_mail_is_refused() -> None:
    with pytest.raises(Invalid):
        parse_event({"eventType": "Send", "mail": {"messageId": "x", "tags": {}}})
