"""Of a mail's parts the right ones are its text, and everything else is a file; nothing readable is passed over."""

import pytest

from heartline.channels.email.parse import parse_mail
from heartline.domain.mail import ParsedMail
from tests.unit.email.mails import parsed


def names(mail: ParsedMail) -> list[str]:
    return [attachment.filename for attachment in mail.attachments]


def test_texts_around_a_picture_are_read_one_after_the_other() -> None:
    mail = parsed("text_image_text")

    assert mail.text == "Before the picture\nbetween\nand after."
    assert names(mail) == ["IMG_1.jpg", "a.pdf"]
    assert [attachment.inline for attachment in mail.attachments] == [True, False]


def test_the_root_of_a_related_group_is_the_part_that_start_names() -> None:
    mail = parsed("related_with_start")

    assert mail.text == "The root"
    assert [attachment.content_id for attachment in mail.attachments] == ["logo@x.example"]


def test_a_blank_text_gives_way_to_the_html_beside_it() -> None:
    assert parsed("blank_text_beside_html").text == "Only the HTML says it."


def test_a_flowed_paragraph_is_one_line_and_quotes_and_the_signature_stay() -> None:
    assert parsed("flowed_delsp").text == (
        "この製品はまだ届いていません。\n>> quoted \n>> lines\nFrom the start\n-- \nAna\n"
    )


def test_a_soft_break_that_is_no_deleted_space_keeps_its_space() -> None:
    mail = parse_mail(b"Content-Type: text/plain; format=flowed\r\n\r\nOne \r\nparagraph \r\n")

    assert mail.text == "One paragraph "


def test_enriched_text_is_read_where_there_is_no_other_and_stays_a_file() -> None:
    mail = parsed("enriched_only")

    assert mail.text == "Please send the red one.\nA <small> one is fine.\n"
    assert [attachment.content_type for attachment in mail.attachments] == ["text/enriched"]


def test_rich_text_of_1992_breaks_its_lines_by_commands() -> None:
    mail = parse_mail(b"Content-Type: text/richtext\r\n\r\n<bold>Now</bold><nl>or\r\nnever <lt> 5<comment>x</comment>")

    assert mail.text == "Now\nor never < 5"


def test_an_invitation_alone_is_told_in_plain_words_and_stays_a_file() -> None:
    mail = parsed("invitation_only")

    assert mail.text == (
        "Repair visit, second try\nBegins: 2026-03-09 10:00 Europe/Berlin\nEnds: 2026-03-09 11:30 Europe/Berlin\n"
        "Where: Main Street 5\nFrom: ana@customer.example\nPlease ring twice.\nThe dog is friendly."
    )
    assert [attachment.content_type for attachment in mail.attachments] == ["text/calendar"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            b"METHOD:CANCEL\r\nBEGIN:VEVENT\r\nSUMMARY:Visit\r\nDTSTART;VALUE=DATE:20260309\r\nEND:VEVENT",
            "Cancelled: Visit",
        ),
        (b"BEGIN:VEVENT\r\nDTSTART:20260309T090000Z\r\nEND:VEVENT", "Begins: 2026-03-09 09:00 UTC"),
        (b"BEGIN:VTODO\r\nSUMMARY:x\r\nEND:VTODO", ""),
    ],
    ids=["cancelled", "in UTC", "no event"],
)
def test_an_invitation_says_what_it_is(lines: bytes, expected: str) -> None:
    mail = parse_mail(b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n" + lines + b"\r\nEND:VCALENDAR\r\n")

    assert mail.text.partition("\n")[0] == expected


def test_an_invitation_beside_a_text_is_only_a_file() -> None:
    mail = parse_mail(
        b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nSee you there.\r\n"
        b"--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n--b--"
    )

    assert mail.text == "See you there."
    assert len(mail.attachments) == 1
