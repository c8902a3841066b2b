"""`python -m tests.faults.schedules SEED` replays a schedule; --count runs so many from there on, or new ones."""

import argparse
import secrets
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice

from tests.faults.schedules.drawing import drawn
from tests.faults.schedules.run import Failure, explore, is_fair

EVERY = 500
"""After how many schedules a long run says how far it is."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.schedules", description=__doc__)
    parser.add_argument("seed", type=int, nargs="?", help="the first seed; a new one if it is left out")
    parser.add_argument("--count", type=int, default=1, help="how many schedules, from that seed on")
    parser.add_argument("--store", choices=["memory", "moto"], default="memory")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args(arguments)
    first = asked.seed if asked.seed is not None else secrets.randbelow(10**9)
    if asked.count == 1:
        _say("\n".join(map(str, drawn(first, fair=is_fair(first)))))
    failures = _all(range(first, first + asked.count), asked.store, asked.processes)
    _say(f"{asked.count} schedules from seed {first} on {asked.store}: {len(failures)} failed")
    return 1 if failures else 0


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _all(seeds: range, store: str, processes: int) -> list[Failure]:
    failures: list[Failure] = []
    with ProcessPoolExecutor(processes) as pool:
        runs = pool.map(partial(explore, store=store), seeds, chunksize=min(20, len(seeds)))
        for number, failure in enumerate(islice(runs, len(seeds)), start=1):
            if failure is not None:
                failures.append(failure)
                _say(str(failure))
            if number % EVERY == 0:
                _say(f"{number} schedules, {len(failures)} failed")
    return failures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
