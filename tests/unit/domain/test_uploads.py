"""Files that agents send along: harmless names and types, and no mail that is too large for its way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.errors import Invalid
from heartline.domain.messages import Attachment
from heartline.domain.uploads import SIZE_LIMIT, UPLOAD_LIMIT, announced, check_total, safe_name, safe_type, shown_in


def file(size: int) -> Attachment:
    return Attachment(filename="a", content_type="text/plain", size=size, sha256="", key="")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("receipt.pdf", "receipt.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\fakepath\\a.png", "C_fakepath_a.png"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("a\r\nX: b.txt", "a X_ b.txt"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("Größe 42 表.xlsx", "Größe 42 表.xlsx"),
    ],
)
def test_a_name_keeps_what_is_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_no_name_is_empty_long_or_a_path(name: str) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe) <= 150
    assert not set(safe) & set("/\\\r\n\0")


@pytest.mark.parametrize(
    ("given_type", "safe"),
    [
        ("image/PNG", "image/png"),
        ("text/plain; charset=utf-8", "text/plain"),
        ("nonsense", "application/octet-stream"),
        ("a/b\r\nX: y", "application/octet-stream"),
    ],
)
def test_what_is_no_type_is_a_download(given_type: str, safe: str) -> None:
    assert safe_type(given_type) == safe


@pytest.mark.parametrize("size", [0, -1, UPLOAD_LIMIT + 1])
def test_a_file_that_no_message_can_carry_is_refused_before_it_is_uploaded(size: int) -> None:
    with pytest.raises(Invalid, match=f"this one has {size}"):
        announced("u1", "ana", filename="a", content_type="text/plain", size=size)


def test_files_that_are_too_large_together_are_refused_with_their_size() -> None:
    check_total([file(SIZE_LIMIT)])
    with pytest.raises(Invalid, match=r"10\.0 MB together; 10 MB"):
        check_total([file(SIZE_LIMIT), file(1)])


def test_too_many_files_are_refused() -> None:
    with pytest.raises(Invalid, match="21 files"):
        check_total([file(1)] * 21)


def test_an_uploaded_image_is_found_where_the_text_shows_it() -> None:
    assert shown_in("See ![a](upload:u1) and ![b](upload:u-2_x), not upload:u3") == {"u1", "u-2_x"}
