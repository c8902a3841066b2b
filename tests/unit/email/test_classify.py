"""Only a person's mail counts as one; a verdict is believed only where no sender can have written it."""

import pytest

from heartline.channels.email.parse import parse_mail
from heartline.domain.mail import Bounce, Kind, Verdicts
from tests.unit.email.mails import parsed, raw


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ses_verdicts", Kind.HUMAN),
        ("virus_by_ses", Kind.VIRUS),
        ("bounce_postfix", Kind.BOUNCE),
        ("bounce_qmail", Kind.BOUNCE),
        ("bounce_exim", Kind.BOUNCE),
        ("complaint_arf", Kind.COMPLAINT),
        ("receipt_mdn", Kind.RECEIPT),
        ("away_exchange", Kind.OUT_OF_OFFICE),
        ("away_zimbra", Kind.OUT_OF_OFFICE),
        ("away_google", Kind.OUT_OF_OFFICE),
        ("auto_reply_ticket_system", Kind.AUTO_REPLY),
        ("auto_submitted_no_is_human", Kind.HUMAN),
        ("list_post", Kind.LIST),
        ("references_only", Kind.HUMAN),
    ],
)
def test_kind(name: str, kind: Kind) -> None:
    assert parsed(name).kind is kind


def test_the_verdicts_of_ses_are_read() -> None:
    expected = Verdicts(spam="pass", virus="pass", spf="pass", dkim="pass", dmarc="fail")

    assert parsed("ses_verdicts").verdicts == expected


def test_a_forged_copy_below_the_block_of_ses_changes_nothing() -> None:
    assert parsed("forged_verdicts_below").verdicts == parsed("ses_verdicts").verdicts


def test_verdicts_that_ses_did_not_write_are_no_verdicts() -> None:
    assert parsed("forged_verdicts_without_ses").verdicts == Verdicts()


def test_a_copy_between_the_lines_of_ses_ends_the_block() -> None:
    forged = raw("virus_by_ses").replace(b"X-SES-RECEIPT", b"X-SES-Virus-Verdict: PASS\r\nX-SES-RECEIPT")

    assert parse_mail(forged).kind is Kind.VIRUS


def test_verdicts_given_by_the_caller_replace_those_in_the_mail() -> None:
    assert parse_mail(raw("ses_verdicts"), verdicts=Verdicts(spam="fail")).kind is Kind.SPAM


def test_a_report_names_every_recipient_and_the_mail_it_is_about() -> None:
    mail = parsed("bounce_postfix")

    assert mail.bounces == (
        Bounce(
            recipient="ann@customer.example",
            action="failed",
            status="5.1.1",
            diagnostic="550 5.1.1 no such user",
            original_message_id="sent-1@eu-west-1.amazonses.com",
        ),
        Bounce(
            recipient="bob@customer.example",
            action="delayed",
            status="4.4.7",
            original_message_id="sent-1@eu-west-1.amazonses.com",
        ),
    )
    assert [bounce.permanent for bounce in mail.bounces] == [True, False]


@pytest.mark.parametrize(
    ("name", "status", "original"),
    [
        ("bounce_qmail", "5.1.1", "sent-2@eu-west-1.amazonses.com"),
        ("bounce_exim", "5.7.1", "sent-3@eu-west-1.amazonses.com"),
    ],
)
def test_reports_from_before_the_standard_are_read(name: str, status: str, original: str) -> None:
    bounce = parsed(name).bounce

    assert bounce is not None
    assert (bounce.recipient, bounce.status, bounce.original_message_id) == ("ann@customer.example", status, original)


def test_a_person_who_writes_about_a_bounce_is_a_person() -> None:
    mail = parse_mail(
        b"From: ann@customer.example\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\nWhat is this?"
    )

    assert mail.kind is Kind.HUMAN
