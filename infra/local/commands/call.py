"""`heartline call`: a customer calls the local stack, and every step of the call is told as it happens."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from infra.local.simulators.twilio.driver import Driver

_LOOK_EVERY: Final = 0.2
"""Seconds between two looks at the transcript."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    call = commands.add_parser(
        "call",
        help="call the local stack as a customer",
        description="Call a number of the stack. The simulated Twilio walks the TwiML that the stack answers, and each "
        "step is printed as it happens. Ctrl-C hangs up.",
    )
    call.add_argument(
        "--from", dest="sender", required=True, metavar="NUMBER", help="who calls, in E.164, or anonymous"
    )
    call.add_argument("--to", metavar="NUMBER", help="one of our numbers (default: the stack's)")
    call.add_argument("--digits", nargs="+", default=[], metavar="KEYS", help="what is pressed, one entry a question")
    call.add_argument("--speech", nargs="+", default=[], metavar="WORDS", help="what is said, one entry a question")
    call.add_argument("--agent", choices=("answer", "no-answer", "busy"), help="what every phone that is rung does")
    call.add_argument("--record", type=int, metavar="SECONDS", help="the length of a voicemail; 0 says nothing")
    call.add_argument("--hang-up-after", type=float, metavar="SECONDS", help="when the caller gives up")
    call.add_argument("--json", action="store_true", help="print the whole transcript as JSON, at the end")
    call.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """1 if the stack is not there or the call failed, 2 if the options make no sense."""
    from infra.local.description import NotRunning, load_local
    from infra.local.simulators.twilio.driver import Driver, Refused

    try:
        stack = load_local()
        driver = Driver(stack.twilio.api_url)
        sid = driver.call_in(_script(arguments, stack.voice_number))
    except NotRunning as fault:
        return _complain(str(fault), 1)
    except Refused as fault:
        return _complain(str(fault), 2)
    try:
        return _listen(driver, sid, as_json=arguments.json)
    except Refused as fault:
        return _complain(str(fault), 1)


def _script(arguments: argparse.Namespace, number: str) -> dict[str, Any]:
    given = {
        "from": arguments.sender,
        "to": arguments.to or number,
        "digits": arguments.digits,
        "speech": arguments.speech,
        "agent": arguments.agent,
        "record": arguments.record,
        "hang_up_after": arguments.hang_up_after,
    }
    return {name: value for name, value in given.items() if value is not None}


def _listen(driver: "Driver", sid: str, *, as_json: bool) -> int:
    for step in _steps(driver, sid):
        if not as_json:
            print(_sentence(step), flush=True)
    transcript = driver.transcript(sid)
    if as_json:
        print(json.dumps(transcript))
    return 1 if transcript["status"] == "failed" else 0


def _steps(driver: "Driver", sid: str) -> Iterator[dict[str, Any]]:
    """The steps of the call while it lasts; Ctrl-C hangs up, and the call's own end still follows."""
    seen, ended = 0, False
    while not ended:
        try:
            transcript = driver.transcript(sid, after=seen)
            seen, ended = seen + len(transcript["steps"]), transcript["ended"]
            yield from transcript["steps"]
            if not ended:
                time.sleep(_LOOK_EVERY)
        except KeyboardInterrupt:
            driver.hang_up(sid)


def _sentence(step: dict[str, Any]) -> str:
    text: str = step["text"]
    return f"{text[0].upper()}{text[1:]}"


def _complain(sentence: str, code: int) -> int:
    print(f"heartline call: {sentence}", file=sys.stderr)
    return code
