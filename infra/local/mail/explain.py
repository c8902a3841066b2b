"""`heartline mail explain`: why a mail is where it is, and what was made of it."""

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from infra.local.errors import LocalError
from infra.local.target import add_target, aim

if TYPE_CHECKING:
    from heartline.domain.messages import Message

_NAMES = "a conversation's id and a message's, joined by a slash; a Message-ID; or a raw mail's key in the mail bucket"


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    explain = actions.add_parser(
        "explain",
        help="say why a mail is where it is",
        description="Say which conversation a mail is in and why, which hints it carries and which were believed, what "
        "kind it is, its verdicts, what was repaired in it, and its state in the ledger.",
    )
    explain.add_argument("message", metavar="MESSAGE", help=_NAMES)
    explain.add_argument("--json", action="store_true", help="print it as JSON")
    add_target(explain)
    explain.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from heartline.domain.errors import OurFault

    aim(arguments)
    try:
        explained = [explain(message) for message in _found(arguments.message)] or [_unstored(arguments.message)]
    except OurFault as error:
        raise LocalError(f"the mail cannot be looked up: {error}") from error
    if arguments.json:
        print(json.dumps(explained, ensure_ascii=False))
    else:
        print("\n\n".join(told(one) for one in explained))
    return 0


def explain(message: "Message") -> dict[str, Any]:
    """Everything about one message; what only the raw mail says is left out where that is gone."""
    from heartline import bootstrap
    from heartline.domain.errors import NotFound

    mail = message.mail
    explained: dict[str, Any] = {
        "message": message.id,
        "conversation": message.conversation,
        "why": message.explanation,
        "raw": message.raw,
        "ledger": _state(message.raw) if message.raw else "",
    }
    if mail is not None:
        verdicts = {name: getattr(mail.verdicts, name) for name in type(mail.verdicts).__dataclass_fields__}
        explained |= {
            "message_id": mail.message_id,
            "kind": mail.kind.value,
            "verdicts": {name: verdict for name, verdict in verdicts.items() if verdict},
            "defects": list(mail.defects),
        }
    try:
        raw = bootstrap.mails().get(message.raw) if message.raw else b""
    except NotFound:
        raw = b""
    return explained | (_reread(raw, message) if raw else {})


def told(explained: dict[str, Any]) -> str:
    """The same for people."""
    lines = [f"{name:<13} {explained[name]}" for name in _LINES if explained.get(name)]
    lines += [f"{'verdicts':<13} {name} {verdict}" for name, verdict in explained.get("verdicts", {}).items()]
    lines += [f"{'repaired':<13} {defect}" for defect in explained.get("defects", ())]
    lines += [f"{'signal':<13} {name}: {value}" for name, value in explained.get("signals", {}).items()]
    lines += [
        f"{'hint':<13} {hint['reason']} {hint['evidence']}: {hint['verdict']}" for hint in explained.get("hints", ())
    ]
    return "\n".join(lines)


_LINES = ("message", "conversation", "why", "message_id", "kind", "raw", "ledger")


def _found(name: str) -> "Iterator[Message]":
    """The messages of that name; a mail to two inboxes is two."""
    from heartline import bootstrap
    from heartline.bootstrap import ledger
    from heartline.domain.aliases import mail_alias
    from heartline.domain.errors import NotFound
    from heartline.domain.messages import Channel
    from heartline.process import settings

    if name.startswith(settings().mail_prefix):
        outcome = ledger.ledger_store().outcomes(Channel.EMAIL, [name]).get(name)
        references = list(outcome.messages.values()) if outcome else []
    elif "@" in name:
        inboxes = bootstrap.configuration().company().inboxes
        aliases = [mail_alias(box.id, name.strip("<> ")) for box in inboxes]
        references = list(bootstrap.intake_store().find(aliases).values())
    else:
        conversation, _, message_id = name.partition("/")
        if not message_id:
            raise LocalError(f"{name} alone is not found again: name {_NAMES}")
        try:
            yield bootstrap.reading().message(conversation, message_id)
        except NotFound as error:
            raise LocalError(f"there is no message {message_id} in {conversation}") from error
        return
    for reference in references:
        message = bootstrap.intake_store().message(reference)
        if message is not None:
            yield message


def _unstored(name: str) -> dict[str, Any]:
    """A raw mail that is no message: held, on its way, or lost."""
    from heartline.process import settings

    if not name.startswith(settings().mail_prefix):
        raise LocalError(f"no message is known as {name}")
    return {"raw": name, "ledger": _state(name)}


def _state(raw_key: str) -> str:
    from heartline.bootstrap import ledger
    from heartline.domain.messages import Channel

    outcome = ledger.ledger_store().outcomes(Channel.EMAIL, [raw_key]).get(raw_key)
    return outcome.state.value if outcome else "no outcome: on its way, failed, or lost (heartline ledger --missing)"


def _reread(raw: bytes, message: "Message") -> dict[str, Any]:
    """What only the raw mail says: its signals, and the hints that it carries."""
    from dataclasses import asdict

    from heartline import bootstrap
    from heartline.channels.email.explain import Explain, signals_of
    from heartline.channels.email.parse import parse_mail

    inboxes = bootstrap.configuration().company().inboxes
    head = bootstrap.reading().conversation(message.conversation)
    inbox = next((box for box in inboxes if head is not None and box.id == head.inbox), None)
    if inbox is None:
        return {"signals": signals_of(raw)}
    keys = bootstrap.mail_keys()
    explain_hints = Explain(inbox=inbox, inboxes=inboxes, keys=keys, references=bootstrap.intake_store())
    hints = explain_hints(parse_mail(raw, keys=keys))
    return {"signals": signals_of(raw), "hints": [asdict(hint) for hint in hints]}
