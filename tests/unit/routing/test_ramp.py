"""How places open for who was away for long: a share of each channel's, by the clock, and never less than is in use."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.routing.model import Agent
from heartline.domain.routing.ramp import eased, next_place, notes_for, ramping_until
from heartline.domain.routing.states import AgentState, PresenceNotes
from heartline.domain.routing_rules import RoutingRules

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
RULES: Final = RoutingRules(ramp_up=300, ramp_after=3600)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def state(
    presence: str = "ONLINE",
    *,
    load: int = 0,
    sms: int = 3,
    left: datetime | None = None,
    ramp: datetime | None = None,
) -> AgentState:
    agent = Agent(id="ana", presence=presence, capacity={"sms": sms, "voice": 1}, load={"sms": load})
    return AgentState(agent=agent, notes=PresenceNotes(left=left, ramp=ramp))


def places(of: AgentState, at: datetime) -> dict[str, int]:
    return dict(eased(of, of.agent, RULES, at).capacity)


@pytest.mark.parametrize(
    ("seconds", "sms", "voice"),
    [(0, 0, 0), (99, 0, 0), (100, 1, 0), (200, 2, 0), (299, 2, 0), (300, 3, 1), (999, 3, 1)],
)
def test_places_open_evenly(seconds: int, sms: int, voice: int) -> None:
    assert places(state(ramp=NOON), after(seconds)) == {"sms": sms, "voice": voice}


def test_work_that_is_open_keeps_its_place_and_no_more_are_made_of_it() -> None:
    assert places(state(ramp=NOON, load=2), NOON)["sms"] == 2
    assert places(state(ramp=NOON, load=5), NOON)["sms"] == 3, "over capacity is over capacity (R14)"


def test_places_are_all_open_where_a_company_no_longer_opens_them_bit_by_bit_whatever_clock_is_behind() -> None:
    back = state(ramp=after(0.2))
    assert eased(back, back.agent, RoutingRules(ramp_up=0), NOON) is back.agent
    assert next_place(back, RoutingRules(ramp_up=0), NOON) is None


def test_a_clock_that_is_behind_opens_no_place_and_takes_none() -> None:
    assert places(state(ramp=after(250), load=2), NOON) == {"sms": 2, "voice": 0}


def test_who_has_not_been_away_has_all_places() -> None:
    present = state()
    assert eased(present, present.agent, RULES, NOON) is present.agent


@pytest.mark.parametrize(
    ("gone", "ramps"), [(timedelta(seconds=3599), False), (timedelta(seconds=3600), True), (None, True)]
)
def test_only_a_long_absence_opens_them_bit_by_bit(gone: timedelta | None, ramps: bool) -> None:
    left = NOON - gone if gone is not None else None
    notes = notes_for(state("OFFLINE", left=left), "ONLINE", RULES, at=NOON)
    assert (notes.ramp == NOON) is ramps


def test_a_short_break_neither_ends_nor_begins_it_anew() -> None:
    away = notes_for(state(ramp=NOON), "AWAY", RULES, at=after(60))
    assert (away.left, away.ramp) == (after(60), NOON)
    back = notes_for(replace(state("AWAY"), notes=away), "ONLINE", RULES, at=after(90))
    assert back.ramp == NOON


def test_away_after_online_is_not_online_since_then_whatever_comes_between() -> None:
    away = notes_for(state(), "AWAY", RULES, at=NOON)
    offline = notes_for(replace(state("AWAY"), notes=away), "OFFLINE", RULES, at=after(3000))
    assert offline.left == NOON
    assert notes_for(replace(state("OFFLINE"), notes=offline), "ONLINE", RULES, at=after(3600)).ramp == after(3600)


def test_without_a_ramp_in_the_configuration_there_is_none() -> None:
    assert notes_for(state("OFFLINE"), "ONLINE", RoutingRules(), at=NOON).ramp is None


def test_it_is_told_until_when_and_only_of_who_is_online() -> None:
    assert ramping_until(state(ramp=NOON), RULES, after(299)) == after(300)
    assert ramping_until(state(ramp=NOON), RULES, after(300)) is None
    assert ramping_until(state("AWAY", ramp=NOON), RULES, NOON) is None


@given(st.integers(0, 8), st.integers(1, 900), st.integers(0, 1000))
def test_the_next_place_is_the_first_moment_at_which_there_are_more(sms: int, ramp_up: int, passed: int) -> None:
    rules, now = RoutingRules(ramp_up=ramp_up, ramp_after=0), after(passed)
    here = state(ramp=NOON, sms=sms)

    def open_at(at: datetime) -> int:
        return sum(eased(here, here.agent, rules, at).capacity.values())

    opens = next_place(here, rules, now)
    if opens is None:
        assert open_at(now) == sms + 1
    else:
        assert now < opens
        assert open_at(now) == open_at(now + (opens - now) * 0.99)
        assert open_at(opens + timedelta(milliseconds=1)) > open_at(now)
