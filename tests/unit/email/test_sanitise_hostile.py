"""Every trick by which markup runs, loads, submits or leaves its place, each named in tests/data/html/hostile.json."""

import json
from pathlib import Path

import pytest

from heartline.channels.email.sanitise import sanitise
from tests.unit.email.html_reader import faults

DATA = Path(__file__).parents[2] / "data" / "html" / "hostile.json"
TRICKS: dict[str, list[str]] = json.loads(DATA.read_text(encoding="utf-8"))

AROUND = (
    "{0}", "<p title='{0}'>x</p>", '<p title="{0}">x</p>', "<a href='{0}'>x</a>", "<img src='{0}'>",
    "<p style='color:{0}'>x",
    "<table><tr>{0}</tr></table>", "<select>{0}</select>x", "<b><p>{0}</b>{0}",
    "<svg>{0}</svg>", "<svg><style>{0}</svg>",
    "<math><mtext>{0}</mtext></math>", "<noscript>{0}</noscript>", "<style>{0}</style>", "<textarea>{0}</textarea>",
    "<template>{0}</template>", "<xmp>{0}</xmp>", "<!--{0}-->",
)  # fmt: skip

tricks = pytest.mark.parametrize("snippets", TRICKS.values(), ids=TRICKS.keys())


@tricks
@pytest.mark.parametrize("remote", [False, True])
def test_no_trick_leaves_anything_that_acts(snippets: list[str], remote: bool) -> None:
    left = {snippet: faults(sanitise(snippet, remote=remote).html, remote=remote) for snippet in snippets}

    assert {snippet: found for snippet, found in left.items() if found} == {}


@tricks
def test_no_trick_works_inside_other_markup(snippets: list[str]) -> None:
    wrapped = [around.format(snippet) for snippet in snippets for around in AROUND]
    left = {html: faults(sanitise(html).html) for html in wrapped}

    assert {html: found for html, found in left.items() if found} == {}


@tricks
@pytest.mark.parametrize("remote", [False, True])
def test_what_is_safe_is_not_changed_again(snippets: list[str], remote: bool) -> None:
    safe = [sanitise(around.format(snippet), remote=remote).html for snippet in snippets for around in AROUND]

    assert [sanitise(html, remote=remote).html for html in safe] == safe
