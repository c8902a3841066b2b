"""Small companies drawn from a seed: agents with skills, pools, units and places, and what is asked of them."""

import random
from collections.abc import Mapping, Sequence
from typing import Any, Final

from heartline.domain.inboxes import Company
from heartline.services.configure import read_company

NAMES: Final = ("ana", "ben", "cleo", "dan")
POOLS: Final = ("main", "over")

_INBOXES: Final = {
    "support": ("support@acme.example", "+14155550100"),
    "sales": ("sales@acme.example", "+14155550101"),
}


def company_of(seed: int, *, fair: bool) -> Company:
    """The company of a seed; in a `fair` one all agents are alike, and come out even (I11)."""
    rng = random.Random(f"company {seed}")
    names = NAMES[: rng.randint(2, len(NAMES))]
    return read_company(_fair(rng, names) if fair else _any(rng, names))


def _fair(rng: random.Random, names: Sequence[str]) -> dict[str, Any]:
    agents = [_agent(name, {"sms": 9, "email": 9}, inboxes=["support"]) for name in names]
    return {
        "inboxes": [{**_inbox("support")}],
        "agents": agents,
        "routing": {"plan": rng.choice(["greedy", "max"])},
    }


def _any(rng: random.Random, names: Sequence[str]) -> dict[str, Any]:
    return {
        "inboxes": [{**_inbox("support"), **_terms(rng, names)}, {**_inbox("sales"), "band": 3}],
        "agents": [_agent(name, **drawn_profile(rng)) for name in names],
        "routing": _routing(rng),
    }


def _inbox(name: str) -> dict[str, Any]:
    mail, number = _INBOXES[name]
    return {"id": name, "name": name.title(), "mail": [mail], "sms": [number]}


def _agent(name: str, capacity: Mapping[str, int], **words: Any) -> dict[str, Any]:
    return {"id": name, "name": name.title(), "role": "lead", "capacity": dict(capacity), **words}


def drawn_profile(rng: random.Random) -> dict[str, Any]:
    """What may be configured of an agent, and change while they work."""
    french, units = rng.randint(0, 3), rng.choice([None, None, 3, 5])
    profile: dict[str, Any] = {
        "capacity": {
            "email": rng.choice([0, 1, 1, 2]),
            "sms": rng.choice([0, 1, 2, 3]),
            "voice": rng.choice([0, 1, 1]),
        },
        "skills": {"fr": french} if french else {},
        "inboxes": rng.choice([["support"], ["support", "sales"]]),
        "pool": rng.choice([POOLS[0], POOLS[0], POOLS[1]]),
    }
    return profile | ({"units": units} if units else {})


def _terms(rng: random.Random, names: Sequence[str]) -> dict[str, Any]:
    """What an inbox asks for: a skill that it does without after a while, pools, somebody first."""
    level = rng.choice([0, 0, 1, 2])
    terms: dict[str, Any] = {}
    if level:
        terms |= {"requires": {"fr": level}, "relax": [{"after": 12, "requires": {"fr": 0}}]}
    if rng.random() < 0.4:
        terms["pools"] = [{"pool": "main"}, {"pool": "over", "after": rng.choice([0, 15])}]
    if rng.random() < 0.3:
        terms["preferred"] = {"agent": rng.choice(names), "for": 20, "any_skill": rng.random() < 0.5}
    return terms


def _routing(rng: random.Random) -> dict[str, Any]:
    offers = {"voice": rng.choice([5, 10])} | ({rng.choice(["sms", "email"]): 7} if rng.random() < 0.7 else {})
    return {
        "agent_order": rng.choice(["load_idle", "idle", "best", "spare"]),
        "offer": offers,
        "on_timeout": rng.choice(["away", "keep"]),
        "retry_after": rng.choice([5, 11]),
        "plan": rng.choice(["greedy", "max"]),
        "weights": rng.choice([{}, {"voice": 3, "email": 2}]),
        "wrap": rng.choice([{}, {"sms": 6}, {"email": 9, "sms": 3}]),
        "reply_window": rng.choice([0, 15]),
        "ramp_up": rng.choice([0, 0, 18]),
        "pools": {"main": "Front desk", "over": "Second line"},
        **({"rest": 10} if rng.random() < 0.3 else {}),
        **({"blocks": {"sms": ["email"]}} if rng.random() < 0.3 else {}),
    }
