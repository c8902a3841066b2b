"""The table of docs/texting.md that says what to do about a failed text leaves no code out, and none in a wrong row."""

import re
from collections import defaultdict
from typing import Final

from heartline.domain.text_faults import FAULTS, Action
from tests.tables import ROOT

PAGE: Final = (ROOT / "docs" / "texting.md").read_text(encoding="utf-8")
ROW: Final = re.compile(r"^\| `(\w+)` \| (.*)$", re.MULTILINE)
ROWS: Final = {name: set(re.findall(r"\d{5}", rest)) for name, rest in ROW.findall(PAGE)}


def test_every_code_stands_in_the_row_of_its_action() -> None:
    known: dict[str, set[str]] = defaultdict(set)
    for code, fault in FAULTS.items():
        known[fault.action.value].add(code)
    assert {name: codes for name, codes in ROWS.items() if name != Action.RETRIED} == {**known, Action.NONE: set()}


def test_every_action_has_a_row() -> None:
    assert set(ROWS) == {action.value for action in Action}
