"""What a routing transition writes to heads, agents' states and wait entries; pure.

What happens to agents and entries follows from the head before and after.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from boto3.dynamodb.conditions import Attr, ConditionBase

from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Contended
from heartline.domain.inboxes import Staff
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.heads import milliseconds
from heartline.domain.routing.lifecycle import HOLDING, Gate, Move
from heartline.domain.routing.model import AWAY, ONLINE, UNANSWERED
from heartline.storage import items, keys, message_items
from heartline.storage.call_items import ASKED, asked_to_item
from heartline.storage.demand_items import thousandths
from heartline.storage.dynamodb import EXISTS
from heartline.storage.expressions import Check, Default, Delete, Item, Put, Update, Write
from heartline.storage.routing_items import agent_key, hold_to_item, wait_entry_to_item
from heartline.storage.snoozes import snooze_writes

OFF: Final = Attr("off")
"""The channels that an agent has switched off."""

_FENCED: Final = ("ch", "call", "heated", "snoozed")
"""What may change of a head while its version, state and hold stay: the same request sent twice is refused by these."""

_LATEST: Final = ("view_at", "last_visible")
"""What every message changes that joins it."""


def move_writes(move: Move, staff: Staff) -> list[Write]:
    """What a transition writes; the head's comes first."""
    weighed = _weighed(move, staff)
    places = [*_agent_writes(weighed, staff.pools), *_entry_writes(weighed), *snooze_writes(weighed)]
    return [_head_write(weighed), *places, *_told(move), *_beside(move)]


def claim_writes(moves: Sequence[Move], staff: Staff) -> list[Write]:
    """What claims for one agent write: each head and its entry, and the agent once."""
    weighed = [_weighed(move, staff) for move in moves]
    entries = [write for move in weighed for write in _entry_writes(move)]
    return [*map(_head_write, weighed), _take(weighed, _claimed_key(moves[0], staff.pools)), *entries]


def weight_after(move: Move, staff: Staff) -> float:
    """The units that the work takes then. A place keeps what it was taken with, whatever the policy says by now."""
    before, after = move.before, move.after
    if after.state not in HOLDING:
        return 1
    keeps = before.state in HOLDING and before.agent == after.agent
    if keeps and before.routing_channel is after.routing_channel:
        return before.weight
    return staff.weights.get(after.routing_channel.value, 1)


def _weighed(move: Move, staff: Staff) -> Move:
    return replace(move, after=replace(move.after, weight=weight_after(move, staff)))


def _head_write(move: Move) -> Update:
    """Write what differs, if nobody has moved the conversation since it was read."""
    before, after = items.conversation_to_item(move.before), items.conversation_to_item(move.after)
    unmoved = Attr("ver").eq(move.before.version) & Attr("state").eq(move.before.state.value)
    if move.before.reservation is not None:
        unmoved &= Attr("rsv").eq(move.before.reservation)
    changed = [name for name in _FENCED if before.get(name) != after.get(name)]
    for name in (*changed, *(_LATEST if move.nothing_newer else ())):
        unmoved &= Attr(name).eq(before[name]) if name in before else Attr(name).not_exists()
    return Update(
        key=keys.conversation(move.before.id),
        assign={name: value for name, value in after.items() if name not in before or before[name] != value},
        remove=tuple(name for name in before if name not in after),
        condition=unmoved,
    )


def _entry_writes(move: Move) -> list[Write]:
    """The entry exists exactly while the conversation waits; the same key is simply written again."""
    gone = wait_entry_to_item(move.before) if move.before.state is State.WAITING else None
    entry = wait_entry_to_item(move.after) if move.after.state is State.WAITING else None
    writes: list[Write] = [] if entry is None else [Put(item=entry)]
    if gone is not None and (entry is None or gone["SK"] != entry["SK"] or gone["PK"] != entry["PK"]):
        writes.append(Delete(key={"PK": gone["PK"], "SK": gone["SK"]}))
    return writes


def _told(move: Move) -> list[Write]:
    """The lines of the timeline that tell it; they are short."""
    return [Put(item=message_items.message_to_item(each)) for each in move.lines]


def _beside(move: Move) -> list[Write]:
    """The call that it depends on is as it was read; where it asks for something else now, the dialer looks at it."""
    if move.beside is None:
        return []
    key, unchanged = keys.call(move.beside.call), Attr("ver").eq(move.beside.version)
    if not move.beside.asks:
        return [Check(key=key, condition=unchanged)]
    asked = asked_to_item(Asked.of(move.after))
    gone = tuple(name for name in ASKED if name not in asked)
    changed = {**asked, "ver": move.beside.version + 1}
    return [Update(key=key, assign=changed, remove=(*gone, "mover"), condition=unchanged)]


def _agent_writes(move: Move, pools: Mapping[str, str]) -> list[Write]:
    """Free the slot held before and take the one held after; the same agent is written once.

    An agent whom nobody knows has no state to keep.
    """
    left = _state_key(move.before, pools)
    joined = _state_key(move.after, pools) if move.gate is None else _claimed_key(move, pools)
    if left is not None and left == joined:
        return [_regrip(move, left)]
    freed = [_release(move, left)] if left is not None else []
    taken = [_take([move], joined)] if joined is not None else []
    return [*freed, *taken]


def _state_key(head: Conversation, pools: Mapping[str, str]) -> keys.Key | None:
    """The key of the agent whose slot the conversation takes."""
    agent = head.agent if head.state in HOLDING else None
    return agent_key(pools[agent], agent) if agent is not None and agent in pools else None


def _claimed_key(move: Move, pools: Mapping[str, str]) -> keys.Key:
    """The key of the agent whom automatic work goes to. `Contended` if they are not configured any more."""
    key = _state_key(move.after, pools)
    if key is None:
        raise Contended(f"{move.after.agent} is not configured any more.")
    return key


def _release(move: Move, key: keys.Key) -> Update:
    """Give the slot and its units back, exactly once: the hold must be there (I6). Only who is online is sent away."""
    head = move.before
    return Update(
        key=key,
        assign=_sent_away(head) if move.sends_away else {"cause": "freed"},
        remove=(f"open.{head.id}", *(("back",) if move.sends_away else ())),
        add={**_places(head, 1), **({"epoch": 1} if move.sends_away else {})},
        condition=_held(head) & Attr("presence").eq(ONLINE) if move.sends_away else _held(head),
    )


def _sent_away(head: Conversation) -> Item:
    """Away since the offer was over that nobody answered."""
    left = {"left": milliseconds(head.offer_expires)} if head.offer_expires else {}
    return {"presence": AWAY, "reason": UNANSWERED, "cause": "presence", **left}


def _take(moves: Sequence[Move], key: keys.Key) -> Update:
    """Take a place for each; work by hand asks only that the agent does not have it already (R14)."""
    heads = [move.after for move in moves]
    condition: ConditionBase = EXISTS if moves[0].gate is None else _open_gates(moves)
    for head in heads:
        condition &= Attr(f"open.{head.id}").not_exists()
    taken: Counter[str] = Counter()
    for head in heads:
        taken.update(_places(head, 1))
    return Update(
        key=key,
        assign={
            **_began(moves),
            **{f"open.{head.id}": hold_to_item(head) for head in heads},
            **{f"cap_{head.routing_channel.value}": Default(value=0) for head in heads},
            "cause": "claimed",
        },
        add={name: -count for name, count in taken.items()},
        condition=condition,
    )


def _regrip(move: Move, key: keys.Key) -> Update:
    """The same agent holds it in another way: accepted, wrapped up, or counted on another channel."""
    before, after = move.before, move.after
    moved = before.routing_channel is not after.routing_channel
    condition = _held(before)
    return Update(
        key=key,
        assign={
            **_began([move]),
            f"open.{after.id}": hold_to_item(after),
            "cause": _cause_of(before, after),
            **({f"cap_{after.routing_channel.value}": Default(value=0)} if moved else {}),
        },
        add=_exchanged(before, after) if moved else {},
        condition=condition & Attr("presence").eq(ONLINE) if move.must_be_online else condition,
    )


def _cause_of(before: Conversation, after: Conversation) -> str:
    """What a hold that stays says of its change: a wrap-up has an end, which the router has to ask the clock for."""
    if before.routing_channel is not after.routing_channel:
        return "freed"
    return "wrapping" if after.state is State.WRAP and before.state is not State.WRAP else "claimed"


def _places(head: Conversation, count: int) -> dict[str, int]:
    """`count` places of the head's, in slots and in units."""
    return {f"free_{head.routing_channel.value}": count, "free_units": count * thousandths(head.weight)}


def _exchanged(before: Conversation, after: Conversation) -> dict[str, int]:
    """The place before is free, the one after is taken."""
    freed, taken = _places(before, 1), _places(after, -1)
    return {name: freed.get(name, 0) + taken.get(name, 0) for name in sorted(freed.keys() | taken.keys())}


def _held(head: Conversation) -> ConditionBase:
    """The very hold that was read; the end of a call counts it on another channel, and changes nothing else of it."""
    hold = f"open.{head.id}"
    return Attr(f"{hold}.rsv").eq(head.reservation) & Attr(f"{hold}.ch").eq(head.routing_channel.value)


def _began(moves: Sequence[Move]) -> Item:
    """When the latest (heated) offer or assignment began; a reply to a snoozed conversation is none (R3, R17)."""
    begun = [(milliseconds(move.begins), move.after.heated) for move in moves if move.begins is not None]
    heated: Item = {"last_heated": max(at for at, hot in begun if hot)} if any(hot for _, hot in begun) else {}
    return {"last": max(at for at, _ in begun), **heated} if begun else {}


def _open_gates(moves: Sequence[Move]) -> ConditionBase:
    """What automatic work asks (R1, R10, R14), for all of it at once.

    Where all slots of a channel are free, nothing on it is open. Units are asked for where the agent has any.
    """
    gates = [move.gate for move in moves if move.gate is not None]
    condition: ConditionBase = Attr("presence").eq(ONLINE) & Attr("epoch").eq(gates[0].epoch)
    for channel, count in sorted(Counter(move.after.routing_channel.value for move in moves).items()):
        condition &= Attr(f"free_{channel}").gte(count) & (OFF.not_exists() | ~OFF.contains(channel))
    units = sum(thousandths(move.after.weight) for move in moves)
    condition &= Attr("units").not_exists() | Attr("free_units").gte(units)
    for blocker in _blockers(gates):
        free = Attr(f"free_{blocker}")
        condition &= free.not_exists() | free.eq(Attr(f"cap_{blocker}"))
    return condition


def _blockers(gates: Sequence[Gate]) -> Sequence[str]:
    return sorted({blocker for gate in gates for blocker in gate.blockers})
