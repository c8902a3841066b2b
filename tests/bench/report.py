"""Writes docs/benchmarks.md: counts that are the same everywhere, and ratios of one run."""

from collections.abc import Iterable, Sequence
from typing import Final

from heartline.domain.routing.model import PlanKind
from heartline.services.tick import MOST_CLAIMS, MOST_HEADS
from tests.bench.bands import LONG_BAND, STAFF, TICK_SECONDS, Band
from tests.bench.claims import AGENTS as RIVALRY_AGENTS
from tests.bench.claims import PLACES, WAITING, Rivalry, table_of
from tests.bench.counts import Cost
from tests.bench.imports import Imports
from tests.bench.life import COLUMNS, LINE, MOST, Life
from tests.bench.mail import MEMORY_RATIO, PARSE_RATIO, Memory, Throughput
from tests.bench.planning import AGENTS, ASSIGNMENTS, FLATNESS, MICROSECONDS, PROFILES, Planning, flatness
from tests.bench.words import Languages, Tone

WEBHOOK_RATIO: Final = 1.3
"""The most that importing the webhook may take, against the bare client."""

HEAD: Final = """# Benchmarks

`make bench` counts, prints and writes this file. The counts depend on the code alone: they are the same on every
machine, and `tests/bench/test_budget.py` keeps them. The ratios compare CPU times of fresh interpreters within one run
on one machine.
"""

WORK: Final = """
## Work on DynamoDB

Requests, and units as DynamoDB bills them: a write unit a kilobyte begun, twice that in a transaction, and one for each
row of the view index that is written (two where a conversation moves in its list). `tests/fakes/sizes.py` sizes the
items. Texts and mails are short unless said otherwise, and the configuration has been read before, as in a warm
function. "The same again" is what a repetition of an event costs.
"""

CARGO: Final = """
## What a function carries

Modules that importing the handler adds to a bare interpreter, and modules up to its first work, with its clients built.
The CPU time of both is told in times of a bare botocore client for DynamoDB, its import included; that has {bare}
modules. The size is that of the unzipped function with its layers, as `sam build` makes them{unbuilt}.

Target: importing the webhook takes at most {ratio} times the bare client.
"""


MAIL: Final = """
## Reading mail

The {mails} mails in `tests/data/email`, parsed in full: headers, addresses, texts, files, visible reply, safe HTML,
kind and reports. The standard library parses the same mails turn by turn in the same run, with its modern policy, and
is asked for the addresses, dates and subjects, and for every part's name and content. It took 1; Heartline took
**{ratio:.2f}** (target: at most {target}). The standard library raised on {refused} of them, Heartline on none.

The most memory that one mail takes, its own bytes included, is (target: at most {times} times its size, and 50 MB):
"""


PLANNING: Final = """
## Planning in a backlog

One tick's plan (`greedy`, a call blocks mail and texts) over {agents:,} mostly idle agents of {profiles} skill
profiles and 420 classes: its first {assignments:,} claims, and all of a tick that claims ten times as many where enough
wait. Building is included, so the first claims carry the one look at each agent. "Copies" are times of copying one
agent in the same run; the memory is the most that the plan and its first claims take.

The slowest line took **{flatness:.2f}** times what the fastest did for the same claims (target: at most {flat}).
Target for a claim of a long tick: at most {target:.0f} µs.
"""

BANDS: Final = """
## A long band planned as a whole

`plan: max` over one band of {waiting:,} waiting and {agents} of the same agents. It reads the band to its end. A tick
makes no more than {tick} claims (and reads no more than {heads} heads); those are to be planned within {seconds:.0f} s
even where all are read. Where something ties an agent's places to each other, the plan is exact for twelve at a time.
"""

LIFE: Final = """
## A conversation's life in routing

Write units from the entry that it waits by, which its intake writes, until its place is free again. Intake's own rows
(message, guard, contact) are in the table at the top; so is what a call writes about itself. The lists are the view
index. The line in the timeline that says who closed it is not routing's: it is {line} more. Target: at most {most}; for
work that is offered first, without the lists and the pointer.
"""

CLAIMS: Final = """
## Claims under rivalry

Matchers at once, each with a client of its own, on one table of a MiniStack: {waiting} texts wait for the {places}
places of {agents} agents, and every matcher plans all of them. Target: every place is taken, no conversation is held
twice, nobody has too much, and all invariants hold afterwards. In production a queue lets one matcher in at a time. The
claims a second are those of an emulator that shares the machine.
"""

WORDS: Final = """
## Reading a customer's words

Sentences of our own in `tests/data/words`. The first set is what the rules were made with; the unseen ones were written
afterwards, and nothing was put into the rules for their sake. A heated sentence that is found was rightly called so; a
calm one that is marked was not.
"""


def document(costs: Sequence[Cost], imports: Sequence[Imports], sizes: dict[str, int], *, bare: int) -> str:
    unbuilt = "" if sizes else " (nothing is built: run `make build` first)"
    cargo = CARGO.format(bare=bare, unbuilt=unbuilt, ratio=WEBHOOK_RATIO)
    return "".join((HEAD, WORK, "\n", _work(costs), cargo, "\n", _cargo(imports, sizes)))


def mail_section(throughput: Throughput, memory: Iterable[Memory]) -> str:
    """What `make bench` says about the mail parser."""
    facts = MAIL.format(
        mails=throughput.mails,
        ratio=throughput.ratio,
        target=PARSE_RATIO,
        refused=throughput.refused,
        times=MEMORY_RATIO,
    )
    head = ("mail", "size", "most memory", "times its size")
    rows = (
        (each.name, f"{each.size / 1e6:.0f} MB", f"{each.peak / 1e6:.0f} MB", f"{each.peak / each.size:.1f}")
        for each in memory
    )
    return facts + "\n" + _table(head, rows)


def planning_section(plans: Sequence[Planning]) -> str:
    """What `make bench` says about the decision."""
    facts = PLANNING.format(
        agents=AGENTS,
        profiles=PROFILES,
        assignments=ASSIGNMENTS,
        flatness=flatness(plans),
        flat=FLATNESS,
        target=MICROSECONDS,
    )
    head = ("waiting", "first claims, each", "copies", "all claims, each", "copies", "heads read for each", "memory")
    rows = (
        (
            f"{plan.waiting:,}",
            f"{plan.first * 1e6:.0f} µs",
            f"{plan.first / plan.copy:.1f}",
            f"{plan.each * 1e6:.0f} µs",
            f"{plan.each / plan.copy:.1f}",
            f"{plan.reads_each:.2f}",
            f"{plan.peak / 1e6:.1f} MB",
        )
        for plan in plans
    )
    return facts + "\n" + _table(head, rows)


def bands_section(told: Sequence[Band]) -> str:
    """What `make bench` says about the plan of a whole band."""
    facts = BANDS.format(
        waiting=LONG_BAND, agents=STAFF, heads=MOST_HEADS[PlanKind.MAX], tick=MOST_CLAIMS, seconds=TICK_SECONDS
    )
    head = ("tied by", "heads read", "claims", "for each", "until a tick has its claims", "exact")
    rows = (
        (
            band.tied,
            f"{band.reads:,}",
            f"{band.claims:,}",
            f"{band.each * 1e6:.0f} µs",
            f"{band.tick * 1e3:.0f} ms",
            "for twelve at a time" if band.bounded else "yes",
        )
        for band in told
    )
    return facts + "\n" + _table(head, rows)


def life_section(told: Sequence[Life]) -> str:
    """What `make bench` says about the writes of routing."""
    head = ("what happens to it", "requests", *COLUMNS, "write units", "without lists and pointer")
    rows: list[Sequence[object]] = []
    for life in told:
        rows += [(each.name, each.requests, *map(each.units_of, COLUMNS), each.write_units, "") for each in life.stages]
        requests = sum(each.requests for each in life.stages)
        rows.append((f"**{life.name}**", requests, *map(life.units_of, COLUMNS), life.write_units, life.own_units))
    return LIFE.format(most=MOST, line=told[0].units_of(LINE)) + "\n" + _table(head, rows)


def claims_section(outcomes: Sequence[Rivalry]) -> str:
    """What `make bench` says about claims of several matchers at once."""
    agents = RIVALRY_AGENTS
    facts = CLAIMS.format(waiting=WAITING, places=agents * PLACES, agents=agents)
    return facts + "\n" + _table(*table_of(outcomes))


def words_section(tongues: Iterable[Languages], tones: Iterable[Tone]) -> str:
    """What `make bench` says about languages and tempers."""
    language = ("language hints, each sentence in six companies", "right", "none, though one is staffed", "wrong")
    temper = ("heated or not", "found", "missed", "calm", "of them marked", "precision", "recall")
    hints = ((each.name, each.right, each.silent, len(each.wrong)) for each in tongues)
    marks = (
        (
            each.name,
            each.found,
            len(each.missed),
            each.calm,
            len(each.marked),
            f"{each.precision:.2f}",
            f"{each.recall:.2f}",
        )
        for each in tones
    )
    return WORDS + "\n" + _table(language, hints) + "\n" + _table(temper, marks)


def _work(costs: Iterable[Cost]) -> str:
    head = ("what happens", "requests", "read units", "write units", "of them in the index", "target")
    rows = (
        (cost.name, cost.requests, cost.read_units, cost.write_units, cost.index_units, _target(cost)) for cost in costs
    )
    return _table(head, rows)


def _target(cost: Cost) -> str:
    if cost.target is None:
        return ""
    return f"≤ {cost.target.requests} requests, ≤ {cost.target.write_units} units"


def _cargo(imports: Iterable[Imports], sizes: dict[str, int]) -> str:
    head = ("function", "modules", "import, times bare", "modules, ready", "ready, times bare", "size")
    rows = (
        (
            f"`{each.function}`",
            each.modules,
            f"{each.ratio:.2f}",
            each.ready_modules,
            f"{each.ready_ratio:.2f}",
            f"{sizes[each.function] / 1_000_000:.1f} MB" if each.function in sizes else "",
        )
        for each in imports
    )
    return _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)
