"""`heartline route explain`: an explanation for a terminal, as JSON, or as a scenario for `heartline route replay`."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from infra.local.errors import LocalError
from infra.local.target import aim

if TYPE_CHECKING:
    from heartline.domain.conversations import Conversation
    from heartline.domain.routing.explanation import Look
    from heartline.services.explain import Explain, Explanation, InLine

_LABEL: Final = 10
_INSTANT: Final = "%Y-%m-%d %H:%M:%S"

Form = Callable[["Explain", "Conversation"], str]
"""What is printed of a conversation."""


def explain(arguments: argparse.Namespace, form: Form) -> None:
    """Read the deployment that was asked for, and print; `LocalError` where it has no such conversation."""
    from botocore.exceptions import BotoCoreError, ClientError

    from heartline.bootstrap import routing
    from heartline.domain.errors import OurFault

    aim(arguments)
    try:
        head = routing.store().head(arguments.conversation)
        if head is None:
            raise LocalError(f"there is no conversation {arguments.conversation}: its id ends its address in the inbox")
        print(form(routing.explain(), head))
    except (BotoCoreError, ClientError, OurFault) as error:
        raise LocalError(f"the table cannot be read: {error}") from error


def as_words(explain: "Explain", head: "Conversation") -> str:
    told = explain(head)
    return "\n".join([f"{head.id}: {told.sentence}", *_lines(told)])


def as_json(explain: "Explain", head: "Conversation") -> str:
    from heartline.api.present_routing import routing_response

    return routing_response(explain(head)).model_dump_json()


def as_scenario(explain: "Explain", head: "Conversation") -> str:
    """What a replay decides as production would now; of what is decided already, how it would come out again."""
    from heartline.domain.conversations import State
    from infra.local.replay.export import scenario_of

    if head.state in {State.CLOSED, State.SNOOZED}:
        raise LocalError(f"{head.id} is {head.state.value}: it waits for nobody, and there is nothing to decide")
    look = explain.look(head, explain.configuration.company(), explain.clock())
    if head.state is not State.WAITING:
        _say_again(explain, head, look)
    return json.dumps(scenario_of(look))


FORMS: Final[Mapping[str, Form]] = {"words": as_words, "json": as_json, "scenario": as_scenario}


def _say_again(explain: "Explain", head: "Conversation", look: "Look") -> None:
    trace, now = explain.store.trace(head.id), look.decision.agent or "nobody"
    then = f"{trace.agent or 'nobody'} at {trace.at:{_INSTANT}} UTC" if trace else "without a trace"
    print(f"{head.id} is decided already ({then}); this is how it would come out again now: {now}", file=sys.stderr)


def _lines(told: "Explanation") -> Iterator[str]:
    head = told.head
    yield _row("in", f"{head.inbox}, {head.routing_channel.value}, band {head.band}")
    yield _row("since", f"{head.enqueued:{_INSTANT}} UTC")
    yield from _all("asks for", [told.asks] if told.asks else [])
    yield from _all("rules", head.rules)
    if head.preferred is not None:
        name = told.names.get(head.preferred.agent, head.preferred.agent)
        yield _row("kept for", f"{name}, for its first {head.preferred.window:g} s (R8)")
    yield from _all("heated", head.heat if head.heated else [])
    if told.in_line is not None:
        yield from _standing(told.in_line)
        yield from _agents(told.in_line)
    if told.trace is not None:
        yield from _decided(told)


def _standing(line: "InLine") -> Iterator[str]:
    place = [line.place.words] if line.place else []
    yield from _all("place", [*place, *([line.shared.words] if line.shared else [])])
    yield from _all("expected", [line.expected.words, line.expected.basis] if line.expected else [line.unexpected])
    yield from _all("coming", line.coming)


def _agents(line: "InLine") -> Iterator[str]:
    for each in line.look.candidates():
        mark = f"{each.rank}." if each.rank else "-"
        yield f"  {mark:>4} {each.name} {each.words}"
    for group in line.look.groups():
        yield f"  {group.count:>4} {group.words}"


def _decided(told: "Explanation") -> Iterator[str]:
    from heartline.domain.routing.decided import decided_sentence, was_refused

    trace = told.trace
    if trace is not None:
        yield _row("decided", f"{trace.at:{_INSTANT}} UTC: {decided_sentence(trace, told.names)}")
        for agent, reason in trace.refused.items():
            yield f"     - {told.names.get(agent, agent)} {was_refused(reason)}"


def _all(label: str, texts: "list[str] | tuple[str, ...]") -> Iterator[str]:
    return (_row("" if place else label, text) for place, text in enumerate(texts))


def _row(label: str, text: str) -> str:
    return f"  {label:<{_LABEL}}{text}"
