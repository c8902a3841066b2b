"""Words about routing: spans of time, and decisions as they were stored."""

from datetime import UTC, datetime

import pytest

from heartline.domain.routing.decided import decided_sentence
from heartline.domain.routing.durations import ago, span
from heartline.domain.routing.model import Refusal, Why
from heartline.domain.routing.phrasing import Phrasing
from heartline.domain.routing.planning import TOLD
from heartline.domain.routing.reasons import level_words
from heartline.domain.routing.states import Trace

AT = datetime(2026, 3, 2, tzinfo=UTC)
NAMES = {"ana": "Ana", "ben": "Ben"}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "1 s"),
        (40.4, "40 s"),
        (90, "90 s"),
        (91, "2 min"),
        (90 * 60, "90 min"),
        (2 * 3600, "2 h"),
        (36 * 3600, "36 h"),
        (4 * 86400, "4 days"),
    ],
)
def test_a_span_is_told_in_the_unit_that_people_use(seconds: float, said: str) -> None:
    assert span(seconds) == said
    assert ago(seconds) == ("just now" if seconds < 1 else f"{said} ago")


@pytest.mark.parametrize(
    ("agent", "order", "said"),
    [
        ("ana", ("ana",), "Ana was the only one who was asked."),
        ("ana", ("ana", "ben"), "Ana was first of 2 who could take it."),
        ("ana", ("ana", *map(str, range(TOLD - 1))), "Ana was first of 20 or more who could take it."),
        ("eve", ("eve", "ben"), "eve was first of 2 who could take it."),
        (
            "ana",
            ("ben", "ana"),
            "Ana got it; Ben ranked before, and was left to somebody who waited for nobody else.",
        ),
    ],
)
def test_a_choice_is_told_as_it_was_stored(agent: str, order: tuple[str, ...], said: str) -> None:
    assert decided_sentence(Trace(at=AT, agent=agent, why=None, order=order), NAMES) == said


def test_the_only_one_is_told_apart_from_one_whom_it_was_kept_for() -> None:
    trace = Trace(at=AT, agent="ana", why=None, order=("ana",), refused={"ben": Refusal.SLOT})
    assert decided_sentence(trace, NAMES) == "Ana was the only one who could take it."


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Why.HOURS, "It was outside business hours."),
        (Why.PREFERRED, "It was kept for the agent it prefers."),
        (Why.NOBODY, "Nobody could take it: 2 were not online, 1 had no free place."),
    ],
)
def test_why_it_went_on_waiting_is_told(why: Why, said: str) -> None:
    refused = {"ana": Refusal.SLOT, "ben": Refusal.PRESENCE, "eve": Refusal.PRESENCE}
    assert decided_sentence(Trace(at=AT, agent=None, why=why, refused=refused), NAMES) == said


def test_of_nobody_at_all_nothing_more_is_said() -> None:
    assert decided_sentence(Trace(at=AT, agent=None, why=Why.NOBODY), NAMES) == "Nobody could take it."


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"fr": 4}, {"fr": 1}, "the level of French that is needed falls from 4 to 1"),
        ({"fr": 4, "en": 1}, {"en": 1}, "French is not needed any more"),
        ({"fr": 1}, {"en": 1}, "French is not needed any more and en 1 is asked for instead"),
    ],
)
def test_what_is_asked_for_with_time_is_told_without_a_fall_from_nothing(
    before: dict[str, int], after: dict[str, int], said: str
) -> None:
    """A Spanish text in an English inbox was said to need a level of English that "falls from 0 to 1"."""
    words = Phrasing(inboxes={}, skills={"fr": "French"}, pools={})
    assert level_words(tuple(before.items()), tuple(after.items()), words) == said
