"""Mails of many programs and languages show what their author wrote."""

import pytest

from heartline.channels.email.reply import visible_reply
from tests.replies import Case, cases

CASES = cases()


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_reply_is_visible_and_nothing_else(case: Case) -> None:
    assert words(visible_reply(case.text)) == words(case.reply)


@pytest.mark.parametrize("case", [case for case in CASES if case.signed], ids=lambda case: case.name)
def test_the_signature_is_kept_where_it_is_wanted(case: Case) -> None:
    assert case.signed is not None
    assert words(visible_reply(case.text, keep_signature=True)) == words(case.signed)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_windows_line_ends_change_nothing(case: Case) -> None:
    assert words(visible_reply(case.text.replace("\n", "\r\n"))) == words(case.reply)
