"""When a decision may come out differently although nothing happens: the instants that a clock must wake routing at."""

from collections.abc import Iterator

from heartline.domain.routing.eligibility import step_openings
from heartline.domain.routing.model import Policy, Waiting


def next_change(head: Waiting, policy: Policy, now: float) -> float | None:
    """The first instant after `now` at which time alone may find an agent for `head`; None if there is none."""
    return min((at for at in _instants(head, policy) if at > now), default=None)


def _instants(head: Waiting, policy: Policy) -> Iterator[float]:
    """Steps and pools open, the preference ends, the decline memory is disregarded, business hours begin or end."""
    for age in step_openings(head.demand):
        yield head.enqueued + age
    for pool in head.demand.pools:
        yield head.enqueued + pool.opens
    if head.preference is not None:
        yield head.enqueued + head.preference.window
    for decline in head.declines.values():
        yield decline.at + policy.retry_after
    for interval in head.hours or ():
        yield from interval
