"""A configuration is read as a whole or not at all, and the demo company is a good one."""

from pathlib import Path

import pytest

from heartline.services.preview import warnings
from infra.local.cli import main
from infra.local.company import read_plan
from infra.local.errors import LocalError
from infra.local.stack import DEMO


def test_the_demo_company_has_what_the_product_shows() -> None:
    company = read_plan(DEMO).company
    assert len(company.inboxes) == 3
    assert len(company.agents) == 7
    assert {"en", "es", "billing", "technical"} <= {skill for agent in company.agents for skill in agent.skills}
    assert all(inbox.ivr is not None for inbox in company.inboxes)


def test_the_demo_company_shows_how_routing_is_configured() -> None:
    plan = read_plan(DEMO)
    routing = plan.company.routing
    assert len(routing.intake) == 3
    assert set(plan.company.pools.values()) == set(routing.pools)
    assert [contact.owner for contact in plan.contacts if contact.vip] == ["chloe"]
    assert warnings(plan.company) == ()


def test_in_the_demo_company_no_work_waits_for_ever() -> None:
    assert read_plan(DEMO).company.unstaffed == ()


def test_an_import_says_where_work_would_wait_for_ever(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inbox = '{id: support, name: Support, sms: ["+12025550100"], whatsapp: ["+12025550100"]}'
    agent = "{id: ana, name: Ana, inboxes: [support], capacity: {sms: 3, whatsapp: 0}}"
    path = tmp_path / "config.yaml"
    path.write_text(f"inboxes: [{inbox}]\nagents: [{agent}]\n")
    assert main(["import", str(path), "--check"]) == 0
    assert capsys.readouterr().err == "Nobody in support takes whatsapp: name it in the `capacity` of an agent.\n"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match=r"absent\.yaml"):
        read_plan(tmp_path / "absent.yaml")


@pytest.mark.parametrize("text", ["a: [", "\x00", "a: b: c"])
def test_what_is_not_yaml_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    with pytest.raises(LocalError) as told:
        read_plan(path)
    assert "\n" not in str(told.value)


def test_a_fault_names_its_place_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("inboxes: [{id: support}]")
    with pytest.raises(LocalError, match=r"config.yaml: .*inboxes\[0\]"):
        read_plan(path)


def test_a_key_that_is_there_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("routing:\n  rules: []\n  plan: max\n  rules: []\n")
    with pytest.raises(LocalError, match=r"'rules' is there twice .*line 4"):
        read_plan(path)


def test_lists_without_an_end_are_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("[" * 100_000)
    with pytest.raises(LocalError, match=r"config\.yaml is not YAML"):
        read_plan(path)
