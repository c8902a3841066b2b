"""Days to simulate, small and crowded, and the shortest way to run one."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from infra.local.simulate.day import Day
from infra.local.simulate.deciding import Decider, production
from infra.local.simulate.drawing import draw
from infra.local.simulate.journal import Course
from infra.local.simulate.settings import read_workday
from infra.local.simulate.workday import Workday

CALLS: dict[str, Any] = {
    "name": "calls",
    "channel": "voice",
    "per_hour": 60,
    "handle": {"kind": "exponential", "mean": "3m"},
}
FOUR: dict[str, Any] = {"id": "a", "count": 4, "capacity": {"voice": 1}}


def read(folder: Path, document: object) -> Workday:
    """A day from a document; JSON is YAML."""
    path = folder / "day.yaml"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return read_workday(path)


def one_class(folder: Path, *, agents: int = 4, hours: int = 24, **changes: Any) -> Workday:
    """Calls for agents who can all take them, with an hour to warm up."""
    day = {"from": "00:00", "to": f"{hours:02}:00", "warm_up": "1h"}
    staff = [{**FOUR, "count": agents}]
    return read(folder, {"day": day, "arrivals": [{**CALLS, **changes}], "staff": staff})


def run(workday: Workday, decide: Decider = production, *, seed: int = 1, day: int = 0) -> Course:
    return Day(workday, draw(workday, seed=seed, day=day), decide, seed=f"{seed}/{day}").run()


_levels = st.dictionaries(st.sampled_from(("en", "es")), st.integers(1, 3), max_size=2)
_channels = st.sampled_from(("voice", "email", "chat"))
_times = st.sampled_from(("20s", "2m", "10m"))


def _spread() -> st.SearchStrategy[Any]:
    kinds = st.sampled_from(("fixed", "exponential", "lognormal"))
    return st.fixed_dictionaries({"kind": kinds, "mean": _times})


def _stream(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"name": st.just(name), "channel": _channels, "per_day": st.integers(0, 60), "handle": _spread()},
        optional={
            "requires": _levels,
            "band": st.integers(4, 6),
            "boost": st.integers(0, 600),
            "heated": st.sampled_from((0, 0.5)),
            "patience": _spread(),
            "pools": st.just([["main", 0], ["over", 120]]),
        },
    )


def _group(name: str) -> st.SearchStrategy[dict[str, Any]]:
    capacity = st.dictionaries(_channels, st.integers(0, 2), min_size=1)
    return st.fixed_dictionaries(
        {"id": st.just(name), "count": st.integers(1, 3), "capacity": capacity},
        optional={
            "skills": _levels,
            "pool": st.sampled_from(("main", "over")),
            "units": st.integers(1, 3),
            "shifts": st.sampled_from((["08:00-09:30"], ["08:30-10:00"], ["08:00-08:40", "09:00-10:00"])),
        },
    )


documents = st.fixed_dictionaries(
    {
        "day": st.just({"from": "08:00", "to": "10:00"}),
        "arrivals": st.tuples(_stream("one"), _stream("two"), _stream("three")),
        "staff": st.tuples(_group("a"), _group("b"), _group("c")),
    },
    optional={
        "answer": st.fixed_dictionaries({"voice": st.just({"kind": "exponential", "mean": "15s"})}),
        "policy": st.fixed_dictionaries(
            {},
            optional={
                "agent_order": st.sampled_from(("load_idle", "idle", "best", "spare")),
                "plan": st.sampled_from(("greedy", "max")),
                "rest": st.integers(0, 600),
                "on_timeout": st.sampled_from(("away", "keep")),
                "wrap": st.dictionaries(_channels, st.integers(0, 60)),
            },
        ),
    },
)
"""Two hours with every rule that a day can meet."""
