"""A file that the provider would refuse is refused before anything is sent, with what to do instead."""

import pytest

from heartline.domain.enclosures import check_enclosures
from heartline.domain.errors import Invalid
from heartline.domain.messages import Channel
from heartline.domain.uploads import Upload

MB, KB = 1024 * 1024, 1024


def file(content_type: str = "image/jpeg", size: int = 100 * KB) -> Upload:
    return Upload(id="u1", agent="ana", filename="a file", content_type=content_type, size=size)


@pytest.mark.parametrize(
    ("channel", "files"),
    [
        (Channel.SMS, [file(size=MB // 2)] * 10),
        (Channel.SMS, [file("image/gif", 5 * MB)]),
        (Channel.SMS, [file("application/pdf", 500 * KB), file("text/vcard", 1)]),
        (Channel.WHATSAPP, [file(size=5 * MB)]),
        (Channel.WHATSAPP, [file("application/pdf", 16 * MB)]),
        (Channel.WHATSAPP, [file("audio/ogg")]),
    ],
)
def test_what_the_provider_takes_is_let_through(channel: Channel, files: list[Upload]) -> None:
    check_enclosures(channel, files)


@pytest.mark.parametrize(
    ("channel", "files", "complaint"),
    [
        (Channel.SMS, [file()] * 11, "10 at most of these 11 files"),
        (Channel.SMS, [file(size=3 * MB)] * 2, "6.0 MB together; a text takes 5.0 MB"),
        (Channel.SMS, [file("application/pdf", 501 * KB)], "501 KB; a text takes 500 KB of this type"),
        (Channel.SMS, [file("image/webp")], "cannot carry “a file” .image/webp.: send it by mail"),
        (Channel.SMS, [file("text/html")], "cannot carry"),
        (Channel.WHATSAPP, [file(), file()], "1 at most of these 2 files: send them one by one"),
        (Channel.WHATSAPP, [file(size=5 * MB + 1)], "takes 5.0 MB of this type"),
        (Channel.WHATSAPP, [file("image/gif")], "A WhatsApp message cannot carry"),
    ],
)
def test_what_the_provider_would_refuse_is_refused_with_what_to_do(
    channel: Channel, files: list[Upload], complaint: str
) -> None:
    with pytest.raises(Invalid, match=complaint):
        check_enclosures(channel, files)
