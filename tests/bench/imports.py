"""Measures what a function imports, each in a fresh interpreter: modules are counted, CPU times compared in one run."""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import botocore

ROOT: Final = Path(__file__).resolve().parents[2]
FUNCTIONS: Final = tuple(sorted(path.parent.name for path in (ROOT / "functions").glob("*/app.py")))

READY: Final[dict[str, str]] = {
    "api": "bootstrap.api()",
    "changes": "bootstrap.publisher()",
    "delivery": "from heartline.bootstrap import outbound; outbound.track(); outbound.track_mail()",
    "dialer": "from heartline.bootstrap import calls; calls.dialer()",
    "ingest": "bootstrap.text_intake(); bootstrap.mail_intake()",
    "media": "from heartline.bootstrap import recordings; recordings.media()",
    "realtime": "bootstrap.live()",
    "router": "from heartline.bootstrap import routing; routing.route()",
    "sender": "from heartline.bootstrap import outbound; outbound.send()",
    "timers": "from heartline.bootstrap import routing; routing.sweep()",
    "twilio_webhook": "bootstrap.twilio_account()(); bootstrap.queue('https://nowhere.example')",
    "voice": "from heartline.bootstrap import calls; bootstrap.twilio_account()(); calls.telephone()",
}
"""What a function builds before it can do its first work."""

BARE: Final = (
    "import botocore.session; botocore.session.get_session().create_client('dynamodb', region_name='us-east-1')"
)
"""What every function that speaks to the table pays in any case."""

_PROBE: Final = """
import sys, time
sys.path[:0] = {path!r}
known, began = len(sys.modules), time.process_time()
{work}
found = [len(sys.modules) - known, time.process_time() - began]
import json
print(json.dumps(found))
"""

_SECRETS: Final = '{"current": "a", "a": "secret", "account_sid": "AC0", "auth_token": "t", "secondary_token": ""}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """`ratio` is the CPU time of the import against the bare client's; the `ready_` figures go up to the first work."""

    function: str
    modules: int
    ratio: float
    ready_modules: int
    ready_ratio: float


def modules_of(function: str) -> int:
    """The modules that importing the function's handler adds to a bare interpreter."""
    return _probe(_import(function))[0]


def bare_modules() -> int:
    return _probe(BARE)[0]


def measured(runs: int) -> list[Imports]:
    """Compare every function with the bare client, as medians of `runs` fresh interpreters."""
    works = {BARE, *(work(function) for function in FUNCTIONS for work in (_import, _ready))}
    rounds = [{work: _probe(work) for work in works} for _ in range(runs)]  # side by side: a busy machine hits them all
    seconds = {work: statistics.median(found[work][1] for found in rounds) for work in works}
    modules = {work: found[0] for work, found in rounds[0].items()}
    return [
        Imports(
            function=function,
            modules=modules[_import(function)],
            ratio=seconds[_import(function)] / seconds[BARE],
            ready_modules=modules[_ready(function)],
            ready_ratio=seconds[_ready(function)] / seconds[BARE],
        )
        for function in FUNCTIONS
    ]


def _import(function: str) -> str:
    app = ROOT / "functions" / function / "app.py"
    return (
        f"exec(compile(open({str(app)!r}).read(), 'app.py', 'exec'), {{'__name__': 'app', '__file__': {str(app)!r}}})"
    )


def _ready(function: str) -> str:
    """Import, then build what the first work needs; secrets come from a text, so that nothing leaves the machine."""
    prepare = f"from heartline import bootstrap; bootstrap.secret_reader = lambda arn: lambda: {_SECRETS!r}"
    return "\n".join((_import(function), prepare, READY.get(function, "")))


def _probe(work: str) -> tuple[int, float]:
    """Run `work` in an interpreter without `site`, whose start-up files differ from machine to machine."""
    path = [str(ROOT / "layers" / "shared" / "python"), str(Path(botocore.__file__).parents[1])]
    program = _PROBE.format(path=path, work=work)
    settings = {"AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    environment = {"PATH": os.environ["PATH"], **settings, **_heartline()}
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: Any = json.loads(done.stdout.splitlines()[-1])
    return int(found[0]), float(found[1])


def _heartline() -> dict[str, str]:
    """Every setting that names a place, with a place that is not there."""
    places = ("TABLE", "MAIL_BUCKET", "MEDIA_BUCKET", "TWILIO_SECRET_ARN", "MAIL_SECRET_ARN", "PUBLIC_URL")
    queues = ("INBOUND", "DELIVERY", "ROUTING", "OUTBOX", "MEDIA", "TIMER", "DIALER")
    return {f"HEARTLINE_{name}": "https://nowhere.example" for name in (*places, *(f"{q}_QUEUE_URL" for q in queues))}
