"""What work asks of routing, as attributes of a head or of a class, both directions side by side; pure."""

from collections.abc import Sequence

from heartline.domain.routing.model import Pool, Preference, Step
from heartline.storage.expressions import Item, filled


def thousandths(units: float) -> int:
    """Units as the table counts them: its numbers are whole, and a weight need not be."""
    return round(units * 1000)


def demand_attributes(steps: Sequence[Step], pools: Sequence[Pool]) -> Item:
    """Steps as [skills, seconds], pools as [name, seconds]; nothing where there is nothing to say."""
    return filled(
        {
            "steps": [[dict(step.needs), step.lasts] for step in steps],
            "pools": [[pool.name, pool.opens] for pool in pools],
        }
    )


def steps_from_item(item: Item) -> tuple[Step, ...]:
    return tuple(Step(needs=tuple(sorted(needs.items())), lasts=lasts) for needs, lasts in item.get("steps", ()))


def pools_from_item(item: Item) -> tuple[Pool, ...]:
    return tuple(Pool(name=name, opens=opens) for name, opens in item.get("pools", ()))


def preference_attribute(preference: Preference | None) -> Item | None:
    if preference is None:
        return None
    return {"agent": preference.agent, "for": preference.window, "any_skill": preference.ignore_skills}


def preference_from_item(item: Item) -> Preference | None:
    found = item.get("pref")
    if found is None:
        return None
    return Preference(agent=found["agent"], window=found["for"], ignore_skills=found["any_skill"])
