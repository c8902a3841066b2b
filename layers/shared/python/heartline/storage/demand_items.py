"""What work asks of routing, as attributes of a head or of a class, both directions side by side; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from heartline.domain.routing.model import Pool, Preference, Step
from heartline.storage.expressions import Item, filled


def thousandths(units: float) -> int:
    """Units as the table counts them: its numbers are whole, and a weight need not be."""
    return round(units * 1000)


def demand_attributes(steps: Sequence[Step], pools: Sequence[Pool]) -> Item:
    """Steps as [what changes of the step before, seconds], pools as [name, seconds]; nothing where there are none.

    No level drops a skill; one of 0 is asked for like any other, and counts where agents rank by their mean level (R3).
    """
    needs = [dict(step.needs) for step in steps]
    changes = [_changed(before, after) for before, after in zip([{}, *needs], needs, strict=False)]
    return filled(
        {
            "steps": [[change, step.lasts] for change, step in zip(changes, steps, strict=True)],
            "pools": [[pool.name, pool.opens] for pool in pools],
        }
    )


def _changed(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int | None]:
    gone: dict[str, int | None] = {skill: None for skill in before if skill not in after}
    return gone | {skill: level for skill, level in after.items() if before.get(skill) != level}


def steps_from_item(item: Item) -> tuple[Step, ...]:
    needs: dict[str, int] = {}
    steps: list[Step] = []
    for change, lasts in item.get("steps", ()):
        needs = {skill: level for skill, level in (needs | change).items() if level is not None}
        steps.append(Step(needs=tuple(sorted(needs.items())), lasts=lasts))
    return tuple(steps)


def pools_from_item(item: Item) -> tuple[Pool, ...]:
    return tuple(Pool(name=name, opens=opens) for name, opens in item.get("pools", ()))


def preference_attribute(preference: Preference | None) -> list[Any]:
    """The agent, the seconds, and whether skills are asked for."""
    return [preference.agent, preference.window, preference.ignore_skills] if preference else []


def preference_from_item(item: Item) -> Preference | None:
    if "pref" not in item:
        return None
    agent, window, ignore_skills = item["pref"]
    return Preference(agent=agent, window=window, ignore_skills=ignore_skills)
