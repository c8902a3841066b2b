"""What must be true of places: in line, aside, and with agents. Read from the items, as `tests.invariants` does."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Final

from heartline.domain.conversations import State
from heartline.storage.expressions import Item
from heartline.storage.items import conversation_from_item
from heartline.storage.routing_items import wait_entry_to_item
from tests.world import World

HOLDS_A_SLOT: Final = {State.OFFERED, State.ASSIGNED, State.WRAP}


def waiting_means_one_wait_entry(world: World) -> Iterator[str]:
    """I3 and I10: the entry exists exactly while the conversation waits, and stands at its original place."""
    entries: dict[str, list[Item]] = defaultdict(list)
    for entry in world.by_kind["WQ"]:
        entries[entry["conv"]].append(entry)
    for name, head in world.heads.items():
        expected = wait_entry_to_item(conversation_from_item(head)) if head["state"] == State.WAITING else None
        found = [(entry["PK"], entry["SK"], entry["ver"]) for entry in entries.pop(name, [])]
        if found != ([(expected["PK"], expected["SK"], expected["ver"])] if expected else []):
            yield f"I3: {name} is {head['state']} (version {head['ver']}) and has the wait entries {found}"
    yield from (f"I3: a wait entry stands for {name}, which is not there" for name in entries)


def snoozed_means_one_entry_of_its_owner(world: World) -> Iterator[str]:
    """What is snoozed is found by its owner, and by its time where it has one."""
    entries: dict[str, list[Item]] = defaultdict(list)
    for entry in world.by_kind["SNOOZED"]:
        entries[entry["conv"]].append(entry)
    for name, head in world.heads.items():
        expected = [_snooze_of(name, head)] if head["state"] == State.SNOOZED else []
        found = [(entry["PK"], entry["SK"], entry.get("view_at")) for entry in entries.pop(name, [])]
        if found != expected:
            yield f"I3: {name} is {head['state']} and has the snoozes {found}"
    yield from (f"I3: a snooze stands for {name}, which is not there" for name in entries)


def _snooze_of(name: str, head: Item) -> tuple[str, str, str | None]:
    place = f"{head.get('snoozed', '9')}#{name}"
    return f"SNOOZED#{head.get('agent')}", place, place if "snoozed" in head else None


def agents_hold_what_the_heads_say(world: World) -> Iterator[str]:
    """I2, I3 and I6: `open` is exactly what is offered to or held by the agent, and free = capacity - open."""
    held: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, head in world.heads.items():
        if State(head["state"]) in HOLDS_A_SLOT:
            held[head["agent"]].add((name, head["rsv"]))
    for agent in world.by_kind["AG"]:
        name, found = agent["SK"], {(conv, hold["rsv"]) for conv, hold in agent["open"].items()}
        if found != held.pop(name, set()):
            yield f"I3: agent {name} has {sorted(found)} open, the heads say otherwise"
        load = Counter(hold["ch"] for hold in agent["open"].values())
        for attribute, capacity in agent.items():
            channel = attribute.removeprefix("cap_")
            free = agent.get(f"free_{channel}")
            if attribute.startswith("cap_") and free != capacity - load[channel]:
                yield f"I2: agent {name} has {free} free on {channel}: {capacity} less {load[channel]}"
        yield from _units_of(agent, world)
    yield from (f"I3: {agent} holds {sorted(work)} and has no state" for agent, work in held.items())


def _units_of(agent: Item, world: World) -> Iterator[str]:
    """I2 in units, in thousandths: free = units - what each hold took, which its head knows as well."""
    weights = {conversation: hold.get("w", 1000) for conversation, hold in agent["open"].items()}
    left = agent.get("units", 0) - sum(weights.values())
    if agent["free_units"] != left:
        yield f"I2: agent {agent['SK']} has {agent['free_units']} units free, and their work leaves {left}"
    for conversation, weight in weights.items():
        if world.heads.get(conversation, {}).get("w", 1000) != weight:
            yield f"I2: {conversation} weighs {weight} for {agent['SK']}, its head says otherwise"


PLACE_RULES: Final[tuple[Callable[[World], Iterator[str]], ...]] = (
    waiting_means_one_wait_entry,
    snoozed_means_one_entry_of_its_owner,
    agents_hold_what_the_heads_say,
)
