"""Whatever is fed to a replay, it is either replayed or refused in one line: no traceback, no half answer."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.replay.scenarios import scenarios
from tests.unit.replay.test_command import run

CASES = sorted((Path(__file__).parents[2] / "data" / "routing").glob("*.json"))

_odd: st.SearchStrategy[Any] = st.sampled_from(
    (None, True, False, -1, 0, 1.0, 0.5, 2**53, 10**400, float("nan"), float("inf"), "", "a1", "\ud800", "\n", [], {})
)
_values: st.SearchStrategy[Any] = _odd | st.text(max_size=3) | st.recursive(_odd, st.lists, max_leaves=3)

thorough = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def replayed(text: bytes) -> tuple[int, str, str]:
    """The exit code and what is on standard output and standard error."""
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(text)), io.StringIO(), io.StringIO()
    try:
        return run("-"), sys.stdout.getvalue(), sys.stderr.getvalue()
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


def is_answered(text: bytes) -> None:
    code, out, err = replayed(text)
    if code == 0:
        assert json.loads(out).keys() == {"log", "held", "presence", "load", "results", "trace"}
        assert err == ""
    else:
        assert (code, out) == (2, "")
        assert err.startswith("heartline route replay: scenario")
        assert len(err.splitlines()) == 1


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a document with each of its keys."""
    if not isinstance(value, dict | list):
        return []
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [*((value, key) for key in keys), *(place for key in keys for place in places(value[key]))]


def _leave_out(container: Any, key: Any, _: Any) -> None:
    del container[key]


def _replace(container: Any, key: Any, value: Any) -> None:
    container[key] = value


def _add(container: Any, _: Any, value: Any) -> None:
    if isinstance(container, dict):
        container["more"] = value
    else:
        container.append(value)


def _again(container: Any, key: Any, _: Any) -> None:
    if isinstance(container, list):
        container.append(container[key])


MUTATIONS: tuple[Callable[[Any, Any, Any], None], ...] = (_leave_out, _replace, _replace, _replace, _add, _again)


@thorough
@given(document=scenarios, draws=st.data())
def test_a_scenario_with_something_changed_is_replayed_or_refused(
    document: dict[str, Any], draws: st.DataObject
) -> None:
    document = json.loads(json.dumps(document))
    for _ in range(draws.draw(st.integers(1, 2))):
        container, key = draws.draw(st.sampled_from(places(document)))
        draws.draw(st.sampled_from(MUTATIONS))(container, key, draws.draw(_values))

    is_answered(json.dumps(document).encode())


@thorough
@given(case=st.sampled_from(CASES), at=st.floats(0, 1), put=st.binary(max_size=3), over=st.integers(0, 3))
def test_a_file_with_any_bytes_changed_is_replayed_or_refused(case: Path, at: float, put: bytes, over: int) -> None:
    text = json.dumps(json.loads(case.read_text())["scenario"]).encode()
    place = int(at * len(text))

    is_answered(text[:place] + put + text[place + over :])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (b"", "scenario: not JSON"),
        (b"\xff\xfe{", "scenario: not JSON"),
        (b'{"agents": "\xe4"}', "scenario: not JSON"),
        (b"[" * 100_000, "scenario: not JSON"),
        (b'{"agents": [], "convs": [], "events": [], "until": ' + b"9" * 5000 + b"}", "scenario: not JSON"),
        (b'{"agents": [], "convs": [], "events": [], "until": 1e3}', "scenario.until: must be a whole number"),
        (b'{"agents": [], "convs": [], "events": [], "until": NaN}', "scenario.until: must be a whole number"),
        (b'{"agents": [], "convs": [], "events": [], "until": 9007199254740992}', "scenario.until: must be between"),
        (b'{"agents": [], "agents": [], "convs": [], "events": []}', "scenario: the field 'agents' is there more than"),
        (
            b'{"agents": [{"id": "a", "caps": {"sms": 1, "sms": 2}}], "convs": [], "events": []}',
            "scenario.agents[0].caps",
        ),
        (b'{"agents": [{"id": "\\ud800", "caps": {}}], "convs": [], "events": []}', "scenario.agents[0].id"),
    ],
)
def test_what_is_no_scenario_is_refused_with_the_reason(text: bytes, complaint: str) -> None:
    code, out, err = replayed(text)

    assert (code, out) == (2, "")
    assert err.startswith(f"heartline route replay: {complaint}")
    assert len(err.splitlines()) == 1
