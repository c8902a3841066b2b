"""`heartline call`: a customer calls the local stack, and every step of the call is told as it happens."""

import argparse
import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from infra.local.description import AgentLogin
    from infra.local.simulators.twilio.driver import Driver

HABITS: Final = ("answer", "no-answer", "busy", "ask")

_LOOK_EVERY: Final = 0.2
"""Seconds between two looks at the transcript."""

_EPILOG: Final = """\
examples:
  heartline call --from +12025550143 --digits 1 2 --agent answer --talk 10
  heartline call --from +12025550143 --speech billing --agent ana=no-answer --agent ben=answer
  heartline call --from +12025550143 --by-hand         # and `heartline phone accept ana` in another terminal
  heartline call --from anonymous --forwarded-from +12025550199 --verstat TN-Validation-Failed-C
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    call = commands.add_parser(
        "call",
        help="call the local stack as a customer",
        description="Call a number of the stack. The simulated Twilio walks the TwiML that the stack answers, and each "
        "step is printed as it happens. Ctrl-C hangs up. `heartline phone` is the other side.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    call.add_argument(
        "--from", dest="sender", required=True, metavar="NUMBER", help="who calls, in E.164, or anonymous"
    )
    call.add_argument("--to", metavar="NUMBER", help="one of our numbers (default: the stack's)")
    _add_customer(call)
    _add_agents(call)
    _add_network(call)
    call.add_argument("--json", action="store_true", help="print the whole transcript as JSON, at the end")
    call.set_defaults(run=run)


def _add_customer(call: argparse.ArgumentParser) -> None:
    call.add_argument("--digits", nargs="+", default=[], metavar="KEYS", help="what is pressed, one entry a question")
    call.add_argument(
        "--speech", nargs="+", default=[], metavar="WORDS",
        help="what is said, one entry a question; `billing @0.4` is hard to understand",
    )  # fmt: skip
    call.add_argument("--by-hand", action="store_true", help="type keys while the call lasts, each with Enter")
    call.add_argument("--says", nargs="+", metavar="SENTENCE", help="what the customer says in the conversation")
    call.add_argument("--record", type=int, metavar="SECONDS", help="the length of a voicemail; 0 says nothing")
    call.add_argument("--message", metavar="WORDS", help="what is said in the voicemail")
    call.add_argument("--hang-up-after", type=float, metavar="SECONDS", help="when the caller gives up")


def _add_agents(call: argparse.ArgumentParser) -> None:
    call.add_argument(
        "--agent", action="append", default=[], metavar="[WHO=]HABIT",
        help=f"what the phones do that are rung: {', '.join(HABITS)}; WHO is a number or an agent's user name",
    )  # fmt: skip
    call.add_argument(
        "--talk", type=float, default=5.0, metavar="SECONDS", help="how long an agent who answers talks (default: 5)"
    )


def _add_network(call: argparse.ArgumentParser) -> None:
    call.add_argument("--name", metavar="NAME", help="the name that the carrier knows the caller by")
    call.add_argument("--forwarded-from", metavar="NUMBER", help="the number that forwards the call to us")
    call.add_argument("--verstat", metavar="VERDICT", help="STIR/SHAKEN, such as TN-Validation-Passed-A")


def run(arguments: argparse.Namespace) -> int:
    """1 if the stack is not there or the call failed, 2 if the options make no sense."""
    from infra.local.description import NotRunning, load_local
    from infra.local.simulators.twilio.driver import Driver, Refused

    try:
        stack = load_local()
        driver = Driver(stack.twilio.api_url)
        sid = driver.call_in(_script(arguments, stack.voice_number, stack.agents))
    except NotRunning as fault:
        return _complain(str(fault), 1)
    except (Refused, ValueError) as fault:
        return _complain(str(fault), 2)
    if arguments.by_hand:
        _type_keys(driver, sid)
    try:
        return _listen(driver, sid, stack.agents, as_json=arguments.json)
    except Refused as fault:
        return _complain(str(fault), 1)


def _script(arguments: argparse.Namespace, number: str, agents: "Sequence[AgentLogin]") -> dict[str, Any]:
    given = {
        "from": arguments.sender,
        "to": arguments.to or number,
        "digits": arguments.digits,
        "speech": arguments.speech,
        "says": arguments.says,
        "record": arguments.record,
        "message": arguments.message,
        "hang_up_after": arguments.hang_up_after,
        "caller_name": arguments.name,
        "forwarded_from": arguments.forwarded_from,
        "verstat": arguments.verstat,
        **_habits(arguments.agent, arguments.talk, agents),
    }
    return {name: value for name, value in given.items() if value is not None}


def _habits(wishes: Sequence[str], talk: float, agents: "Sequence[AgentLogin]") -> dict[str, Any]:
    """`answer` is for everybody, `ana=answer` for her phone and her browser, `+1…=answer` for one number."""
    script: dict[str, Any] = {"agents": {}}
    for wish in wishes:
        who, _, habit = wish.rpartition("=")
        if habit not in HABITS:
            raise ValueError(f"--agent {wish}: {habit} is not one of {', '.join(HABITS)}")
        phone = {"does": habit} if habit == "ask" else {"does": habit, "talk": talk}
        if who:
            script["agents"] |= dict.fromkeys(addresses(who, agents), phone)
        else:
            script["agent"] = phone
    return script


def addresses(who: str, agents: "Sequence[AgentLogin]") -> tuple[str, ...]:
    """Where somebody is rung: an address as it is, or the phone and the browser of an agent.

    :raises ValueError: for a name that is nobody's.
    """
    if who.startswith(("+", "client:")):
        return (who,)
    for agent in agents:
        if agent.username == who:
            return tuple(filter(None, (agent.phone, f"client:{who}")))
    known = ", ".join(sorted(agent.username for agent in agents))
    raise ValueError(f"there is no agent {who}: known are {known}; or name a number, such as +12025550111")


def _type_keys(driver: "Driver", sid: str) -> None:
    """Press what is typed, line by line, until the call or the input is over."""
    from infra.local.simulators.twilio.driver import Refused

    def read() -> None:
        for line in sys.stdin:
            try:
                driver.press(sid, line.strip())
            except Refused as fault:
                print(f"({fault})", file=sys.stderr)

    print("Type keys and Enter; Ctrl-C hangs up.", file=sys.stderr)
    threading.Thread(target=read, daemon=True).start()


def _listen(driver: "Driver", sid: str, agents: "Sequence[AgentLogin]", *, as_json: bool) -> int:
    for step in _steps(driver, sid):
        if not as_json:
            print(named(_sentence(step), agents), flush=True)
    transcript = driver.transcript(sid)
    if as_json:
        print(json.dumps(transcript))
    return 1 if transcript["status"] == "failed" else 0


def _steps(driver: "Driver", sid: str) -> Iterator[dict[str, Any]]:
    """The steps of the call while it lasts, and what its end meant to others; Ctrl-C hangs up."""
    seen, ended = 0, False
    while True:
        try:
            transcript = driver.transcript(sid, after=seen)
            seen += len(transcript["steps"])
            yield from transcript["steps"]
            if ended:
                return
            time.sleep(_LOOK_EVERY)
            ended = transcript["ended"]
        except KeyboardInterrupt:
            driver.hang_up(sid)


def _sentence(step: dict[str, Any]) -> str:
    text: str = step["text"]
    return f"{text[0].upper()}{text[1:]}"


def named(sentence: str, agents: "Sequence[AgentLogin]") -> str:
    """The sentence with agents' names in place of their addresses."""
    for agent in agents:
        name = agent.name or agent.username
        sentence = sentence.replace(f"Client:{agent.username}", f"{name}'s browser")
        sentence = sentence.replace(f"client:{agent.username}", f"{name}'s browser")
        if agent.phone:
            sentence = sentence.replace(agent.phone, f"{name}'s phone")
    return sentence


def _complain(sentence: str, code: int) -> int:
    print(f"heartline call: {sentence}", file=sys.stderr)
    return code
