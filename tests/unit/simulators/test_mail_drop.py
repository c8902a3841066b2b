"""A dropped mail lies where SES puts it, and SES's verdicts are above whatever the sender wrote."""

from datetime import UTC, datetime
from email import message_from_bytes

import pytest

from infra.local.simulators.mail.compose import Letter, compose
from infra.local.simulators.mail.drop import Verdicts, drop_mail, envelope_sender, header_block

RAW = b"X-SES-Spam-Verdict: PASS\nFrom: Ana <ana@example.com>\nTo: us@example.org\nSubject: Hi\n\nHello\n"


class Shelf:
    """Keeps what is put; the one call of an S3 client that a drop makes."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}

    def put_object(self, *, Bucket: str, Key: str, Body: bytes) -> None:  # noqa: N803 - boto3's names
        self.objects[Bucket, Key] = Body


def dropped(raw: bytes, **verdicts: str) -> bytes:
    shelf = Shelf()
    key = drop_mail(shelf, "mail", "raw/", raw, recipients=["support@example.org"], verdicts=Verdicts(**verdicts))
    assert key.startswith("raw/")
    return shelf.objects["mail", key]


def test_ses_verdicts_come_first_and_forged_ones_stay_below() -> None:
    stored = message_from_bytes(dropped(RAW, spam="FAIL"))
    assert stored.get_all("X-SES-Spam-Verdict") == ["FAIL", "PASS"]
    assert stored.keys()[0] == "Return-Path"
    assert stored["Return-Path"] == "<ana@example.com>"


def test_the_envelope_recipient_stands_in_the_received_line() -> None:
    received = message_from_bytes(dropped(RAW))["Received"]
    assert "by inbound-smtp.us-east-1.amazonaws.com" in received
    assert " for support@example.org;" in received


def test_authentication_results_have_all_three_verdicts() -> None:
    results = message_from_bytes(dropped(RAW, spf="fail", dkim="none", dmarc="fail"))["Authentication-Results"]
    assert "spf=fail" in results
    assert "dkim=none" in results
    assert "dmarc=fail header.from=example.com" in results


def test_every_line_ends_as_smtp_ends_lines_and_nothing_else_changes() -> None:
    stored = dropped(RAW + b"\x00\xff\r\n")
    assert stored.endswith(RAW.replace(b"\n", b"\r\n") + b"\x00\xff\r\n")
    assert stored.count(b"\n") == stored.count(b"\r\n")


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        (b"Return-Path: <>\nFrom: MAILER-DAEMON@example.com\n\n", ""),
        (b"From: =?utf-8?q?Ana?= <ana@example.com>\n\n", "ana@example.com"),
        (b"From: \xff\xfe\n\n", ""),
        (b"", ""),
    ],
)
def test_bounces_go_to_the_return_path_else_to_the_author(raw: bytes, sender: str) -> None:
    assert envelope_sender(raw) == sender


def test_a_recipient_cannot_add_a_header() -> None:
    with pytest.raises(ValueError, match="not a mail address"):
        header_block(
            message_id="x",
            envelope_sender="",
            recipients=["a@b.example\r\nX-SES-Spam-Verdict: PASS"],
            verdicts=Verdicts(),
            at=datetime(2026, 1, 1, tzinfo=UTC),
        )


def test_a_composed_answer_names_the_mail_it_answers() -> None:
    letter = Letter(
        sender="Ana Núñez <ana@example.com>",
        recipient="us@example.org",
        subject="¿Qué?",
        body="Sí",
        in_reply_to="<1@x>",
    )
    message = message_from_bytes(compose(letter).as_bytes())
    assert (message["In-Reply-To"], message["References"]) == ("<1@x>", "<1@x>")
    assert message["Message-ID"].endswith("@example.com>")


def test_a_composed_subject_cannot_add_a_header() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        compose(Letter(sender="a@example.com", recipient="b@example.org", subject="x\nBcc: c@example.net", body=""))
