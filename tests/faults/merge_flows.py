"""What is broken of merging and splitting by hand."""

from contextlib import suppress
from typing import Final

from heartline.domain.errors import NotFound
from tests.faults.flows import Flow, World


def _two_of_ana(world: World) -> None:
    """Two mails of Tom's, both assigned to Ana, and a second matter in the first."""
    office, ana = world.office, world.routed.profile("ana")
    first = office.ingest(office.letter("m1", "One"))
    office.ingest(office.letter("m2", "Something else", at=5, thread=office.head(first)))
    for conversation in (first, office.ingest(office.letter("m3", "Two", at=9))):
        world.routed.by_hand.assign(conversation, to=ana, by=ana)


def _conversations(world: World) -> list[str]:
    heads = [item for item in world.everything() if item["SK"] == "HEAD"]
    return [head["PK"].removeprefix("C#") for head in sorted(heads, key=lambda head: str(head["opened"]))]


def _merge(world: World) -> None:
    first, second, *_ = _conversations(world)
    world.routed.merging.merge(second, into=first, by=world.routed.profile("ana"))


def _split(world: World) -> None:
    """A client that asks again is told that the messages are not there any more."""
    first, *_ = _conversations(world)
    (other,) = [item for item in world.everything() if item.get("text") == "Something else" and "moved" not in item]
    with suppress(NotFound):
        world.routed.merging.split(first, [other["SK"].split("#")[2]], by=world.routed.profile("ana"))


def _who_says_what(world: World) -> object:
    """The words of each timeline, and what Ana has."""
    words = [
        [message.text for message in world.office.timeline(conversation) if not message.event]
        for conversation in _conversations(world)
    ]
    return sorted(words), len(world.routed.state("ana").open)


MERGE_FLOWS: Final = {
    "a merge": Flow(_merge, prepare=_two_of_ana, outcome=_who_says_what),
    "a split": Flow(_split, prepare=_two_of_ana, outcome=_who_says_what),
}
