"""Random scenarios, small and crowded, so that rules meet each other."""

from typing import Any

from hypothesis import strategies as st

CHANNELS = ("email", "sms", "voice")
AGENTS = ("a1", "a2", "a3", "a10")
CONVERSATIONS = ("c1", "c2", "c3", "c10", "c11", "c12")

_seconds = st.integers(0, 60)
_channels = st.sampled_from(CHANNELS)
_levels = st.dictionaries(st.sampled_from(("fr", "it")), st.integers(0, 3), max_size=2)
_agents = st.sampled_from(AGENTS)
_conversations = st.sampled_from(CONVERSATIONS)
_presence = st.sampled_from(("ONLINE", "ONLINE", "ONLINE", "AWAY"))
_ages = st.integers(0, 30)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


_policies = st.fixed_dictionaries(
    {},
    optional={
        "agent_order": st.sampled_from(("load_idle", "idle", "best", "spare")),
        "offer": _maybe(st.integers(1, 20)),
        "on_timeout": st.sampled_from(("away", "keep")),
        "retry_after": st.integers(0, 20),
        "plan": st.sampled_from(("greedy", "max")),
        "rest": _maybe(_ages),
        "weights": st.dictionaries(_channels, st.integers(0, 3)),
        "blocks": st.dictionaries(_channels, st.lists(_channels, max_size=3)),
        "wrap": st.dictionaries(_channels, st.integers(0, 10)),
    },
)


def _agent(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"id": st.just(name), "caps": st.dictionaries(_channels, st.integers(0, 2), min_size=1)},
        optional={
            "skills": _levels,
            "last": _seconds,
            "last_heated": _maybe(_seconds),
            "presence": _presence,
            "pool": st.sampled_from(("main", "over")),
            "units": _maybe(st.integers(1, 5)),
            "off": st.lists(_channels, max_size=1),
        },
    )


def _conversation(name: str) -> st.SearchStrategy[dict[str, Any]]:
    steps = st.lists(st.tuples(_levels, _maybe(_ages)).map(list), max_size=3)
    preference = {"agent": st.sampled_from((*AGENTS, "ghost")), "window": _ages}
    interval = st.tuples(_seconds, _seconds).map(sorted)
    return st.fixed_dictionaries(
        {"id": st.just(name), "ch": _channels, "enq": st.just(0)},
        optional={
            "req": _levels,
            "band": st.integers(1, 2),
            "boost": st.integers(0, 20),
            "heated": st.booleans(),
            "pref": _maybe(st.fixed_dictionaries(preference, optional={"ignore_skills": st.booleans()})),
            "steps": _maybe(steps),
            "pools": st.lists(st.tuples(st.sampled_from(("main", "over")), _ages).map(list), min_size=1, max_size=2),
            "hours": _maybe(st.lists(interval, max_size=2)),
            "held": _maybe(_agents),
        },
    )


def _event(name: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"t": _seconds, "ev": st.just(name), **fields})


_events = st.one_of(
    _event("arrive", conv=_conversations),
    *(_event(name, conv=_conversations, agent=_agents) for name in ("accept", "reject", "manual")),
    *(_event(name, conv=_conversations) for name in ("close", "abandon", "snooze", "reply")),
    _event("presence", agent=_agents, to=_presence),
    _event("set_cap", agent=_agents, ch=_channels, n=st.integers(0, 2)),
    _event(
        "claim", conv=_conversations, agent=_agents, ver=st.integers(0, 2), epoch=st.integers(0, 1), token=_channels
    ),
)

scenarios: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "policy": _policies,
        "agents": st.tuples(*map(_agent, AGENTS)).map(list),
        "convs": st.tuples(*map(_conversation, CONVERSATIONS)).map(list),
        "events": st.lists(_events, max_size=30).map(
            lambda events: [*({"t": 0, "ev": "arrive", "conv": conv} for conv in CONVERSATIONS[:4]), *events]
        ),
        "until": _seconds,
    }
)

_more_load = st.fixed_dictionaries({name: st.dictionaries(_channels, st.integers(0, 2), max_size=2) for name in AGENTS})
_learned = st.lists(
    _event("set_skill", agent=_agents, skill=st.sampled_from(("fr", "it")), n=st.integers(0, 3)), max_size=4
)
_windows = st.lists(_event("reply", conv=_conversations, window=_ages), max_size=4)


def _worked_on(document: dict[str, Any], load: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    """The agents with more work than that of the conversations."""
    held = [(conv["held"], conv["ch"]) for conv in document["convs"] if conv.get("held")]
    return [
        agent | {"load": {name: count + held.count((agent["id"], name)) for name, count in load[agent["id"]].items()}}
        for agent in document["agents"]
    ]


def _eventful(document: dict[str, Any], learned: list[dict[str, Any]], replies: list[dict[str, Any]]) -> list[Any]:
    """With replies of a window of their own, and with lessons instead of claims."""
    events = [event for event in document["events"] if not learned or event["ev"] != "claim"]
    return [*events, *learned, *replies]


crowded: st.SearchStrategy[dict[str, Any]] = st.tuples(scenarios, _more_load, _learned, _windows).map(
    lambda drawn: (
        drawn[0] | {"agents": _worked_on(drawn[0], drawn[1]), "events": _eventful(drawn[0], drawn[2], drawn[3])}
    )
)
"""With work that no conversation stands for, and everything else that a scenario can say."""
