"""Every AWS call of every flow breaks in every way, and the flow runs again: nothing is lost, doubled or half done."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

import pytest
from moto import mock_aws

from heartline.domain.errors import OurFault
from heartline.storage.blobs import S3Blobs
from heartline.storage.dynamodb import Table
from tests.fakes import MemoryTable
from tests.faults.breaking import BrokenCalls, BrokenTable, Fault, Killed
from tests.faults.call_flows import CALL_FLOWS
from tests.faults.consent_flows import CONSENT_FLOWS
from tests.faults.flows import FLOWS, Flow, World
from tests.faults.hand_flows import HAND_FLOWS
from tests.faults.mail_flows import MAIL_FLOWS
from tests.faults.merge_flows import MERGE_FLOWS
from tests.faults.place_flows import PLACE_FLOWS
from tests.faults.recording_flows import RECORDING_FLOWS
from tests.faults.text_flows import TEXT_FLOWS
from tests.faults.tick_flows import TICK_FLOWS
from tests.invariants import regressions
from tests.tables import dynamodb_client, new_table, s3_client
from tests.world import stored

Make = Callable[[Fault], tuple[World, BrokenTable | BrokenCalls]]

EVERY: Final = (
    FLOWS
    | MAIL_FLOWS
    | MERGE_FLOWS
    | PLACE_FLOWS
    | RECORDING_FLOWS
    | TEXT_FLOWS
    | CONSENT_FLOWS
    | CALL_FLOWS
    | HAND_FLOWS
    | TICK_FLOWS
)

MOST_CALLS: Final = 60
"""More than any flow makes: a flow that never ends would never be broken everywhere."""

MOST_TRIES: Final = 5
"""How often the queues deliver (the template's redrive policy)."""


@pytest.fixture(autouse=True)
def aws() -> Iterator[None]:
    with mock_aws():
        yield


def in_memory(fault: Fault) -> tuple[World, BrokenTable]:
    table = MemoryTable()
    return World(table, table.everything), BrokenTable(fault, table)


def on_moto(fault: Fault) -> tuple[World, BrokenCalls]:
    """The real adapters over moto, DynamoDB and S3; a client of its own looks at the outcome."""
    looking, working, objects = dynamodb_client(), dynamodb_client(), s3_client()
    name = new_table(looking)
    for bucket in ("mails", "media"):
        objects.create_bucket(Bucket=bucket)
    broken = BrokenCalls(fault)
    broken.watch(working)
    broken.watch(objects)
    table = Table(working, name, sleep=lambda _seconds: None)
    mails, media = S3Blobs(lambda: objects, "mails"), S3Blobs(lambda: objects, "media")
    return World(table, lambda: stored(looking, name), mails, media), broken


def undisturbed(flow: Flow) -> object:
    world, _ = in_memory(Fault.KILLED_BEFORE)
    flow.prepare(world)
    flow.act(world)
    return flow.outcome(world)


def repeat(flow: Flow, world: World) -> None:
    """Deliver again until it succeeds, as a queue does."""
    for _ in range(MOST_TRIES):
        world.restart()
        with suppress(OurFault):
            flow.act(world)
            return
    raise AssertionError("the flow never succeeded again")


FAULTS: Final[list[tuple[Make, Fault]]] = [
    *((on_moto, fault) for fault in Fault),
    *((in_memory, fault) for fault in Fault if fault is not Fault.SENT_TWICE),  # the SDK repeats below that table
]


@pytest.mark.parametrize(("make", "fault"), FAULTS, ids=lambda part: getattr(part, "__name__", str(part)))
@pytest.mark.parametrize("flow", EVERY.values(), ids=EVERY.keys())
def test_a_call_that_breaks_leaves_nothing_wrong(make: Make, fault: Fault, flow: Flow) -> None:
    expected = undisturbed(flow)
    for call in itertools.count(1):
        world, broken = make(fault)
        flow.prepare(world)
        before = world.everything()
        broken.arm(call)
        with suppress(Killed, OurFault):
            flow.act(world)
        broken.disarm()
        repeat(flow, world)
        assert world.broken_rules() == [], f"call {call}"
        assert regressions(before, world.everything()) == [], f"call {call}"
        assert flow.outcome(world) == expected, f"call {call}"
        if not broken.struck:
            assert call > 1
            return
        assert call < MOST_CALLS
