"""A mail is understood however it is written, and nothing in it is dropped without a word."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.channels.email.limits import Limits
from heartline.channels.email.parse import parse_mail
from heartline.domain.mail import MailAddress, as_json
from tests.unit.email.mails import parsed

HEADERS = st.sampled_from([b"From", b"To", b"Subject", b"Date", b"Content-Type", b"Message-ID", b"References", b"X"])
VALUES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"multipart/mixed; boundary=b",
            b"text/html; charset=utf-7",
            b"text/plain; charset=utf-16",
            b"message/delivery-status",
            b"=?utf-8?b?//8=?=",
            b'"a" <a@b.c>, (',
            b"base64",
        ]
    ),
)
BODIES = st.lists(
    st.one_of(st.binary(max_size=80), st.sampled_from([b"\r\n--b\r\n", b"\r\n--b--", b"<p><a href=", b"+2AA-"]))
)


def mails() -> st.SearchStrategy[bytes]:
    fields = st.lists(st.tuples(HEADERS, VALUES).map(lambda field: field[0] + b": " + field[1] + b"\r\n"), max_size=8)
    return st.builds(lambda head, body: b"".join(head) + b"\r\n" + b"".join(body), fields, BODIES)


@given(st.one_of(st.binary(max_size=500), mails()))
@settings(max_examples=400, deadline=None)
def test_any_bytes_become_one_json_object_of_valid_text(data: bytes) -> None:
    mail = parse_mail(data)

    assert json.loads(json.dumps(as_json(mail), ensure_ascii=False).encode())["kind"]
    assert not any("parser failed" in defect for defect in mail.defects)


def test_a_fault_of_the_parser_leaves_a_placeholder(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("heartline.channels.email.parse.read_structure", broken)
    mail = parse_mail(b"Subject: x\r\n\r\ny")

    assert mail.placeholder
    assert mail.defects == ("the parser failed: RecursionError",)


def test_an_empty_mail_is_a_placeholder_with_a_stable_id() -> None:
    assert parse_mail(b"").placeholder
    assert parse_mail(b"").message_id == parse_mail(b"").message_id


def test_a_mail_without_headers_is_its_text() -> None:
    mail = parsed("no_headers")

    assert mail.text == "Just a few words,\nand no header at all.\n"
    assert "no headers" in mail.defects


def test_an_unknown_charset_is_guessed_and_named() -> None:
    mail = parsed("unknown_charset")

    assert (mail.subject, mail.text) == ("Grüße", "Grüße\n")
    assert "the character set 'x-no-such-charset' is unknown: it was guessed" in mail.defects


def test_raw_8_bit_headers_are_read() -> None:
    mail = parsed("headers_8bit")

    assert mail.sender == MailAddress(name="Jürgen Müller", address="j@customer.example")
    assert (mail.subject, mail.text) == ("Größe", "Größe 42\n")


def test_a_multipart_that_names_no_boundary_is_still_taken_apart() -> None:
    mail = parsed("multipart_without_boundary")

    assert mail.text == "The words that must not be lost."
    assert [attachment.filename for attachment in mail.attachments] == ["a.pdf"]
    assert mail.defects == ("the mail does not say where its parts begin: that was guessed",)


def test_parts_after_the_closing_boundary_are_not_lost() -> None:
    assert parsed("parts_after_the_end").text == "first\nsecond"


def test_groups_encoded_words_and_continued_file_names_are_joined() -> None:
    mail = parsed("group_and_rfc2231")

    assert [entry.address for entry in mail.to] == ["c@public.example", "joe@example.org"]
    assert mail.subject == "Hello 😀"
    assert mail.attachments[0].filename == "Rechnung für März.pdf"
    assert mail.attachments[0].content == b"%PDF-"


def test_words_and_addresses_are_decoded_however_they_were_cut() -> None:
    mail = parsed("whole_address_encoded")

    assert mail.sender == MailAddress(name="Ana Müller", address="ana@customer.example")
    assert mail.subject == "Grüße aus Омск"
    assert [(entry.name, entry.address) for entry in mail.cc] == [
        ("Meier", ""),
        ("Joe", "joe@customer.example"),
        ("Müller, Hans", "hans@customer.example"),
    ]


def test_the_sender_is_the_one_who_has_an_address() -> None:
    assert parse_mail(b"From: Meier, Joe <joe@customer.example>\r\n\r\nx").sender.address == "joe@customer.example"


def test_headers_are_found_behind_empty_lines() -> None:
    mail = parsed("empty_lines_before_headers")

    assert (mail.subject, mail.text) == ("Shifted", "The body.\n")
    assert mail.defects == ("empty lines stood before the headers",)


def test_a_soft_break_may_have_gained_blanks_on_its_way() -> None:
    assert parsed("soft_breaks_with_blanks").text == "The price is 5€ = fair.\n"


def test_an_inner_boundary_may_be_the_outer_one_and_two_dashes() -> None:
    assert parsed("boundary_extended_by_dashes").text == "The text within.\n"


def test_the_name_of_a_file_is_the_last_of_a_windows_path() -> None:
    assert parsed("windows_path_as_name").attachments[0].filename == "nsmail.png"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"image/ png; name=a b.png", ("image/png", "a b.png")),
        (b"image/png; name*0*=UTF-8''%E2%98; name*1*=%83.txt", ("image/png", "☃.txt")),
        (b"image/png; name*1*=%A9; name*0*=ISO-8859-1''%E9", ("image/png", "é©")),
        (b"image/png; name*0*=ISO-8859-1''caf%E9; name*1=-tag", ("image/png", "café-tag")),
        (b"image/png; name*0*=ISO-8859-1''a%E9; name*1*=ISO-8859-1'b", ("image/png", "aéb")),
        (b'image/png; name="=?utf-8?q?=E3=83=8F?=.png"', ("image/png", "ハ.png")),
        (b"image/png; name='quoted.png'", ("image/png", "quoted.png")),
        (b"image/png name=x.png", ("image/png", "x.png")),
        (b'image/png; ;; = ; name="a\\"b.png"', ("image/png", 'a"b.png')),
        ("image/png; name=Größe.png".encode(), ("image/png", "Größe.png")),
        ("image/png; name=Größe.png".encode("cp1252"), ("image/png", "Größe.png")),
    ],
)
def test_the_type_and_the_name_of_a_file_are_read(source: bytes, expected: tuple[str, str]) -> None:
    file = parse_mail(b"Content-Type: " + source + b"\r\n\r\nx").attachments[0]

    assert (file.content_type, file.filename) == expected


def test_a_file_name_is_shown_in_the_order_of_its_letters() -> None:
    mail = parse_mail("Content-Type: application/x; name=invoice\u202efdp.exe\r\n\r\nx".encode())

    assert mail.attachments[0].filename == "invoicefdp.exe"


def test_a_file_name_that_was_cut_is_reported() -> None:
    mail = parse_mail(b"Content-Type: image/png; name=" + b"a" * 300 + b"\r\n\r\nx")

    assert len(mail.attachments[0].filename) == 255
    assert "a file name was cut" in mail.defects


def test_no_header_can_be_smuggled_through_an_encoded_word() -> None:
    mail = parsed("header_injection_in_subject")

    assert mail.subject == "Hi Bcc: victim@y.example"
    assert mail.sender.name == "Ann Bcc: x@y.example"


def test_html_alone_gives_a_text_with_its_links() -> None:
    mail = parsed("html_only")

    assert mail.text == "Dear team,\n\nsee my order <https://shop.example/o/1>\nBye"
    assert mail.html is not None
    assert "script" not in mail.html
    assert mail.remote_images == ("https://t.example/p.gif",)


def test_a_mail_with_references_alone_keeps_them() -> None:
    assert parsed("references_only").references == ("old-1@customer.example", "sent-1@eu-west-1.amazonses.com")


def test_sixty_references_and_several_ids_in_one_header_are_legal() -> None:
    ids = [f"Case.{at}@X" for at in range(60)]
    head = "References: " + "\r\n ".join(f"<{one}>" for one in ids) + "\r\nIn-Reply-To: <a@b> <c@\r\n d>\r\n\r\nx"
    mail = parse_mail(head.encode())

    assert mail.references == tuple(ids)
    assert mail.in_reply_to == ("a@b", "c@d")


def test_the_envelope_recipients_come_first() -> None:
    mail = parse_mail(b"Delivered-To: b@x\r\nX-Original-To: c@x\r\nTo: d@x\r\n\r\n", recipients=("a@x",))

    assert mail.recipients == ("a@x", "b@x", "c@x")


def test_a_forwarded_message_is_kept_byte_for_byte() -> None:
    inner = b"Subject: Inner/One\r\n\r\n--odd\r\n"
    mail = parse_mail(
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner
        + b"\r\n--b--"
    )

    assert mail.attachments[0].content == inner
    assert mail.attachments[0].filename == "Inner-One.eml"


def test_a_file_name_brings_no_folders() -> None:
    head = b'Content-Type: application/x; name="..\\\\..\\\\etc/pass\x01wd"\r\n\r\nx'

    assert parse_mail(head).attachments[0].filename == "pass wd"


def test_what_is_beyond_a_cap_is_named() -> None:
    small = Limits(size=100, addresses=1)
    mail = parse_mail(b"To: a@b, c@d\r\n\r\n" + b"x" * 200, small)

    assert [entry.address for entry in mail.to] == ["a@b"]
    assert "the mail is larger than 100 bytes: the rest was not read" in mail.defects
    assert "addresses beyond the cap in To were left out" in mail.defects


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"Fri, 07 Oct 1994 16:15:05 -0700 (PDT)", "1994-10-07T23:15:05Z"),
        (b"Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06Z"),
        (b"2022-08-19T13:10:40+02:00", "2022-08-19T11:10:40Z"),
        (b"Mon, 02 Mar 2026 10:00:60 +0000", "2026-03-02T10:00:59Z"),
        (b"Tue, 1 Jul 2003 ((nested) comment) 10:52:37 +0200", "2003-07-01T08:52:37Z"),
        (b"Mon, 02 Mar 2026 10:00:01 +01:00", "2026-03-02T09:00:01Z"),
        (b"Mon, 02 Mar 2026 10:00:01 GMT+1", "2026-03-02T09:00:01Z"),
        (b"Mon, 02 Mar 2026 10:00:01 CEST", "2026-03-02T08:00:01Z"),
        (b"Thu, 10 Jul 1997 14:53:31 EST5EDT", "1997-07-10T19:53:31Z"),
        (b"Mon, 2 Mar 126 10:00:00 +0000", "2026-03-02T10:00:00Z"),
        (b"=?utf-8?q?Mon=2C_2_Mar_2026_10=3A00=3A01_+0100?=", "2026-03-02T09:00:01Z"),
        (b"Thu, 31 Feb 2020 10:00:00 +0000", None),
        (b"1 Jan 0001 00:00:00 +9999999999", "2001-01-01T00:00:00Z"),
        (b"Whenever", None),
    ],
)
def test_a_date_is_a_moment_in_utc_or_none(source: bytes, expected: str | None) -> None:
    assert as_json(parse_mail(b"Date: " + source + b"\r\n\r\n"))["date"] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Whomever", [("Whomever", "")]),
        ("(a comment is a name)", [("a comment is a name", "")]),
        ("A1 (The Enforcer) Gore <v@w.gov>", [("A1 Gore (The Enforcer)", "v@w.gov")]),
        ('"Giant; \\"Big\\" Box" <s@e.n>, <@a,@b:c@d.e>', [('Giant; "Big" Box', "s@e.n"), ("", "c@d.e")]),
        ("=?utf-8?q?M=C3=BCller=2C_Hans?= <h@m.de>, x@y", [("Müller, Hans", "h@m.de"), ("", "x@y")]),
        (
            "Pete(A nice \\) chap) <p(his account)@s.t(his host)>",
            [("Pete (A nice ) chap his account his host)", "p@s.t")],
        ),
        ("John =?utf-8?q?Doe_=3Cj=40x.com=3E?=", [("John Doe", "j@x.com")]),
        ('"a(b)c"@x.com', [("", '"a(b)c"@x.com')]),
        ("Ann [mailto:a@x.com]", [("", "a@x.com")]),
        ('"john doe"@x.com', [("", '"john doe"@x.com')]),
        ("joe @ example . com", [("", "joe@example.com")]),
        ("John Doe john@x.com", [("John Doe", "john@x.com")]),
        ("<a@b, <c@d>", [("", "a@b"), ("", "c@d")]),
        ('"open <a@b.c>, d@e.f', [("open", "a@b.c"), ("", "d@e.f")]),
        ("(open a@b.c, c@d.e", [("(open", "a@b.c"), ("", "c@d.e")]),
        ("Undisclosed recipients:;", []),
        (",,;,", []),
    ],
)
def test_addresses_are_found_as_people_write_them(source: str, expected: list[tuple[str, str]]) -> None:
    mail = parse_mail(f"To: {source}\r\n\r\n".encode())

    assert [(entry.name, entry.address) for entry in mail.to] == expected
