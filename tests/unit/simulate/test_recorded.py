"""Arrivals go out and come in as CSV, and a file that is wrong is refused with the line that is."""

from dataclasses import replace
from pathlib import Path

import pytest

from heartline.domain.errors import Invalid
from infra.local.simulate.drawing import draw
from infra.local.simulate.recorded import read_recorded, write_recorded
from tests.unit.simulate.days import CALLS, FOUR, one_class, read, run

PATIENCE = {"kind": "exponential", "mean": "2m"}


def test_a_drawn_day_that_is_written_and_read_is_the_same_day(tmp_path: Path) -> None:
    arrivals = [{**CALLS, "patience": PATIENCE, "heated": 0.3}, {**CALLS, "name": 'more, "or" less'}]
    workday = read(tmp_path, {"day": {"from": "08:00", "to": "11:00"}, "arrivals": arrivals, "staff": [FOUR]})
    came = draw(workday, seed=3, day=0)
    path = tmp_path / "came.csv"

    write_recorded(path, came)
    again = replace(workday, recorded=read_recorded(path, workday))

    assert draw(again, seed=99, day=7) == came
    assert run(again, seed=3).stories == run(workday, seed=3).stories


def test_what_was_not_recorded_is_drawn(tmp_path: Path) -> None:
    workday = one_class(tmp_path, patience=PATIENCE)
    (tmp_path / "came.csv").write_text("at,class,handle\n09:30,calls,\n9:31:15.5,calls,12.5\n")

    recorded = replace(workday, recorded=read_recorded(tmp_path / "came.csv", workday))
    one, other = draw(recorded, seed=1, day=0), draw(recorded, seed=1, day=1)

    assert [each.at for each in one] == [34_200_000, 34_275_500]
    assert one[1].handle == other[1].handle == 12_500
    assert one[0].handle != other[0].handle
    assert one[0].patience is not None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "line 1: the column 'at' is missing"),
        ("at,klass\n", "line 1: the column 'class' is missing"),
        ("at,class,at\n", "line 1: the column 'at' is unknown or there twice"),
        ("at,class,=cmd()\n", "line 1: the column '=cmd()' is unknown"),
        ("at,class\n09:00,sales\n", "line 2: there is no class 'sales'; the file of the simulation has calls"),
        ("at,class\n09:00,calls\n25:00,calls\n", "line 3: 25:00 is not within the day"),
        ("at,class\n9h,calls\n", "line 2: at must be a time of day"),
        ("at,class\n09:00,calls,1,2\n", "line 2: has more cells"),
        ("at,class,handle\n09:00,calls,-5\n", "line 2: handle must be seconds"),
        ("at,class,handle\n09:00,calls,nan\n", "line 2: handle must be seconds"),
        ("at,class,handle\n09:00,calls,999999\n", "line 2: handle must be seconds"),
        ("at,class,patience\n09:00,calls,soon\n", "line 2: patience must be seconds"),
        ("at,class,heated\n09:00,calls,very\n", "line 2: heated must be yes or no"),
        ('at,class\n"09:00,calls\n', "not CSV"),
        ("at,class\n09:00,\ufffd\x00\n", ""),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    workday = one_class(tmp_path)
    path = tmp_path / "came.csv"
    path.write_text(text)

    with pytest.raises(Invalid) as refused:
        read_recorded(path, workday)

    assert str(refused.value).startswith(("came.csv, line", str(path)))
    assert complaint in str(refused.value)


def test_bytes_that_are_no_text_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    workday = one_class(tmp_path)
    (tmp_path / "came.csv").write_bytes(b"at,class\n\xff\xfe\n")

    for name in ("came.csv", "gone.csv"):
        with pytest.raises(Invalid, match=name):
            read_recorded(tmp_path / name, workday)
