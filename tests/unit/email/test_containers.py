"""What is packed inside something else comes out as text and files; what cannot be opened is kept and explained."""

import codecs
import tracemalloc
from base64 import b64decode
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.channels.email.parse import parse_mail
from heartline.channels.email.rtf import rtf_to_text, unpack_rtf
from heartline.channels.email.sealed import NotSigned, signed_content
from heartline.channels.email.tnef import NotTnef, read_tnef
from tests.unit.email import outlook
from tests.unit.email.mails import parsed, raw

MEGABYTE = 1_000_000


def test_a_group_of_parts_that_is_encoded_as_a_whole_is_taken_apart() -> None:
    mail = parsed("encoded_multipart")

    assert mail.text == "The words inside."
    assert [attachment.content for attachment in mail.attachments] == [b"%PDF-"]
    assert mail.defects == ("a group of parts was encoded as a whole",)


def test_what_a_mailing_list_writes_behind_base64_is_kept() -> None:
    mail = parsed("list_footer_behind_base64")

    assert mail.text.startswith("Grüße aus dem Süden.\n")
    assert "https://lists.example/leave" in mail.text
    assert mail.defects == ("plain text stood behind the encoded part: it was kept",)


def test_a_file_inside_the_text_is_taken_out_of_it() -> None:
    mail = parsed("uuencoded_in_text")

    assert mail.subject == "Receipt"
    assert mail.text == "Here it is:\n\n\nRegards\n"
    assert [(file.filename, file.content) for file in mail.attachments] == [
        ("receipt.txt", b"The receipt, line by line.\n" * 4)
    ]
    assert mail.defects == ("files that stood inside the text were taken out of it",)


@pytest.mark.parametrize(
    "text",
    ["Please begin 644 calls\nat the\nend\n", "begin 644 a.txt\nthis is prose, not a file\nend\n"],
    ids=["in a sentence", "damaged"],
)
def test_a_text_that_only_looks_like_a_file_stays_text(text: str) -> None:
    mail = parse_mail(b"\r\n" + text.encode())

    assert mail.text == text
    assert mail.attachments == ()


def test_outlooks_container_gives_its_text_and_its_files() -> None:
    mail = parsed("winmail")

    assert (mail.subject, mail.text) == ("Invoice", "Grüße, the invoice is attached.\n€42")
    assert [(file.filename, file.content_type, file.content) for file in mail.attachments] == [
        ("Rechnung März.pdf", "application/pdf", b"%PDF-1.7 small")
    ]
    assert mail.defects == ("the mail came in Outlook's own format: its content was unpacked",)


def test_the_container_beside_a_text_gives_its_files_alone() -> None:
    mail = parsed("winmail_beside_text")

    assert mail.text == "The invoice is attached."
    assert [file.filename for file in mail.attachments] == ["Rechnung März.pdf"]


@pytest.mark.parametrize("damaged", [b"", b"no container", outlook.container(outlook.file("a", b"b"))[:40]])
def test_a_container_that_cannot_be_opened_is_kept_and_named(damaged: bytes) -> None:
    mail = parse_mail(b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n" + damaged)

    assert [(file.filename, file.content) for file in mail.attachments] == [("winmail.dat", damaged)]
    assert "a file of Outlook's own format could not be unpacked: it was kept as it is" in mail.defects


def test_rich_text_is_unpacked_as_its_specification_says() -> None:
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )  # https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxrtfcp, section 3.1.1

    assert unpack_rtf(packed, 1000) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_html_inside_rich_text_gives_its_text_and_its_line_breaks() -> None:
    rtf = (
        rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 One"
        rb"{\*\htmltag84 <br>}\htmlrtf \line\htmlrtf0 two}"
    )

    assert rtf_to_text(rtf) == "One\ntwo"


def test_rich_text_that_unpacks_without_end_is_cut_at_the_cap() -> None:
    ends = (207 + 8 + 17 * at for at in range(80_000))
    references = [pack(">H", (end - 1) % 4096 << 4 | 15) for end in ends]
    runs = b"".join(b"\xff" + b"".join(references[at : at + 8]) for at in range(0, len(references), 8))
    endless = bytes(8) + b"LZFu" + bytes(4) + b"\0aaaaaaaa" + runs
    tracemalloc.start()
    text = unpack_rtf(endless, MEGABYTE)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(text) == MEGABYTE
    assert peak < 10 * MEGABYTE


@given(st.binary(max_size=300), st.integers(0, 300), st.binary(max_size=4))
@settings(max_examples=300, deadline=None)
def test_a_container_is_read_or_refused_whatever_its_bytes(junk: bytes, at: int, splice: bytes) -> None:
    whole = outlook.container(outlook.rich_body(b"{\\rtf1 text}"), outlook.file("a.pdf", b"content"), junk)
    data = whole[:at] + splice + whole[at + len(splice) :]
    try:
        read = read_tnef(data, files=10, text_size=1000)
    except NotTnef:
        return
    assert sum(len(file.content) for file in read.files) <= len(data)


def test_no_more_files_come_out_than_the_cap() -> None:
    many = outlook.container(*(outlook.file(str(at), b"x") for at in range(30)))

    assert len(read_tnef(many, files=10, text_size=1000).files) == 10


@pytest.mark.parametrize(
    ("name", "files", "explanation"),
    [
        ("pgp_encrypted", ["", "encrypted.asc"], "the mail is encrypted with PGP: what it says is only in its files"),
        (
            "one_piece_of_several",
            [""],
            "this is one piece of a mail that was sent in several: they are not put together",
        ),
        (
            "encrypted_with_smime",
            ["smime.p7m"],
            "the mail is encrypted with S/MIME: what it says is only in its file",
        ),
        ("left_on_another_computer", ["report.pdf"], "a file was not sent with the mail but left on another computer"),
    ],
)
def test_what_nobody_can_open_here_is_kept_and_explained(name: str, files: list[str], explanation: str) -> None:
    mail = parsed(name)

    assert [file.filename for file in mail.attachments] == files
    assert explanation in mail.defects


def test_a_mail_that_is_signed_in_one_piece_is_taken_out_of_its_seal() -> None:
    mail = parsed("sealed_in_pieces")

    assert (mail.subject, mail.text) == ("sealed_in_pieces", "Grüße, signed in one piece.")
    assert [file.filename for file in mail.attachments] == ["a.pdf"]
    assert mail.defects == ("the mail was sealed with S/MIME: its signature was not checked",)


@given(st.binary(max_size=3), st.integers(0, 300))
@settings(max_examples=300, deadline=None)
def test_a_damaged_seal_is_opened_or_refused(splice: bytes, at: int) -> None:
    whole = b64decode(raw("sealed_in_pieces").partition(b"\n\n")[2])
    try:
        content = signed_content(whole[:at] + splice + whole[at + len(splice) :])
    except NotSigned:
        return
    assert len(content) <= len(whole) + len(splice)


def test_encrypted_text_inside_a_text_is_kept_and_explained() -> None:
    mail = parse_mail(b"\r\nHello\n-----BEGIN PGP MESSAGE-----\nhQEM\n-----END PGP MESSAGE-----\n")

    assert "hQEM" in mail.text
    assert "part of the text is encrypted with PGP" in mail.defects


def test_a_forwarded_mail_in_base64_is_a_file_with_its_subject_as_name() -> None:
    mail = parsed("forwarded_in_base64")

    assert mail.attachments[0].filename == "Beschwerde über Paket 1-2.eml"
    assert mail.attachments[0].content.startswith(b"From: Joe")


def test_both_halves_of_a_file_from_a_mac_are_kept() -> None:
    mail = parsed("apple_double")

    assert mail.text == "The drawing is attached."
    assert [file.content_type for file in mail.attachments] == ["application/applefile", "application/pdf"]


def test_a_uuencoded_part_is_decoded() -> None:
    block = codecs.encode(b"x" * 100, "uu").replace(b"<data>", b"x.bin")
    mail = parse_mail(b"Content-Type: image/png; name=x.png\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n" + block)

    assert mail.attachments[0].content == b"x" * 100
