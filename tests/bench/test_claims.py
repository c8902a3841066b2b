"""Matchers at once give no place twice and leave none empty, on the emulator that stands for DynamoDB."""

import pytest

from tests.bench.claims import PLACES, rivalry, world


@pytest.mark.slow
@pytest.mark.parametrize("matchers", [1, 3])
def test_matchers_at_once_fill_every_place_once(ministack_endpoint: str, matchers: int) -> None:
    company, seed = world(agents=4, waiting=30)

    outcome = rivalry(matchers, company, seed, ministack_endpoint)

    assert outcome.broken == ()
    assert (outcome.claimed, outcome.over, outcome.twice) == (4 * PLACES, 0, 0)
    assert outcome.met
