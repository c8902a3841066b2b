"""Reads the classes of conversations: who comes when, how long they take and how long they wait."""

from dataclasses import dataclass
from typing import Final

from heartline.domain.inboxes import Company, Inbox
from heartline.domain.intake import work_requires
from heartline.domain.routing.model import Demand, Pool, Step
from heartline.domain.terms import steps_of
from infra.local.replay.fields import Fields, Node
from infra.local.simulate.reading import clock, name, seconds, share
from infra.local.simulate.spread import Kind, Spread
from infra.local.simulate.workday import DAY, HOUR, SECOND, Span, Stream, Target, demand_in_milliseconds

MOST: Final = 1_000_000
"""The most conversations of a day that are simulated; more is a slip of the pen."""

_REQUIRED = ("name", "channel", "handle")
_OPTIONAL = (
    "inbox", "requires", "band", "boost", "heated", "per_day", "per_hour", "shape", "patience", "target", "pools",
    "steps",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the classes are read against. `pools` are all pools, `company` is the configuration if there is one."""

    opens: int
    closes: int
    pools: tuple[str, ...]
    company: Company | None = None


def read_streams(node: Node, setting: Setting) -> tuple[Stream, ...]:
    streams = [_stream(each, setting) for each in node.items()]
    for each, stream in zip(node.items(), streams, strict=True):
        if sum(other.name == stream.name for other in streams) > 1:
            raise each.wrong(f"the name {stream.name!r} is there more than once")
    if sum(stream.expected for stream in streams) > MOST:
        raise node.wrong(f"more than {MOST} conversations are expected")
    return tuple(streams)


def read_spread(node: Node) -> Spread:
    """A time: a duration (then it is fixed), or an object of `kind`, `mean` and, for lognormal, `cv`."""
    if not isinstance(node.value, dict):
        return Spread(kind=Kind.FIXED, mean=seconds(node))
    fields = node.fields(required=("kind", "mean"), optional=("cv",))
    kind, mean = fields.get("kind").word(Kind), seconds(fields.get("mean"))
    if "cv" in fields and kind is not Kind.LOGNORMAL:
        raise fields.get("cv").wrong("is only for lognormal")
    cv = fields.get("cv", 1).number(least=0)
    if cv > 10:
        raise fields.get("cv").wrong("must be at most 10")
    return Spread(kind=kind, mean=mean, cv=cv)


def _stream(node: Node, setting: Setting) -> Stream:
    fields = node.fields(required=_REQUIRED, optional=_OPTIONAL)
    inbox = _inbox(fields, setting.company)
    patience = fields.get("patience")
    return Stream(
        name=name(fields.get("name")),
        inbox=name(fields.get("inbox")) if "inbox" in fields else "",
        demand=demand_in_milliseconds(_demand(fields, setting, inbox)),
        band=fields.get("band", inbox.band if inbox else 5).whole(),
        boost=fields.get("boost", (inbox.terms.boost or 0) if inbox else 0).whole() * SECOND,
        heated=share(fields.get("heated", 0)),
        rates=_rates(fields, setting),
        handle=read_spread(fields.get("handle")),
        patience=None if patience.absent else read_spread(patience),
        target=_target(fields.get("target", {})),
    )


def _inbox(fields: Fields, company: Company | None) -> Inbox | None:
    """The company's inbox that the class belongs to; without a company an inbox is only a name."""
    if company is None or "inbox" not in fields:
        return None
    wanted = name(fields.get("inbox"))
    found = next((inbox for inbox in company.inboxes if inbox.id == wanted), None)
    if found is None:
        known = ", ".join(inbox.id for inbox in company.inboxes)
        raise fields.get("inbox").wrong(f"the company has no inbox {wanted!r}; it has {known}")
    return found


def _demand(fields: Fields, setting: Setting, inbox: Inbox | None) -> Demand:
    named = inbox.terms.pools if inbox else ()
    usual = [[pool.name, pool.opens] for pool in named] or [[pool, 0] for pool in setting.pools]
    pools = fields.get("pools", usual).items()
    return Demand(
        channel=name(fields.get("channel")),
        steps=_steps(fields, inbox),
        pools=tuple(_pool(each) for each in pools),
    )


def _steps(fields: Fields, inbox: Inbox | None) -> tuple[Step, ...]:
    if "steps" not in fields:
        needs = dict(_needs(fields.get("requires", {}), inbox))
        return steps_of(needs, inbox.terms.relax if inbox else ())
    if "requires" in fields:
        raise fields.get("requires").wrong("steps replace it; write it as the first step")
    pairs = [each.items(length=2) for each in fields.get("steps").items()]
    if not pairs:
        raise fields.get("steps").wrong("must have at least one step")
    return tuple(
        Step(needs=_needs(needs, inbox), lasts=None if lasts.absent else seconds(lasts)) for needs, lasts in pairs
    )


def _needs(node: Node, inbox: Inbox | None) -> tuple[tuple[str, int], ...]:
    asked = node.wholes()
    return tuple(sorted((work_requires(inbox, asked) if inbox else asked).items()))


def _pool(node: Node) -> Pool:
    pool, opens = node.items(length=2)
    return Pool(name=name(pool), opens=seconds(opens))


def _target(node: Node) -> Target:
    fields = node.fields(optional=("percent", "within"))
    percent = fields.get("percent", 80).number(least=0)
    if percent > 100:
        raise fields.get("percent").wrong("must be at most 100")
    return Target(share=percent / 100, within=round(seconds(fields.get("within", 20)) * SECOND))


def _rates(fields: Fields, setting: Setting) -> tuple[tuple[Span, float], ...]:
    """How many are expected in each hour of the day, from `per_hour`, or `per_day` with a `shape`."""
    if "per_hour" in fields and ("per_day" in fields or "shape" in fields):
        raise fields.get("per_hour").wrong("is instead of per_day and shape")
    opens, closes = setting.opens, setting.closes
    if "per_hour" in fields:
        rate = fields.get("per_hour").number(least=0) / HOUR
        return (((opens, closes), rate * (closes - opens)),)
    total, spans = fields.get("per_day", 0).number(least=0), _shape(fields.get("shape"), setting)
    weight = sum(each * (end - start) for (start, end), each in spans)
    if not weight:
        raise fields.get("shape").wrong("must have a weight above 0 while the day is open")
    return tuple(((start, end), total * each * (end - start) / weight) for (start, end), each in spans)


def _shape(node: Node, setting: Setting) -> list[tuple[Span, float]]:
    """Weights that hold from a time of day on until the next one, cut to the hours of the day."""
    if node.absent:
        return [((setting.opens, setting.closes), 1.0)]
    marks = sorted((clock(Node(at, weight.place)), weight.number(least=0)) for at, weight in node.entries().items())
    ends = [at for at, _ in marks[1:]] + [DAY]
    spans = [((start, end), weight) for (start, weight), end in zip(marks, ends, strict=True)]
    cut = [((max(start, setting.opens), min(end, setting.closes)), weight) for (start, end), weight in spans]
    return [((start, end), weight) for (start, end), weight in cut if start < end]
