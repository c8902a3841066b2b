"""Mail made to hurt: each form that broke the standard parser, or a known inbox, is read and bounded."""

import tracemalloc
from base64 import b64encode

import pytest

from heartline.channels.email.parse import parse_mail
from tests.unit.email import outlook

MEGABYTE = 1_000_000


def _nested_multiparts(count: int) -> bytes:
    levels = (b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(count))
    return b"".join(levels) + b"\r\nthe text inside"


def _encoded_groups(count: int) -> bytes:
    """Base64 of base64: each level is a third larger than the one inside."""
    mail = b"the text inside"
    for _ in range(count):
        if len(mail) > MEGABYTE:
            break
        mail = b"Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b64encode(
            b"--b\r\n" + mail
        )
    return mail


def _crowded_container(count: int) -> bytes:
    return b"Content-Type: application/ms-tnef\r\n\r\n" + outlook.container(
        *(outlook.attribute(outlook.RENDERING, b"") for _ in range(count))
    )


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
    "a boundary of 10,000 bytes": (
        b"Content-Type: multipart/mixed; boundary="
        + b"b" * 10_000
        + b"\r\n\r\n"
        + (b"--" + b"b" * 9_999 + b"\r\n") * 100
    ),
    "100,000 addresses": b"To: " + b"a@b.example, " * 100_000 + b"\r\n\r\nx",
    "one header of 5 MB": b"To: " + b"a" * 5 * MEGABYTE + b"\r\n\r\nx",
    "a name of 200 KB with an encoded address": b"From: " + b"=?utf-8?q?a=40?= " * 12_000 + b"\r\n\r\nx",
    "equals signs as quoted-printable": b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"= " * 500_000,
    "encoded words one after the other": b"Subject: " + b"=?utf-8?b?w7w=?=\r\n " * 13_000 + b"\r\nx",
    "an epilogue of words": MIXED + b"--b\r\n\r\nx\r\n--b--\r\n" + b"this is a mail " * 70_000,
    "files that never end": b"\r\n" + b"begin 644 x\nM" * 80_000 + b"\nend\n",
    "a file of empty lines": b"\r\nbegin 644 x\n" + b" \n" * 300_000,
    "commands that never end": b"Content-Type: text/enriched\r\n\r\n" + b"<param>" * 140_000,
    "an invitation of parameters": b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\n" + b'SUMMARY;"a"' * 90_000,
    "base64 that turns into prose": b"Content-Transfer-Encoding: base64\r\n\r\n"
    + b"QUJD\n" * 100_000
    + b"a b " * 90_000,
    "groups that are encoded in each other": _encoded_groups(40),
    "100,000 files in a container": _crowded_container(100_000),
    "half of the bytes zero": b"\r\n" + b"a\0" * 500_000,
    "paragraphs that never end": b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"x \r\n" * 250_000,
    "boundaries inside lines": MIXED + b"x--b " * 200_000,
    "an address of angle brackets": b"To: " + b"<" * 200_000 + b"\r\n\r\nx",
    "a journey that SES never made": b"Received: "
    + b"by inbound-smtp.us-east-1.amazonaws.com for " * 4_000
    + b"\r\n\r\nx",
    "900 headers in each of 900 parts": MIXED + (b"--b\r\n" + b"Z: 1\r\n" * 900 + b"\r\nx\r\n") * 900,
    "900 pages in one mail": MIXED + (b"--b\r\n" + HTML + b"<div>" * 500 + b"\r\n") * 900,
    "a delivery status of folds": b"Content-Type: message/delivery-status\r\n\r\nDiagnostic-Code: "
    + b"a\r\n " * 250_000,
    "5,000 lines that look like the last of an attribution": b"\r\n"
    + b"2024-01-01 10:00:05 mail from ann@example.com (taken)\r\n" * 5_000,
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


def test_a_large_file_takes_a_few_times_its_size() -> None:
    data = b"Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    data += (b"QUJD" * 19 + b"\r\n") * 256_000
    tracemalloc.start()
    try:
        mail = parse_mail(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert mail.attachments[0].size == 57 * 256_000
    assert peak <= 5 * len(data)


def test_a_header_beyond_the_cap_takes_no_room_from_those_behind_it() -> None:
    mail = parse_mail(b"X-Report: " + b"x" * 300_000 + b"\r\nSubject: Our order\r\n\r\nhello")

    assert mail.subject == "Our order"
    assert "headers beyond the cap were left out" in mail.defects


def test_of_a_very_long_address_header_the_beginning_is_read_and_the_rest_named() -> None:
    mail = parse_mail(b"To: ann@example.com, " + b"x" * 100_000 + b", ben@example.com\r\n\r\nhello")

    assert mail.to[0].address == "ann@example.com"
    assert "addresses beyond the cap in To were left out" in mail.defects
