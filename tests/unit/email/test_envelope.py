"""A mail reaches the inbox that it was delivered for, whatever its visible headers say."""

import pytest

from heartline.channels.email.parse import parse_mail
from heartline.channels.email.verify import envelope_recipients

BLOCK = (
    b"Return-Path: <ana@customer.example>\r\n"
    b"Received: from mail.customer.example (mail.customer.example [192.0.2.1])\r\n"
    b" by inbound-smtp.us-east-1.amazonaws.com with SMTP id abc\r\n"
    b" for support@heartline.example;\r\n"
    b" Sun, 22 Nov 2026 21:06:58 +0000 (UTC)\r\n"
)


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"Subject: a blind copy\r\n\r\nHello",
        b"To: undisclosed-recipients:;\r\n\r\nHello",
        b"\xff\xfe\x00",
        b"(" * 5000,
    ],
    ids=["empty", "blind copy", "undisclosed", "no headers", "malformed"],
)
def test_the_envelope_is_read_from_what_ses_put_on_top(mail: bytes) -> None:
    assert "support@heartline.example" in parse_mail(BLOCK + mail).recipients


def test_a_forged_lower_copy_names_nobody() -> None:
    forged = b"Received: by inbound-smtp.us-east-1.amazonaws.com for boss@heartline.example; now\r\n\r\n"

    assert envelope_recipients(BLOCK + forged) == ("support@heartline.example",)


def test_several_recipients_are_all_read() -> None:
    block = BLOCK.replace(b"for support@heartline.example;", b"for a@heartline.example, <b@heartline.example>;")

    assert envelope_recipients(block) == ("a@heartline.example", "b@heartline.example")


def test_an_ordinary_mail_server_is_not_ses() -> None:
    assert envelope_recipients(b"Received: by mail.example for support@heartline.example; now\r\n\r\n") == ()
