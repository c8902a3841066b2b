"""Mail made to hurt: each form that broke the standard parser, or a known inbox, is read and bounded."""

import tracemalloc

import pytest

from heartline.channels.email.parse import parse_mail

MEGABYTE = 1_000_000


def _nested_multiparts(count: int) -> bytes:
    levels = (b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(count))
    return b"".join(levels) + b"\r\nthe text inside"


HTML = b"Content-Type: text/html\r\n\r\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
HOSTILE = {
    "an address of brackets": b"To: " + b"(" * 2000 + b"\r\n\r\nx",
    "an address of commas": b"To: " + b"," * 250_000 + b"\r\n\r\nx",
    "an address of quotes": b"To: " + b'"\\' * 120_000 + b"\r\n\r\nx",
    "1,500 multiparts in each other": _nested_multiparts(1500),
    "20,000 multiparts in each other": _nested_multiparts(20_000),
    "one boundary for every level": MIXED + (b"--b\r\n" + MIXED) * 20_000,
    "30,000 messages in each other": b"Content-Type: message/rfc822\r\n\r\n" * 30_000,
    "100,000 parts": MIXED + b"--b\r\n\r\nx\r\n" * 100_000,
    "200,000 headers": b"X-A: b\r\n" * 200_000 + b"\r\nx",
    "200,000 lines without a name": b"A: b\r\n" + b"junk\r\nX-A: b\r\n" * 80_000,
    "300,000 folds": b"Subject: x\r\n" + b" y\r\n" * 300_000,
    "a header of 2 MB": b"Subject: " + b"x" * 2 * MEGABYTE + b"\r\n\r\nx",
    "encoded words without an end": b"Subject: " + b"=?utf-8?q?" * 25_000 + b"\r\n\r\nx",
    "parameters of semicolons": b"Content-Type: text/plain" + b";" * 250_000 + b"\r\n\r\nx",
    "parameters of quotes": b"Content-Type: text/plain; " + b'a="' * 80_000 + b"\r\n\r\nx",
    "40,000 continued parameters": b"Content-Type: text/plain; " + b"a*0=x;" * 40_000 + b"\r\n\r\nx",
    "base64 of paddings": b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QQ==" * 250_000,
    "boundaries inside lines": MIXED + b"x--b " * 200_000,
    "HTML of ampersands": HTML + b"&" * MEGABYTE,
    "200,000 divs": HTML + b"<div>" * 200_000,
    "330,000 paragraphs": HTML + b"<p>" * 333_000,
    "formatting that every paragraph repeats": HTML
    + b"".join(b"<font color=%d>" % at for at in range(5000))
    + b"<p>x</p>" * 90_000,
    "html tags with 70,000 attributes": HTML + b"".join(b"<html a%d=1>" % at for at in range(70_000)),
    "one tag with 100,000 attributes": HTML + b"<p " + b" ".join(b"a%d=1" % at for at in range(100_000)) + b">",
    "spaces by entities": HTML + b"&nbsp;" * 160_000,
    "200,000 quoted lines": b"\r\n" + b"> x\r\n" * 200_000,
    "200,000 attributions": b"\r\n" + b"On x\r\n" * 200_000,
    "a report on 30,000 recipients": (
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        + b"Final-Recipient: rfc822; a@b\r\n\r\n" * 30_000
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_is_read_without_a_fault_and_in_bounded_memory(data: bytes) -> None:
    tracemalloc.start()
    try:
        mail = parse_mail(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert not any("parser failed" in defect for defect in mail.defects)
    assert peak <= 6 * len(data) + 50 * MEGABYTE


def test_the_text_of_what_is_nested_too_deeply_is_shown() -> None:
    mail = parse_mail(_nested_multiparts(100))

    assert "the text inside" in mail.text
    assert "parts nested deeper than the cap are shown as text" in mail.defects


def test_a_nul_byte_is_kept_in_a_body_and_blanked_in_a_header() -> None:
    mail = parse_mail(b"Subject: a\0b\r\n\r\nx\0y")

    assert (mail.subject, mail.text) == ("a b", "x\0y")


def test_a_message_id_of_any_length_is_kept() -> None:
    assert parse_mail(b"Message-ID: <" + b"a" * 5000 + b"@b>\r\n\r\nx").message_id == "a" * 5000 + "@b"


def test_a_part_that_only_claims_base64_is_shown_where_it_is_all_there_is() -> None:
    mail = parse_mail(b"Content-Transfer-Encoding: base64\r\n\r\nHello, this is plain text!\r\n")

    assert mail.text == "Hello, this is plain text!\n"
    assert "a part is not encoded as it says: kept as it is" in mail.defects
