"""`heartline ledger`: what the providers gave us, and what became of it, by hour and channel."""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from infra.local.span import add_span, span_of
from infra.local.target import Target, add_target, aim

if TYPE_CHECKING:
    from heartline.domain.ledger import Entry, Row

CHANNELS = ("email", "sms", "whatsapp", "voice")
_WIDTH = 10


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ledger = commands.add_parser(
        "ledger",
        help="reconcile what came in with what became of it",
        description="Count, by hour and channel, what SES stored and what Twilio lists, and what of it is stored, "
        "held, discarded, failed or still pending. What is none of these is a gap: then the exit code is 1.",
    )
    add_span(ledger)
    ledger.add_argument("--channel", action="append", choices=CHANNELS, help="may be repeated (default: all)")
    ledger.add_argument("--missing", action="store_true", help="name what failed, is pending, or is lost")
    ledger.add_argument("--json", action="store_true", help="print it as JSON")
    add_target(ledger)
    ledger.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from heartline.domain.ledger import State, rows_of

    entries = _entries(arguments)
    rows = rows_of(entries)
    missing = [entry for entry in entries if entry.state in (State.FAILED, State.PENDING, State.GAP)]
    if arguments.json:
        print(json.dumps({"rows": [_row(row) for row in rows], "missing": [_named(entry) for entry in missing]}))
    else:
        print(table(rows))
        for entry in missing if arguments.missing else ():
            print(" ".join(str(value) for value in _named(entry).values()))
    return 1 if any(entry.state is State.GAP for entry in entries) else 0


def table(rows: "Sequence[Row]") -> str:
    """The counts for people, with their sum in the last line."""
    from heartline.domain.ledger import State

    head = f"{'hour':<17} {'channel':<8}" + "".join(f"{name:>{_WIDTH}}" for name in ("received", *State))
    lines = [
        _line(f"{row.hour:%Y-%m-%d %H:%M}", row.channel, [row.received, *(row.counts[state] for state in State)])
        for row in rows
    ]
    total: Counter[State] = Counter()
    for row in rows:
        total.update(row.counts)
    return "\n".join([head, *lines, _line("total", "", [total.total(), *(total[state] for state in State)])])


def _line(hour: str, channel: str, counts: Sequence[int]) -> str:
    return f"{hour:<17} {channel:<8}" + "".join(f"{count:>{_WIDTH}}" for count in counts)


def _entries(arguments: argparse.Namespace) -> "tuple[Entry, ...]":
    from dataclasses import replace

    from heartline.bootstrap import ledger
    from heartline.domain.errors import OurFault
    from heartline.domain.messages import Channel
    from infra.local.errors import LocalError

    target = aim(arguments)
    book = replace(ledger.ledger(), dead=lambda: _dead(target))
    start, end = span_of(arguments)
    try:
        return book.entries(start, end, [Channel(name) for name in arguments.channel or book.sources])
    except OurFault as error:
        raise LocalError(f"the ledger cannot be read: {error}") from error


def _dead(target: Target) -> frozenset[str]:
    from infra.local.dead_letters import dead_events

    return dead_events(target.queue_url("inbound-dead"))


def _row(row: "Row") -> dict[str, Any]:
    return {"hour": row.hour.isoformat(), "channel": row.channel, "received": row.received} | {
        state.value: count for state, count in row.counts.items()
    }


def _named(entry: "Entry") -> dict[str, str]:
    received = entry.received
    return {"state": entry.state, "channel": received.channel, "id": received.id, "at": received.at.isoformat()}
