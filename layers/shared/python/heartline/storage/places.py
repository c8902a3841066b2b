"""Where an agent's state is: under the pool it was brought to, until it follows a changed configuration.

A process may know an older or a newer configuration than the state does, so that it writes to a place where nothing
is. Every condition on a state fails there; then it is written once more, where the state is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import and_

from boto3.dynamodb.conditions import Attr

from heartline.domain.inboxes import AgentProfile, Staff
from heartline.storage import keys
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Delete, Item, Put, Update, Write
from heartline.storage.routing_items import agent_key


def place_to_item(profile: AgentProfile) -> Item:
    """The row that says under which pool the agent's state is."""
    return {**keys.agent_place(profile.id), "pool": profile.pool}


def places_of(table: Table, agents: Sequence[str]) -> dict[str, str]:
    """The pool under which each agent's state is; nothing of one who has none."""
    found = table.get_many([keys.agent_place(agent) for agent in agents])
    return {keys.agent_of_place(item["PK"]): item["pool"] for item in found.values()}


def carry_out(
    table: Table,
    writes_of: Callable[[Staff], Sequence[Write]],
    staff: Staff,
    *,
    held_by: str | None = None,
    token: str = "",
) -> None:
    """Carry out the writes of a transition as one transaction, wherever the agents' states are.

    Who is not configured any more gives up the place that they hold (`held_by`) all the same.
    """
    gone = [held_by] if held_by is not None and held_by not in staff.pools else []
    known = _knowing(staff, places_of(table, gone)) if gone else staff
    writes = writes_of(known)
    try:
        table.transact(writes, token=token or None)
    except ConditionFailed as refused:
        elsewhere = _elsewhere(table, writes, refused, known.pools)
        if not elsewhere:
            raise
        table.transact(writes_of(_knowing(known, elsewhere)))


def write_at(table: Table, update: Update, profile: AgentProfile) -> None:
    """Carry out an update of the agent's state, which is written for the pool of `profile`, wherever the state is."""
    try:
        table.write(update)
    except ConditionFailed as refused:
        pool = profile.pool if refused.failed[0] else places_of(table, [profile.id]).get(profile.id, profile.pool)
        if pool == profile.pool:
            raise
        table.write(replace(update, key=agent_key(pool, profile.id)))


def relocation(item: Item, profile: AgentProfile) -> list[Write]:
    """Bring a state, with all that it holds, under the pool of `profile`, if nothing of it has changed.

    It has the next epoch there: whatever was planned for the agent in the old pool fails.
    """
    unchanged = reduce(and_, (Attr(name).eq(value) for name, value in item.items() if name not in ("PK", "SK")))
    came_from = Attr("pool").not_exists() | Attr("pool").eq(keys.pool_of(item["PK"]))
    moved = {**item, **agent_key(profile.pool, profile.id), "epoch": item["epoch"] + 1, "cause": "profile"}
    return [
        Delete(key={"PK": item["PK"], "SK": item["SK"]}, condition=unchanged),
        Put(item=moved, condition=MISSING),
        Put(item=place_to_item(profile), condition=came_from),
    ]


def _knowing(staff: Staff, pools: Mapping[str, str]) -> Staff:
    return replace(staff, pools={**staff.pools, **pools})


def _elsewhere(
    table: Table, writes: Sequence[Write], refused: ConditionFailed, pools: Mapping[str, str]
) -> dict[str, str]:
    """The pools of the agents whose states were not where `pools` says, and are somewhere else."""
    refusing = [writes[position] for position, met in refused.failed.items() if not met]
    absent = [write.key["SK"] for write in refusing if isinstance(write, Update) and keys.is_agent(write.key)]
    found = places_of(table, absent) if absent else {}
    return {agent: pool for agent, pool in found.items() if pools.get(agent) != pool}
