"""`make bench`: counts the work, compares the imports, prints both and writes docs/benchmarks.md."""

import argparse
import sys
from pathlib import Path

from tests.bench.bands import bands
from tests.bench.claims import rivalries
from tests.bench.counts import counted
from tests.bench.imports import bare_modules, measured
from tests.bench.life import lives
from tests.bench.mail import memory, throughput
from tests.bench.planning import met, planned
from tests.bench.report import (
    WEBHOOK_RATIO,
    bands_section,
    claims_section,
    document,
    life_section,
    mail_section,
    planning_section,
    words_section,
)
from tests.bench.sizes import BUILD, built_sizes
from tests.bench.waits import tallies, waits_section
from tests.bench.words import SETS, languages, tone
from tests.tables import ROOT


def main() -> int:
    """Answer 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="fresh interpreters for each time (default 5)")
    parser.add_argument("--build", type=Path, default=BUILD, help="where `sam build` has built")
    arguments = parser.parse_args()
    costs = counted()
    sys.stderr.write("bench: counted the work; now importing every function in fresh interpreters\n")
    imports = measured(arguments.runs)
    sys.stderr.write("bench: now reading mail\n")
    parsing, peaks = throughput(arguments.runs), memory()
    sys.stderr.write("bench: now planning in backlogs\n")
    plans, told_bands = planned(arguments.runs), bands(arguments.runs)
    sys.stderr.write("bench: now claiming with several matchers at once\n")
    told, rivals = lives(), rivalries()
    text = document(costs, imports, built_sizes(arguments.build), bare=bare_modules())
    text += mail_section(parsing, peaks) + planning_section(plans) + bands_section(told_bands)
    text += life_section(told) + claims_section(rivals)
    sys.stderr.write("bench: now waiting in simulated lines\n")
    text += waits_section(tallies())
    text += words_section(map(languages, SETS), map(tone, SETS))
    (ROOT / "docs" / "benchmarks.md").write_text(text)
    sys.stdout.write(text)
    slow = [each.function for each in imports if each.function == "twilio_webhook" and each.ratio > WEBHOOK_RATIO]
    heavy = [f"memory of {peak.name}" for peak in peaks if not peak.met] + ["parsing"] * (not parsing.met)
    planning = ["planning"] * (not met(plans)) + [f"a band tied by {each.tied}" for each in told_bands if not each.met]
    writing = [life.name for life in told if not life.met]
    claiming = [f"claims of {each.matchers} matchers" for each in rivals if not each.met]
    missed = [cost.name for cost in costs if not cost.met] + slow + heavy + planning + writing + claiming
    if missed:
        sys.stderr.write(f"bench: missed the target: {', '.join(missed)}\n")
    return 1 if missed else 0


sys.exit(main())
