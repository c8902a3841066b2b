"""A class that nobody could ever take is named, with what is missing; a report of zeros would say nothing of it."""

from pathlib import Path

import pytest

from infra.local.simulate.settings import read_workday
from infra.local.simulate.unserved import unserved

DEMO = Path(__file__).parents[3] / "infra" / "local" / "demo.yaml"
STAFF = """
staff:
  - {id: ann, capacity: {sms: 1}, skills: {fr: 2, en: 1}, shifts: ["08:00-09:00"]}
  - {id: bob, capacity: {email: 1}, skills: {es: 3}, pool: over}
"""


def told(folder: Path, stream: str, staff: str = STAFF, company: Path | None = None) -> list[str]:
    path = folder / "day.yaml"
    path.write_text(f"arrivals: [{{name: c, handle: 60, {stream}}}]\n{staff}")
    return list(unserved(read_workday(path, company=company)))


@pytest.mark.parametrize(
    "stream",
    [
        "channel: sms, requires: {fr: 2}",
        "channel: sms, steps: [[{fr: 9}, 60], [{fr: 1}, null]]",
        "channel: email, pools: [[main, 0], [over, 90]]",
    ],
)
def test_what_somebody_can_take_at_some_time_is_not_named(tmp_path: Path, stream: str) -> None:
    assert told(tmp_path, stream) == []


@pytest.mark.parametrize(
    ("stream", "why"),
    [
        ("channel: text", "nobody has a `capacity` for text"),
        ("channel: email, pools: [[main, 0]]", "nobody who takes email stands in the pool main"),
        ("channel: sms, requires: {fr: 3, en: 1}", "nobody who takes sms has fr 3"),
        ("channel: sms, requires: {es: 3}", "nobody who takes sms has es 3"),
    ],
)
def test_what_nobody_can_take_is_named_with_what_is_missing(tmp_path: Path, stream: str, why: str) -> None:
    assert told(tmp_path, stream) == [f"Nobody could ever take the class c: {why}."]


def test_skills_that_nobody_has_together_are_all_named(tmp_path: Path) -> None:
    staff = "staff: [{id: a, capacity: {sms: 1}, skills: {fr: 1}}, {id: b, capacity: {sms: 1}, skills: {es: 1}}]"
    (sentence,) = told(tmp_path, "channel: sms, requires: {fr: 1, es: 1}", staff)
    assert sentence == "Nobody could ever take the class c: nobody who takes sms has es 1 and has fr 1."


def test_staff_of_ones_own_is_in_no_inbox_of_the_company(tmp_path: Path) -> None:
    (sentence,) = told(tmp_path, "channel: sms, inbox: support, requires: {en: 1}", company=DEMO)
    assert "nobody who takes sms works in support (who has the `id` of one of the company's agents" in sentence
    assert told(tmp_path, "channel: sms, inbox: support", "staff: [{id: ana}]", company=DEMO) == []
