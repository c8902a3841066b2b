"""The example of docs/ivr.md is a good menu, its picture is what is drawn of it, and its tables leave nothing out."""

import re
from pathlib import Path
from typing import Final

import pytest

from heartline.domain.ivr.checking import check
from heartline.domain.ivr.describing import KINDS
from infra.local.company import Plan, read_plan
from infra.local.menus.picture import picture
from tests.tables import ROOT

PAGE: Final = (ROOT / "docs" / "ivr.md").read_text(encoding="utf-8")
CONFIGURATION: Final = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def example(page: str, tmp_path: Path) -> Plan:
    found = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert found is not None
    path = tmp_path / "example.yaml"
    path.write_text(found[1], encoding="utf-8")
    return read_plan(path)


@pytest.mark.parametrize("page", [PAGE, CONFIGURATION], ids=["ivr.md", "configuration.md"])
def test_the_example_can_be_read(page: str, tmp_path: Path) -> None:
    assert example(page, tmp_path).company.inboxes[0].ivr is not None


def test_nothing_is_wrong_with_the_example(tmp_path: Path) -> None:
    company = example(PAGE, tmp_path).company
    inbox = company.inboxes[0]
    assert inbox.ivr is not None
    assert check(inbox.ivr, inbox, company, why_not=lambda _number: "") == ()


def test_the_picture_is_that_of_the_example(tmp_path: Path) -> None:
    """`heartline ivr draw example.yaml --to docs/images/voice-menu.svg` draws it anew."""
    inbox = example(PAGE, tmp_path).company.inboxes[0]
    assert inbox.ivr is not None
    drawn = (ROOT / "docs" / "images" / "voice-menu.svg").read_text(encoding="utf-8")
    assert drawn == picture(inbox.ivr, f"Voice menu of {inbox.name}")


def test_every_kind_of_node_has_its_row() -> None:
    assert set(re.findall(r"^\| `(\w+)` \| ", PAGE, re.MULTILINE)) == set(KINDS.values())
