"""The configuration in docs/configuration.md is one: it is read as a whole, and so is each of its examples of rules."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from heartline.domain.routing.gaps import gaps
from heartline.services.configure import read_company, read_contacts
from infra.local.company import read_plan

PAGE = Path(__file__).parents[3] / "docs" / "configuration.md"
EXAMPLES = [part.split("```")[0] for part in PAGE.read_text(encoding="utf-8").split("```yaml\n")[1:]]


def company() -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(EXAMPLES[0], yaml.BaseLoader)  # noqa: S506 - only to see which fields there are
    return read


def test_the_whole_example_is_a_configuration(tmp_path: Path) -> None:
    path = tmp_path / "company.yaml"
    path.write_text(EXAMPLES[0], encoding="utf-8")
    plan = read_plan(path)
    assert plan.company.routing.pools == {"main": "Front desk", "over": "Second line"}
    assert plan.contacts[0].owner == "ana"


def test_the_example_names_every_field_of_routing() -> None:
    with pytest.raises(Exception, match="known are") as told:
        read_company({"inboxes": [], "routing": {"x": 1}})
    known = str(told.value).partition("known are ")[2].split(", ")
    assert set(company()["routing"]) == set(known)


def test_the_example_of_a_rule_is_read() -> None:
    document = {
        "inboxes": [{"id": "support", "name": "Support", "mail": ["a@b.example"], "voice": ["+14155550100"]}],
        "agents": [
            {
                "id": "ana",
                "name": "Ana",
                "inboxes": ["support"],
                "skills": {"fr": 2},
                "capacity": {"email": 1, "voice": 1},
            },
            {"id": "ben", "name": "Ben", "pool": "over"},
        ],
        **yaml.safe_load(EXAMPLES[1]),
    }
    (rule,) = read_company(document).routing.intake
    assert rule.when.keywords == ("refund", "money back")
    assert read_contacts(document) == ()
    assert gaps(read_company(document)) == (
        "The rule “French texts” can never fit: no menu that it is about offers these keys.",
    )
