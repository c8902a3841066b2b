"""A delivery report in any form tells who did not get our mail, why, and which mail it was."""

from dataclasses import dataclass

import pytest

from heartline.channels.email.parse import parse_mail
from heartline.domain.mail import Bounce
from tests.unit.email.mails import parsed, raw

ANN, BOB = "ann@customer.example", "bob@customer.example"


@dataclass(frozen=True)
class Told:
    """What one report tells: (recipient, action, status, whether the address is bad) each, and the id of our mail."""

    original: str
    recipients: tuple[tuple[str, str, str, bool], ...]


def _told(original: str, *recipients: tuple[str, str, str, bool]) -> Told:
    return Told(original=f"{original}@eu-west-1.amazonses.com" if original else "", recipients=recipients)


REPORTS = {
    "bounce_1und1_size": _told("size", (ANN, "failed", "5.3.4", False)),
    "bounce_barracuda": _told("barracuda", (ANN, "failed", "5.7.1", False)),
    "bounce_base64_parts": _told("base64", (ANN, "failed", "5.1.1", True)),
    "bounce_challenge": _told("challenge", (ANN, "failed", "4.7.0", False)),
    "bounce_domino": _told("", (ANN, "failed", "5.1.1", True)),
    "bounce_dovecot_rejection": _told("dovecot", (ANN, "failed", "5.0.0", False)),
    "bounce_dragonfly": _told("dragonfly", (ANN, "failed", "5.7.26", False)),
    "bounce_exchange_2003": _told("exchange2003", (ANN, "failed", "5.1.1", True), (BOB, "failed", "5.1.1", True)),
    "bounce_exchange_2007": _told("exchange2007", (ANN, "failed", "5.2.2", False)),
    "bounce_exchange_365": _told("o365", (ANN, "failed", "5.1.10", True)),
    "bounce_exchange_dda": _told("", (ANN, "failed", "5.1.1", True)),
    "bounce_exchange_x400": _told("x400", (ANN, "failed", "5.1.1", True)),
    "bounce_exim": _told("sent-3", (ANN, "failed", "5.7.1", False)),
    "bounce_exim_delay": _told("", (ANN, "delayed", "4.4.1", False)),
    "bounce_exim_report": _told("exim-report", (ANN, "failed", "5.0.0", True), (BOB, "failed", "5.0.0", False)),
    "bounce_exim_undisclosed": _told("undisclosed", (ANN, "failed", "5.0.0", False)),
    "bounce_ezweb": _told("", (ANN, "failed", "5.1.1", True)),
    "bounce_facebook_one_block": _told("", (ANN, "failed", "5.1.1", False)),
    "bounce_forwarded_alias": _told("alias", (ANN, "failed", "5.1.1", True)),
    "bounce_gmail_words": _told("gmail-words", (ANN, "failed", "5.1.1", True)),
    "bounce_gmx": _told("gmx", (ANN, "failed", "5.2.2", False)),
    "bounce_google_empty_status": _told("google-empty", (ANN, "failed", "5.1.1", True)),
    "bounce_google_workspace": _told("google", (ANN, "failed", "5.1.1", True)),
    "bounce_groupwise": _told("", (ANN, "failed", "5.2.1", True)),
    "bounce_imail": _told("imail", (ANN, "failed", "5.3.0", True), (BOB, "failed", "5.3.0", True)),
    "bounce_interscan": _told("interscan", (ANN, "failed", "5.1.1", True)),
    "bounce_james": _told("james", (ANN, "failed", "5.1.1", True)),
    "bounce_kerio": _told("", (ANN, "failed", "5.1.1", True), (BOB, "failed", "5.3.4", False)),
    "bounce_listserv": _told("listserv", (ANN, "failed", "5.4.6", False)),
    "bounce_mailmarshal": _told("", (ANN, "failed", "5.1.1", True)),
    "bounce_mailru": _told("mailru", (ANN, "failed", "5.1.1", True)),
    "bounce_masked_recipient": _told("masked", (ANN, "failed", "5.2.0", False)),
    "bounce_mcafee": _told("mcafee", (ANN, "failed", "5.1.1", True)),
    "bounce_mdaemon": _told("", (ANN, "failed", "5.1.1", True)),
    "bounce_messagelabs": _told("messagelabs", (ANN, "failed", "5.0.0", True)),
    "bounce_messaging_server": _told("sun", (ANN, "failed", "5.4.4", True)),
    "bounce_mfilter": _told("mfilter", (ANN, "failed", "5.1.1", True)),
    "bounce_mimecast": _told("", (ANN, "failed", "4.4.4", False)),
    "bounce_mirrored_by_a_list": _told("mirrored", (ANN, "failed", "5.0.0", False)),
    "bounce_mxlogic": _told("mxlogic", (ANN, "failed", "5.1.1", True)),
    "bounce_netscape_no_fields": _told("netscape", (ANN, "failed", "5.4.1", False)),
    "bounce_no_blank_lines": _told("no-blanks", (ANN, "failed", "5.1.1", True), (BOB, "delayed", "4.2.2", False)),
    "bounce_notes_japanese": _told("notes", (ANN, "failed", "5.0.0", False)),
    "bounce_opensmtpd": _told("opensmtpd", (ANN, "failed", "5.1.1", True)),
    "bounce_part_without_type": _told("x1", (ANN, "failed", "5.1.1", True)),
    "bounce_partial_original": _told("partial", (ANN, "failed", "5.7.1", False)),
    "bounce_phone_gateway": _told("", (ANN, "failed", "5.0.0", False)),
    "bounce_postfix": _told("sent-1", (ANN, "failed", "5.1.1", True), (BOB, "delayed", "4.4.7", False)),
    "bounce_postfix_quota": _told("postfix-quota", (ANN, "failed", "5.2.2", False), (BOB, "failed", "5.7.1", False)),
    "bounce_powermta": _told("powermta", (ANN, "failed", "5.2.1", True)),
    "bounce_prodigy_one_line": _told("", (ANN, "failed", "5.2.2", False)),
    "bounce_qmail": _told("sent-2", (ANN, "failed", "5.1.1", True)),
    "bounce_qmail_expired": _told("qmail-expired", (ANN, "failed", "4.4.1", False), (BOB, "failed", "5.2.1", True)),
    "bounce_quoted_headers_french": _told("french", (ANN, "failed", "5.1.1", True)),
    "bounce_returned_inside": _told("inside", (ANN, "failed", "5.1.1", True)),
    "bounce_sendmail": _told("sendmail", (ANN, "failed", "5.2.1", True)),
    "bounce_sendmail_dialogue": _told("dialogue", (ANN, "failed", "5.1.1", True)),
    "bounce_sendmail_v5": _told("v5", (ANN, "failed", "4.4.1", False)),
    "bounce_sendmail_words": _told("sendmail-words", (ANN, "failed", "5.1.1", True), (BOB, "failed", "5.2.2", False)),
    "bounce_ses": _told("ses", (ANN, "failed", "5.1.1", True)),
    "bounce_status_as_text": _told("as-text", (ANN, "failed", "5.1.1", True)),
    "bounce_success_postfix": _told("postfix-success", (ANN, "relayed", "2.0.0", False)),
    "bounce_without_recipient": _told(""),
    "bounce_x6": _told("", (ANN, "failed", "5.1.1", True)),
    "bounce_yahoo": _told("yahoo", (ANN, "failed", "5.1.1", True)),
    "bounce_zoho": _told("", (ANN, "failed", "5.1.1", True)),
    "delay_courier": _told("courier", (ANN, "delayed", "4.0.0", False)),
    "delay_gmail": _told("gmail-delay", (ANN, "delayed", "4.2.1", False)),
    "delay_postfix": _told("postfix-delay", (ANN, "delayed", "4.4.1", False)),
}


@pytest.mark.parametrize(("name", "told"), REPORTS.items(), ids=REPORTS.keys())
def test_a_report_tells_who_and_what_and_which_mail(name: str, told: Told) -> None:
    bounces = parsed(name).bounces

    assert (
        tuple((found.recipient, found.action, found.status, found.address_is_bad) for found in bounces)
        == told.recipients
    )
    assert {found.original_message_id for found in bounces} <= {told.original}


@pytest.mark.parametrize(
    ("name", "diagnostic"),
    [
        ("bounce_exchange_2007", "550 5.2.2 STOREDRV.Deliver: mailbox full"),
        ("bounce_groupwise", "(User account is expired)"),
        ("bounce_mailmarshal", "550 5.1.1 User unknown"),
        ("bounce_messaging_server", "Illegal host/domain name found"),
        ("bounce_james", "550 - Requested action not taken: no such user here"),
        ("bounce_mimecast", "4.4.4 Temporary server error. Please try again later"),
        ("bounce_no_blank_lines", "550 5.1.1 unknown continued without white space"),
        ("bounce_opensmtpd", "550 5.1.1 <ann@customer.example> no such user"),
        ("delay_postfix", "connect to mx.customer.example[192.0.2.9]:25: Connection timed out"),
    ],
)
def test_the_reason_is_the_servers_own(name: str, diagnostic: str) -> None:
    bounce = parsed(name).bounce

    assert bounce is not None
    assert bounce.diagnostic == diagnostic


def test_the_words_give_the_reason_that_the_fields_leave_out() -> None:
    _, second = parsed("bounce_exim_report").bounces

    assert second.diagnostic == "all relevant MX records point to non-existent hosts"


def test_each_recipient_has_its_own_reason() -> None:
    first, second = parsed("bounce_sendmail_words").bounces

    assert ("5.1.1 User unknown" in first.diagnostic, "5.2.2 Mailbox full" in second.diagnostic) == (True, True)


def test_a_failure_stands_before_a_delay() -> None:
    mail = parse_mail(raw("bounce_no_blank_lines").replace(b"Action: failed", b"Action: delayed", 1))

    assert [found.action for found in mail.bounces] == ["delayed", "delayed"]
    assert parsed("bounce_postfix").bounce == parsed("bounce_postfix").bounces[0]


def test_a_report_on_many_recipients_names_each_once() -> None:
    block = b"Final-Recipient: rfc822; ann@customer.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
    mail = parse_mail(b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a.example\r\n\r\n" + block * 3)

    assert [found.recipient for found in mail.bounces] == [ANN]


@pytest.mark.parametrize("action", ["Failed (user unknown)", "failure", "FAILED; permanent"])
def test_an_action_is_read_however_it_is_dressed(action: str) -> None:
    mail = parse_mail(raw("bounce_ses").replace(b"Action: failed", f"Action: {action}".encode()))

    assert [found.action for found in mail.bounces] == ["failed"]


def test_without_an_action_the_class_of_the_status_decides() -> None:
    report = raw("bounce_ses").replace(b"Action: failed\r\n", b"")

    assert [found.action for found in parse_mail(report).bounces] == ["failed"]
    assert [found.action for found in parse_mail(report.replace(b"5.1.1", b"4.2.2")).bounces] == ["delayed"]
    assert [found.action for found in parse_mail(report.replace(b"5.1.1", b"2.0.0")).bounces] == ["delivered"]


def test_a_person_who_writes_about_a_bounce_reports_nothing() -> None:
    mail = parse_mail(
        b"From: ann@customer.example\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n<bob@customer.example>: 550"
    )

    assert mail.bounces == ()


@pytest.mark.parametrize(
    ("status", "diagnostic", "is_bad"),
    [
        ("5.1.1", "", True),
        ("5.1.1", "550 5.1.1 no such user", True),
        ("5.1.1", "552 mailbox full", False),
        ("5.1.1", "550 5.7.1 blocked", False),
        ("5.0.0", "550 user unknown", True),
        ("5.0.0", "", False),
        ("5.1.8", "sender address is bad", False),
        ("5.2.2", "", False),
        ("4.1.1", "user unknown", False),
        ("", "", False),
    ],
)
def test_only_what_blames_the_address_alone_makes_it_bad(status: str, diagnostic: str, is_bad: bool) -> None:
    bounce = Bounce(recipient=ANN, status=status, diagnostic=diagnostic)

    assert bounce.address_is_bad is is_bad


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_no_delay_and_no_success_makes_an_address_bad(action: str) -> None:
    assert not Bounce(recipient=ANN, action=action, status="5.1.1").address_is_bad


HOSTILE = {
    "dashes": b"-" * 65_000,
    "lines of dashes": (b"-" * 79 + b"\n") * 800,
    "addresses without an end": b"a@" * 32_000,
    "a label on every line": b"recipient: a@b\n" * 4_000,
    "words of a fault": b"user " * 13_000,
    "accounts of nothing": b"account a a a a " * 4_000,
    "brackets": b"<" * 65_000,
    "codes": b"550 " * 16_000,
    "ids without an end": b"message-id:\n > " * 4_000,
    "spaces": b"to" + b" " * 65_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_words_made_to_hurt_are_read(body: bytes) -> None:
    mail = parse_mail(
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@a.example\r\nSubject: failure notice\r\n\r\nnot delivered\n" + body
    )

    assert not any("parser failed" in defect for defect in mail.defects)
