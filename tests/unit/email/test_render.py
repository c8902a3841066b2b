"""An answer of ours arrives as it was meant, and nothing in it can become a header."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from heartline.channels.email.parse import parse_mail
from heartline.channels.email.render import OutgoingMail, render_mail
from heartline.domain.errors import Invalid
from heartline.domain.mail import Kind, MailAddress, MailFile
from heartline.domain.threading import Keys, sign_loop

DRAFT = OutgoingMail(
    sender=MailAddress(name="Shop Süd", address="support@shop.example"),
    to=(MailAddress(name="Ann", address="ann@customer.example"),),
    subject="Re: Größe 42",
    text="Dear Ann,\n\nit is on its way.\n",
    html="<html><body><p>Dear Ann,</p><p>it is on its way.</p></body></html>\r\n",
    message_id="m1@shop.example",
    at=datetime(2026, 3, 2, 10, 0, tzinfo=UTC),
    in_reply_to="q1@customer.example",
    references=tuple(f"r{at}@customer.example" for at in range(30)),
    signed_id="c.0123456789abcdef.aaaa@shop.example",
)
HEADERS = {"Content-Type", "MIME-Version", "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References"}
ANY_LINE = st.text(st.characters(codec="utf-8"), max_size=80)
FILES = st.builds(
    MailFile,
    filename=ANY_LINE,
    content_type=st.sampled_from(["application/pdf", "text/plain", "broken", "message/rfc822", "a/b\r\nX: y"]),
    content=st.binary(max_size=200),
)


@given(ANY_LINE, ANY_LINE, ANY_LINE, st.lists(FILES, max_size=2))
@settings(max_examples=150, deadline=None)
def test_what_is_built_is_what_is_read(name: str, subject: str, line: str, files: list[MailFile]) -> None:
    text = f"first {line}\nlast"
    draft = replace(
        DRAFT, to=(MailAddress(name=name, address="a@b.example"),), subject=subject, text=text, attachments=tuple(files)
    )
    raw = render_mail(draft)
    mail = parse_mail(raw)

    assert mail.to[0].address == "a@b.example"
    assert mail.subject.split() == _one_line(subject).split()
    assert mail.text.split() == text.split()
    assert [attachment.content for attachment in mail.attachments] == [attachment.content for attachment in files]
    names = message_from_bytes(raw).keys()
    assert len(names) == len(set(names))
    assert set(names) <= HEADERS


def _one_line(text: str) -> str:
    return "".join(" " if ord(one) < 32 or ord(one) in (127, 0x85, 0x2028, 0x2029) else one for one in text)


def test_the_thread_is_named_by_its_last_twenty_ids_and_our_signed_one() -> None:
    mail = parse_mail(render_mail(DRAFT))

    assert mail.in_reply_to == ("q1@customer.example",)
    assert mail.references == (*DRAFT.references[-20:], DRAFT.signed_id)
    assert mail.message_id == "m1@shop.example"


def test_a_line_break_in_a_header_becomes_a_space() -> None:
    evil = "x\r\nBcc: victim@y.example"
    draft = replace(
        DRAFT, subject=evil, sender=MailAddress(name=evil, address="support@shop.example"), references=(evil,)
    )
    read = message_from_bytes(render_mail(draft))

    assert read["Bcc"] is None
    assert parse_mail(render_mail(draft)).subject == "x Bcc: victim@y.example"


@pytest.mark.parametrize("address", ["a@b\r\nBcc: c@d", "a@b, c@d", "<a@b>", "no-address", ""])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(Invalid):
        render_mail(replace(DRAFT, to=(MailAddress(address=address),)))


def test_lines_end_with_cr_lf_and_are_short_enough_for_smtp() -> None:
    raw = render_mail(replace(DRAFT, text="x" * 3000, references=(f"{'r' * 300}@x",) * 5))

    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_an_image_travels_with_the_html_that_shows_it_and_a_file_beside_both() -> None:
    image = MailFile(
        filename="a.png", content_type="image/png", content=b"\x89PNG", content_id="up1@upload", inline=True
    )
    letter = MailFile(filename="b.pdf", content_type="application/pdf", content=b"%PDF")
    raw = render_mail(replace(DRAFT, attachments=(image, letter)))

    assert [part.get_content_type() for part in message_from_bytes(raw).walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    assert {(file.content_id, file.content) for file in parse_mail(raw).attachments} == {
        ("up1@upload", b"\x89PNG"),
        ("", b"%PDF"),
    }


def test_an_international_domain_is_written_as_mail_servers_know_it() -> None:
    raw = render_mail(replace(DRAFT, to=(MailAddress(name="Ann", address="ann@bücher.example"),)))

    assert message_from_bytes(raw)["To"] == '"Ann" <ann@xn--bcher-kva.example>'


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=1, max_size=50))
@example(names=["'", "'Ann'"])
@settings(max_examples=50, deadline=None)
def test_every_name_of_many_recipients_is_read_back(names: list[str]) -> None:
    to = tuple(MailAddress(name=name, address=f"a{at}@b.example") for at, name in enumerate(names))
    mail = parse_mail(render_mail(replace(DRAFT, to=to[:1], cc=to[1:])))

    assert [entry.address for entry in (*mail.to, *mail.cc)] == [entry.address for entry in to]
    assert [entry.name.split() for entry in (*mail.to, *mail.cc)] == [_one_line(name).split() for name in names]


def test_lines_that_mail_systems_trip_over_arrive_as_they_were() -> None:
    text = ".\n..\nFrom here on\n-- \nend \n"
    assert parse_mail(render_mail(replace(DRAFT, text=text))).text.splitlines()[:3] == [".", "..", "From here on"]
    assert b"\r\n-- =\r\n" in render_mail(replace(DRAFT, text=text)) or b"\r\n--=20\r\n" in render_mail(
        replace(DRAFT, text=text)
    )


def test_an_automatic_mail_says_so_and_is_known_when_it_returns() -> None:
    keys = Keys(current="a", secrets={"a": b"secret"})
    raw = render_mail(replace(DRAFT, loop=sign_loop(keys, "sales")))

    assert b"\r\nAuto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\n" in raw
    assert parse_mail(raw, keys=keys).kind is Kind.OWN_LOOP
    assert parse_mail(raw).kind is Kind.AUTO_REPLY


def test_equal_drafts_are_equal_mails() -> None:
    assert render_mail(DRAFT) == render_mail(DRAFT)
