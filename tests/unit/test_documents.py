"""What the documents point to is there, and every decision has a number of its own."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted(path for path in (ROOT / "docs/decisions").glob("*.md") if path.name != "README.md")

LINK = re.compile(r"\]\(([^)\s]+)\)")
ELSEWHERE = re.compile(r"[a-z]+:|#")
"""An address, a mail, or a place on the same page."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_of_a_document_points_to_a_file(document: Path) -> None:
    targets = [target.partition("#")[0] for target in LINK.findall(document.read_text()) if not ELSEWHERE.match(target)]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_no_two_decisions_have_one_number() -> None:
    numbers = Counter(path.name.partition("-")[0] for path in DECISIONS)
    assert [number for number, times in numbers.items() if times > 1] == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_the_heading_of_a_decision_has_its_number(decision: Path) -> None:
    number = int(decision.name.partition("-")[0])
    assert re.match(rf"# 0*{number}\.? ", decision.read_text())


def test_the_front_page_names_every_page_of_documentation() -> None:
    named = set(LINK.findall((ROOT / "README.md").read_text()))
    assert {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} <= named
