"""Siblings of the adapters that live in memory: same interface, same promises, and they count what they are asked."""

from tests.fakes.aside import FixedClock, Ids, MemoryBlobs, RecordingBlocks, RecordingQueue, RecordingSender
from tests.fakes.desk import FakeDesk
from tests.fakes.legs import Order, RecordingLegs
from tests.fakes.table import Failing, Hook, MemoryTable, Usage
from tests.fakes.uploads import MemoryUploads

__all__ = [
    "Failing",
    "FakeDesk",
    "FixedClock",
    "Hook",
    "Ids",
    "MemoryBlobs",
    "MemoryTable",
    "MemoryUploads",
    "Order",
    "RecordingBlocks",
    "RecordingLegs",
    "RecordingQueue",
    "RecordingSender",
    "Usage",
]
