"""`heartline phone`: agents' phones and browsers of the local stack, held in the hand: what rings, and taking it."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from infra.local.commands.call import HABITS, addresses, named

if TYPE_CHECKING:
    from infra.local.description import AgentLogin, LocalStack
    from infra.local.simulators.twilio.driver import Driver

_LOOK_EVERY: Final = 0.5
"""Seconds between two looks while watching."""

_WANTED: Final = {
    "accept": "ringing",
    "reject": "ringing",
    "hang-up": "live",
    "press": "live",
    "mute": "live",
    "unmute": "live",
}
"""The state that a call must be in for an act."""

_EPILOG: Final = """\
WHO is an agent's user name, which means the phone and the browser, or a number, or client:<user name>.

examples:
  heartline phone set ana ask        # from now on Ana's phone rings until you take the call
  heartline phone watch              # what rings and talks, as it changes
  heartline phone accept ana
  heartline phone press ana 1
  heartline phone hang-up ana
  heartline phone set ana usual      # forget it again
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    phone = commands.add_parser(
        "phone",
        help="be an agent's phone: see what rings, take it, decline it, hang up",
        description="See and handle the phones and browsers that the stack rings. `heartline call` is the other side.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    acts = phone.add_subparsers(title="acts", dest="act", metavar="ACT", required=True)
    for act, words in (
        ("list", "what rings and talks now, and the habits that were set"),
        ("watch", "the same, again whenever it changes, until Ctrl-C"),
    ):
        acts.add_parser(act, help=words).add_argument("--json", action="store_true", help="print it as JSON")
    for act in ("accept", "reject", "hang-up", "mute", "unmute"):
        acts.add_parser(act, help=f"{act.replace('-', ' ')} the call").add_argument("who", metavar="WHO")
    press = acts.add_parser("press", help="press keys, such as 1 or 12#")
    press.add_argument("who", metavar="WHO")
    press.add_argument("keys", metavar="KEYS")
    habit = acts.add_parser("set", help="what a phone does from now on")
    habit.add_argument("who", metavar="WHO")
    habit.add_argument("habit", metavar="HABIT", choices=(*HABITS, "usual"), help=", ".join((*HABITS, "usual")))
    phone.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """1 if the stack is not there, 2 if there is nothing to act on or the words make no sense."""
    from infra.local.description import NotRunning, load_local
    from infra.local.simulators.twilio.driver import Driver, Refused

    try:
        stack = load_local()
        return _act(arguments, stack, Driver(stack.twilio.api_url))
    except NotRunning as fault:
        return _complain(str(fault), 1)
    except (Refused, ValueError) as fault:
        return _complain(str(fault), 2)


def _act(arguments: argparse.Namespace, stack: "LocalStack", driver: "Driver") -> int:
    if arguments.act == "list":
        print(_shown(driver.devices(), stack.agents, as_json=arguments.json))
    elif arguments.act == "watch":
        _watch(driver, stack.agents, as_json=arguments.json)
    elif arguments.act == "set":
        for address in addresses(arguments.who, stack.agents):
            driver.set_phone(address, None if arguments.habit == "usual" else arguments.habit)
    else:
        _handle(arguments, stack, driver)
    return 0


def _handle(arguments: argparse.Namespace, stack: "LocalStack", driver: "Driver") -> None:
    """Do something about the one call of this agent that is in the right state."""
    own, state = addresses(arguments.who, stack.agents), _WANTED[arguments.act]
    calls = [
        (device["address"], call["sid"])
        for device in driver.devices()
        for call in device["calls"]
        if device["address"] in own and call["state"] == state
    ]
    if not calls:
        raise ValueError(f"no call of {arguments.who} is {state}: `heartline phone list` shows what there is")
    what, given = _WORDED.get(arguments.act, (arguments.act, {}))
    keys = {"digits": arguments.keys} if arguments.act == "press" else {}
    driver.handle(*calls[0], what, {**given, **keys})


_WORDED: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "press": ("digits", {}),
    "mute": ("mute", {"on": True}),
    "unmute": ("mute", {"on": False}),
}
"""Acts whose name at the simulator is another."""


def _watch(driver: "Driver", agents: "Sequence[AgentLogin]", *, as_json: bool) -> None:
    before = None
    while True:
        shown = _shown(driver.devices(), agents, as_json=as_json)
        if shown != before:
            print(shown, flush=True)
            before = shown
        time.sleep(_LOOK_EVERY)


def _shown(devices: "Sequence[dict[str, Any]]", agents: "Sequence[AgentLogin]", *, as_json: bool) -> str:
    if as_json:
        return json.dumps(devices)
    lines = [named(_told(device), agents) for device in devices]
    return "\n".join(lines) or "nothing rings, and no phone has habits of its own"


def _told(device: "dict[str, Any]") -> str:
    habit = f" (habit: {device['does']})" if device["does"] else ""
    calls = ", ".join(_call(call) for call in device["calls"]) or ("registered" if device["registered"] else "quiet")
    return f"{device['address']}{habit}: {calls}"


def _call(call: "dict[str, Any]") -> str:
    marks = "".join(f", {mark}" for mark in ("muted", "hold") if call[mark])
    where = f" in the conference {call['conference']}" if call["conference"] else ""
    return f"{call['state']}{where}, called from {call['from']}{marks}"


def _complain(sentence: str, code: int) -> int:
    print(f"heartline phone: {sentence}", file=sys.stderr)
    return code
