"""The gaps of a large company are found in the time of a request."""

import time

import pytest

from heartline.domain.inboxes import Company
from heartline.domain.routing import gaps
from heartline.services.configure import read_company

INBOXES, RULES, AGENTS = 60, 50, 900


@pytest.fixture(scope="module")
def large() -> Company:
    """Every agent is of a kind of their own; every rule is about every inbox, and nobody could serve it."""
    return read_company(
        {
            "inboxes": [{"id": f"i{n}", "name": f"I{n}", "sms": [f"+1202555{n:04}"]} for n in range(INBOXES)],
            "agents": [
                {
                    "id": f"a{n}",
                    "name": "A",
                    "capacity": {"sms": 1},
                    "inboxes": [f"i{n % INBOXES}"],
                    "skills": {"en": n // INBOXES + 1},
                }
                for n in range(AGENTS)
            ],
            "routing": {
                "rules": [
                    {"name": f"r{n}", "when": {"keyword": ["x"]}, "then": {"requires": {"fr": 1}}} for n in range(RULES)
                ]
            },
        }
    )


def test_of_work_in_an_inbox_only_who_works_there_is_asked(large: Company) -> None:
    began = time.process_time()
    found = gaps.gaps(large)
    assert time.process_time() - began < 3, "each agent was asked about each kind of work"
    assert found[0] == "Nobody could take texts in I0 that ask for fr 1 (rule “r0”)."
    assert len(found) == INBOXES * RULES


def test_of_too_many_kinds_of_work_the_first_are_looked_at_and_that_is_said(
    large: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "MOST_KINDS", 10 * (RULES + 1))
    found = gaps.gaps(large)
    assert len(found) == 10 * RULES + 1
    assert found[-1].startswith("Only the inboxes before “I10” were asked who could take their work")
