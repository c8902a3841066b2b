"""What is checked holds when it is walked: a menu without errors loses no caller, whatever they do."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from heartline.domain.ivr.checking import check, errors_of
from heartline.domain.ivr.model import Ivr, Target
from heartline.domain.ivr.walking import LOST, Heard, Place, Standing, Turn, step
from tests.drawn_menus import IVRS, NAMES
from tests.menus import company_of, inbox_of

QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much]
GOOD_ENDS = st.sampled_from(("x", "y"))
"""Ends that are always there, so that good menus are drawn often."""

ANSWERS = st.lists(st.one_of(st.sampled_from("0123456789*#").map(lambda key: Heard(digits=key)), st.just(Heard())))


def mended(document: dict[str, Any], ends: list[str]) -> dict[str, Any]:
    """The same menu with its ways to nowhere led to an end."""
    nodes = {name: _led(node, ends[position]) for position, (name, node) in enumerate(document["nodes"].items())}
    return {**document, "nodes": {**nodes, "x": {"kind": "queue"}, "y": {"kind": "voicemail"}}}


def _led(node: dict[str, Any], end: str) -> dict[str, Any]:
    led = {field: end if value in ("gone", "") else value for field, value in node.items() if field != "choices"}
    choices = [{**choice, "to": choice["to"] if choice["to"] in NAMES else end} for choice in node.get("choices", [])]
    return {**led, "choices": choices} if "choices" in node else led


def good(document: dict[str, Any]) -> Ivr:
    """The menu, if nothing in it is an error."""
    company = company_of(document)
    inbox = inbox_of(company)
    assert inbox.ivr is not None
    assume(not errors_of(check(inbox.ivr, inbox, company, why_not=lambda _number: "")))
    return inbox.ivr


MENDED = st.builds(mended, IVRS, st.lists(GOOD_ENDS, min_size=len(NAMES), max_size=len(NAMES)))


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(document=MENDED, answers=ANSWERS, standing=st.sampled_from(Standing))
def test_no_answer_leads_a_caller_nowhere(document: dict[str, Any], answers: list[Heard], standing: Standing) -> None:
    ivr = good(document)
    turn = step(ivr, Place(), None, standing)
    for heard in answers:
        assert turn.at is not LOST
        if isinstance(turn.at, Target):
            return
        turn = step(ivr, turn.place, heard, standing)
    assert turn.at is not LOST


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(document=MENDED, standing=st.sampled_from(Standing))
def test_a_caller_who_does_nothing_gets_to_an_end(document: dict[str, Any], standing: Standing) -> None:
    ivr = good(document)
    turn: Turn = step(ivr, Place(), None, standing)
    for _ in range(len(ivr.nodes) * 7):
        if isinstance(turn.at, Target):
            return
        turn = step(ivr, turn.place, Heard(), standing)
    raise AssertionError("the silent caller is still in the menu")
