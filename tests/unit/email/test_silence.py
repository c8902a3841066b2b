"""Nothing that a person could read is dropped silently, no input breaks the parser, and the same bytes say the same."""

import json
import re
from email.message import EmailMessage
from email.policy import SMTP
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.channels.email.parse import parse_mail
from heartline.domain.mail import ParsedMail, as_json
from tests.unit.email.mails import DATA

REAL = [path.read_bytes() for path in sorted(DATA.glob("*.eml"))]
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Zs", "Cs", "Cn")), min_size=1)
LINES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cs", "Cn")), max_size=300)
LEAVES = st.sampled_from(
    [
        b"Content-Type: text/plain\n\n%s\n",
        b"Content-Type: text/plain; charset=utf-16\n\n%s\n",
        b"Content-Type: text/plain; format=flowed; delsp=yes\n\n %s \n",
        b"Content-Type: text/html\n\n<p title=x>%s</p>\n",
        b"Content-Type: text/html\n\n<table><tr><td>%s",
        b"Content-Type: text/enriched\n\n<bold>%s</bold>\n",
        b"Content-Type: text/calendar\n\nBEGIN:VEVENT\nSUMMARY:%s\n",
        b"Content-Type: application/pdf\n\n%s\n",
        b"Content-Type: message/rfc822\n\nSubject: inner\n\n%s\n",
        b"Content-Type: message/partial; id=x\n\n%s\n",
        b"Content-Transfer-Encoding: base64\n\n%s is no base64!\n",
        b"Content-Transfer-Encoding: base64\n\nSGVsbG8=\n%s stands behind it\n",
        b"Content-Transfer-Encoding: quoted-printable\n\n=%s\n",
        b"Content-Transfer-Encoding: x-uuencode\n\n%s\n",
        b"Content-Disposition: attachment\n\n%s\n",
        b"No-Header-End: yes\n%s\n",
        b"%s without headers\n",
    ]
)


def everything(mail: ParsedMail) -> str:
    """What reaches the agent as text, HTML or a file."""
    files = [attachment.content.decode("utf-8", "replace") for attachment in mail.attachments]
    return "\n".join([mail.text, mail.html or "", *files])


@st.composite
def groups(draw: st.DrawFn) -> tuple[bytes, list[bytes]]:
    """A multipart, whole or damaged, with a word in each place where text can stand."""
    leaves = draw(st.lists(LEAVES, min_size=1, max_size=4))
    words = [b"WORD%dEND" % at for at in range(len(leaves) + 2)]
    kind = draw(st.sampled_from([b"mixed", b"alternative", b"related", b"signed", b"report", b"unheard-of"]))
    closing = draw(st.sampled_from([b"--b--\n", b"--b-- \n", b"", b"--b--\n--b--\n"]))
    parts = b"".join(b"--b\n" + leaf % word for leaf, word in zip(leaves, words[2:], strict=True))
    head = b"Subject: s\nContent-Type: multipart/" + kind + b"; boundary=b\n\n"
    return head + words[0] + b"\n" + parts + closing + words[1] + b"\n", words


@given(groups())
@settings(max_examples=400, deadline=None)
def test_every_word_reaches_the_agent_or_is_reported_missing(group: tuple[bytes, list[bytes]]) -> None:
    raw, words = group
    mail = parse_mail(raw)
    shown = everything(mail)
    missing = [word for word in words if word.decode() not in shown]

    assert all(_is_excused(word, mail.defects) for word in missing), (missing, mail.defects)


def _is_excused(word: bytes, defects: tuple[str, ...]) -> bool:
    places = {b"WORD0END": "before the first part", b"WORD1END": "after the last part"}
    excuse = f"text {places.get(word, 'between the parts')} was left out"
    return excuse in defects or "text between the parts was left out" in defects


@given(st.sampled_from(REAL), st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_a_damaged_mail_is_read_without_a_fault_and_twice_the_same(raw: bytes, chance: Random) -> None:
    data = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        _damage(data, chance)
    mail = parse_mail(bytes(data))

    assert not any("parser failed" in defect for defect in mail.defects)
    assert json.dumps(as_json(mail), ensure_ascii=False).encode()
    assert parse_mail(bytes(data)) == mail


def _damage(data: bytearray, chance: Random) -> None:
    """A byte flipped, a stretch lost or doubled, the end cut, or a piece of another mail put in."""
    at = chance.randrange(len(data) + 1)
    length = chance.randint(1, 60)
    match chance.randrange(5):
        case 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        case 1:
            del data[at : at + length]
        case 2:
            data[at:at] = data[at : at + length]
        case 3:
            del data[max(at, len(data) // 2) :]
        case _:
            other = chance.choice(REAL)
            start = chance.randrange(len(other))
            data[at:at] = other[start : start + length]


@given(NAMES, LINES, LINES, NAMES, st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_what_the_standard_library_writes_is_read_back(
    name: str, subject: str, text: str, filename: str, content: bytes
) -> None:
    written = EmailMessage(policy=SMTP)
    written["From"] = "Ana <ana@customer.example>"
    written["Subject"] = subject
    written.set_content(text + "\n", cte="base64")
    written.add_attachment(content, maintype="application", subtype="x-test", filename=f"f{filename}")
    mail = parse_mail(written.as_bytes())

    assert mail.sender.address == "ana@customer.example"
    assert " ".join(mail.subject.split()) == " ".join(subject.split())
    assert mail.text == text + "\n"
    assert mail.attachments[0].content == content
    assert mail.attachments[0].filename == f"f{filename}".replace("\\", "/").rpartition("/")[2]
    assert name


@pytest.mark.parametrize("raw", REAL, ids=[path.stem for path in sorted(DATA.glob("*.eml"))])
def test_every_defect_is_a_plain_sentence(raw: bytes) -> None:
    for defect in parse_mail(raw).defects:
        assert defect == defect.strip()
        own_words = re.sub("'[^']*'|S/MIME", "", defect)
        assert not any(word in own_words for word in ("boundary", "charset", "MIME", "multipart", "base64", "leaf"))
