"""`heartline consent`: whether a number gets texts from each of our senders, why, and noting what its owner wants."""

import argparse
import getpass
import json
from typing import TYPE_CHECKING, Any

from infra.local.target import add_target, aim

if TYPE_CHECKING:
    from heartline.domain.consent import Consent, Pair, Statement


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    consent = commands.add_parser(
        "consent",
        help="look up, or note, whether a number wants texts",
        description="Show for each sender (a number, or a messaging service) whether it may text a number, since when "
        "and why, with everything that was said. With --set, note what the number's owner wants; it stays on record. "
        "What a customer said by text, Twilio enforces too: there only their START lifts it.",
    )
    consent.add_argument("number", metavar="NUMBER", help="the customer's number, such as +14155550123")
    consent.add_argument("--sender", metavar="SENDER", help="only this sender (default: all of the company's)")
    consent.add_argument("--set", choices=("in", "out"), help="note that they want texts, or no texts")
    consent.add_argument("--reason", default="", help="how you know; needed with --set")
    consent.add_argument("--by", default="", help="who notes it (default: your user name)")
    consent.add_argument("--json", action="store_true", help="print it as JSON")
    add_target(consent)
    consent.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from heartline.bootstrap import outbound
    from heartline.domain.errors import HeartlineError
    from infra.local.errors import LocalError

    aim(arguments)
    try:
        pairs = _pairs(arguments)
        if arguments.set:
            _note(arguments, pairs)
        store = outbound.consents()
        found = [(consent, store.history(consent.pair, limit=50)) for consent in store.consents(pairs)]
    except HeartlineError as error:
        raise LocalError(str(error)) from error
    shown = [_shown(consent, history) for consent, history in found]
    print(json.dumps({"consents": shown}) if arguments.json else "\n".join(_lines(shown)))
    return 0


def _pairs(arguments: argparse.Namespace) -> "list[Pair]":
    from heartline import bootstrap
    from heartline.channels.twilio.numbers import dialable
    from heartline.domain.consent import Pair
    from infra.local.errors import LocalError

    company = bootstrap.configuration().company()
    number = dialable(arguments.number, company.inboxes[0].country)
    senders = company.text_senders
    if arguments.sender and arguments.sender not in senders:
        raise LocalError(f"{arguments.sender} sends no texts of this company; known are {', '.join(senders)}")
    return [Pair(sender=sender, phone=number) for sender in ([arguments.sender] if arguments.sender else senders)]


def _note(arguments: argparse.Namespace, pairs: "list[Pair]") -> None:
    from heartline.bootstrap import outbound
    from heartline.domain.consent import Choice
    from heartline.domain.inboxes import AgentProfile

    who = arguments.by or getpass.getuser()
    operator = AgentProfile(id=who, name=who, skills={}, capacity={}, inboxes=(), role="admin")
    outbound.keep_consent().noted(pairs, Choice(arguments.set), reason=arguments.reason, by=operator)


def _shown(consent: "Consent", history: "tuple[Statement, ...]") -> dict[str, Any]:
    said = consent.stated
    return {
        "sender": consent.pair.sender,
        "number": consent.pair.phone,
        "state": said.choice.value if said else "none",
        "reason": consent.reason,
        "history": [
            {
                "at": each.at.isoformat(timespec="seconds"),
                "state": each.choice.value,
                "source": each.source.value,
                "by": each.by,
                "words": each.words,
            }
            for each in history
        ],
    }


def _lines(shown: list[dict[str, Any]]) -> list[str]:
    lines = []
    for consent in shown:
        told = consent["reason"] or "nothing was ever said: texts may go"
        lines.append(f"{consent['sender']} → {consent['number']}  {consent['state']:<4}  {told}")
        lines += [
            f"    {said['at']}  {said['state']:<3}  {said['source']:<8} {said['by']}: {said['words']}"
            for said in consent["history"]
        ]
    return lines
