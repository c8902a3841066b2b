"""Carries out a replay from the command line: sends, waits for the answers, and tells both."""

import json
import time
from collections import Counter

from heartline.services.replay import STILL_HELD, WAITING, Plan, Replay
from infra.local.progress import say

PATIENCE_SECONDS = 60.0
"""How long nothing may be answered before what is left is given up: it is in the queue, or among its dead letters."""

HELD_SECONDS = 3.0
"""How long after the last change what is held is taken to stay so."""

PAUSE_SECONDS = 0.5


def finish(replay: Replay, plan: Plan, *, as_json: bool) -> int:
    """Carry a plan out and print what came of it; answers the exit code, 1 if something was not answered."""
    results = carry_out(replay, plan)
    print(json.dumps(results) if as_json else told(results))
    return 1 if results[WAITING] else 0


def carry_out(replay: Replay, plan: Plan) -> "Counter[str]":
    """Send a plan and wait until every mail has its answer, or none comes any more."""
    sent = 0
    for count in replay.send(plan):
        sent += count
        say(f"asked for {sent} of {plan.size}")
    results, heard = replay.results(plan), time.monotonic()
    while time.monotonic() - heard < _patience(results):
        time.sleep(PAUSE_SECONDS)
        before, results = results, replay.results(plan)
        if results != before:
            heard = time.monotonic()
            say(f"{len(plan.mails) - results[WAITING]} of {len(plan.mails)} mails done")
    return results


def _patience(results: "Counter[str]") -> float:
    """A mail always gets an answer; what is still held may simply be nobody's."""
    if results[WAITING]:
        return PATIENCE_SECONDS
    return HELD_SECONDS if results[STILL_HELD] else 0.0


def told(results: "Counter[str]") -> str:
    counts = ", ".join(f"{count} {word}" for word, count in sorted(results.items()))
    return counts or "nothing to replay"
