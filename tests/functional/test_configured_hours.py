"""Opening hours as they are written: what is read, and what is refused with its place."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from heartline.domain.errors import Invalid
from heartline.domain.hours import Holiday, Hours, Span
from heartline.services.configure import read_company
from infra.local.company import read_plan
from infra.local.errors import LocalError

WRITTEN = """
inboxes:
  - id: support
    name: Support
    hours:
      zone: Europe/Berlin
      week: {mon: ["13:00-17:30", "09:00-12:00"], fri: [22:00-06:00], sat: ["00:00-24:00"]}
      holidays:
        - {date: 2026-12-25, name: Christmas Day}
        - {date: 2026-12-24, name: Christmas Eve, hours: ["09:00-12:00"]}
agents: []
"""


def read(**hours: Any) -> Hours | None:
    document = {"inboxes": [{"id": "support", "name": "Support", "hours": {"zone": "Europe/Berlin", **hours}}]}
    return read_company(document).inboxes[0].hours


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    return path


def test_hours_are_read_in_order_and_nights_end_on_the_next_day(tmp_path: Path) -> None:
    hours = read_plan(written(tmp_path, WRITTEN)).company.inboxes[0].hours
    assert hours is not None
    assert hours.week[0] == (Span(start=540, end=720), Span(start=780, end=1050))
    assert hours.week[4] == (Span(start=1320, end=1800),)
    assert hours.week[5] == (Span(start=0, end=1440),)
    assert hours.week[6] == ()
    assert hours.holidays[0] == Holiday(date=date(2026, 12, 25), name="Christmas Day")
    assert hours.holidays[1].spans == (Span(start=540, end=720),)


def test_what_was_read_from_yaml_can_be_stored_as_json(tmp_path: Path) -> None:
    document = read_plan(written(tmp_path, WRITTEN)).document
    assert read_company(json.loads(json.dumps(document))) == read_company(document)


def test_an_inbox_without_hours_has_none() -> None:
    assert read_company({"inboxes": [{"id": "support", "name": "Support"}]}).inboxes[0].hours is None


@pytest.mark.parametrize(
    ("hours", "complaint"),
    [
        ({"week": {"monday": []}}, r"inboxes\[0\]\.hours\.week\.monday: unknown field; known are mon, tue"),
        ({"week": {"mon": ["9-17"]}}, r"hours\.week\.mon: “9-17” does not have the form"),
        ({"week": {"mon": ["09:00-24:30"]}}, r"hours\.week\.mon: “09:00-24:30”"),
        ({"week": {"mon": ["09:00-12:00", "11:00-13:00"]}}, r"hours\.week\.mon: the hours overlap"),
        ({"holidays": [{"date": "2026-02-30", "name": "x"}]}, r"holidays\[0\]\.date: there is no day 2026-02-30"),
        ({"holidays": [{"date": "2026-01-01", "name": "x"}] * 2}, r"holidays\[1\]\.date: 2026-01-01 is named twice"),
        ({"zone": "../etc/passwd"}, r"hours\.zone: “\.\./etc/passwd” does not have the form"),
    ],
)
def test_what_is_not_understood_names_its_place(hours: dict[str, Any], complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        read(**hours)


def test_a_zone_that_does_not_exist_is_refused_before_it_is_stored(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match=r"inbox support\.hours\.zone: there is no time zone “Europe/Berlyn”"):
        read_plan(written(tmp_path, WRITTEN.replace("Europe/Berlin", "Europe/Berlyn")))
