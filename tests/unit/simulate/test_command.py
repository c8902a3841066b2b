"""`heartline simulate` prints a report, writes what it is asked for, and says in one line what is wrong."""

import argparse
import csv
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from infra.local.commands import simulate

EXAMPLE = Path(__file__).parents[3] / "infra" / "local" / "simulate" / "example.yaml"
DAY = """
day: {from: "08:00", to: "10:00"}
arrivals: [{name: "a <b> & c", channel: voice, per_hour: 60, handle: {kind: exponential, mean: 3m}}]
staff: [{id: ana, count: 4, capacity: {voice: 1}}]
"""


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    simulate.add(parser.add_subparsers())
    arguments = parser.parse_args(["simulate", *map(str, words)])
    return int(arguments.run(arguments))


@pytest.fixture
def day(tmp_path: Path) -> Path:
    path = tmp_path / "day.yaml"
    path.write_text(DAY)
    return path


def quick(day: Path, *words: object) -> int:
    return run(day, "--replications", 2, "--jobs", 1, *words)


def test_the_table_has_every_part(day: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quick(day, "--agents", "+1") == 0

    told = capsys.readouterr().out
    for part in ("class a <b> & c", "Fairness", "ana-4", "Line over the day", "Erlang C", "round robin", "agents +1"):
        assert part in told
    assert max(map(len, told.splitlines())) < 150


def test_the_same_seed_prints_the_same_report_however_many_processes_share_it(
    day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quick(day, "--json")
    alone = capsys.readouterr().out
    run(day, "--replications", 2, "--jobs", 2, "--json")

    assert capsys.readouterr().out == alone
    assert "NaN" not in alone
    assert {each["kind"] for each in json.loads(alone)["groups"]} == {"all", "channel", "class"}


def test_the_sheet_says_what_the_json_says(day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quick(day, "--json", "--csv", tmp_path / "out.csv")

    said = json.loads(capsys.readouterr().out)
    with (tmp_path / "out.csv").open(newline="") as lines:
        rows = {(row["run"], row["kind"], row["name"], row["measure"]): row for row in csv.DictReader(lines)}
    for group in said["groups"]:
        for measure, pair in group.items():
            if measure not in {"kind", "name"}:
                row = rows["as it is", group["kind"], group["name"], measure]
                assert (float(row["mean"]), float(row["half"])) == (pair["mean"], pair["half"])
    assert ("round robin", "agent", "ana-1", "occupancy") in rows


def test_the_drawing_is_whole_and_runs_nothing(day: Path, tmp_path: Path) -> None:
    assert quick(day, "--plot", tmp_path / "day.svg") == 0

    drawing = ET.parse(tmp_path / "day.svg").getroot()  # noqa: S314 - ours
    names = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert names == {"svg", "title", "rect", "text", "line", "polyline"}
    assert "a <b> & c" in {element.text for element in drawing.iter()}
    lines = [element.get("points") or "" for element in drawing.iter() if element.tag.endswith("polyline")]
    assert len(lines) == 3
    for point in " ".join(lines).split():
        assert re.fullmatch(r"\d+\.\d,\d+\.\d", point)


def test_saved_arrivals_can_be_simulated_again(day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    came = tmp_path / "came.csv"
    run(day, "--replications", 1, "--json", "--save-arrivals", came)
    first = json.loads(capsys.readouterr().out)
    run(day, "--replications", 1, "--json", "--arrivals", came, "--seed", 77)

    assert json.loads(capsys.readouterr().out)["groups"] == first["groups"]


def test_the_file_may_name_its_arrivals(day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "came.csv").write_text("at,class\n08:30,a <b> & c\n")
    day.write_text(DAY + "arrivals_file: came.csv\n")

    quick(day, "--json")

    assert json.loads(capsys.readouterr().out)["groups"][0]["arrived"]["mean"] == 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--plot", "day.png"), "only .svg is drawn"),
        (("--agents", "nobody+1"), "there is no group 'nobody'"),
        (("--arrivals", "gone.csv"), "cannot read gone.csv"),
        (("--company", "gone.yaml"), "gone.yaml"),
        (("--csv", "/nowhere/at/all.csv"), "cannot write /nowhere/at/all.csv"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_2(
    day: Path, words: tuple[str, str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quick(day, *words) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("heartline simulate: ")
    assert told.err.count("\n") == 1
    assert complaint in told.err


@pytest.mark.parametrize("words", [("--replications", "0"), ("--jobs", "x"), ("--policy", "fair"), ("--volume", "x")])
def test_a_wrong_option_is_exit_code_2(day: Path, words: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(day, *words)

    assert ended.value.code == 2


def test_the_example_can_be_simulated(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(EXAMPLE, "--replications", 1, "--jobs", 1, "--no-round-robin") == 0

    assert "class calls-es" in capsys.readouterr().out
