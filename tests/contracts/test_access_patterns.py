"""The chart in docs/access-patterns.md names every key and every method, and nothing that is not there."""

import importlib
import inspect
import re

import pytest

from heartline.storage import keys
from tests.tables import ROOT

CHART = (ROOT / "docs" / "access-patterns.md").read_text()
ADAPTERS = {
    "DynamoIntake": "intake",
    "DynamoReading": "reading",
    "DynamoAnswering": "answering",
    "DynamoOutbox": "outbox",
    "DynamoOpenings": "openings",
    "DynamoSentMails": "sent_mails",
    "DynamoSuppressions": "suppressions",
    "ChangeLog": "changelog",
    "Sockets": "sockets",
    "StoredConfiguration": "configuration",
    "DynamoCalls": "calls",
    "DynamoRouting": "routing",
    "DynamoMerging": "merging",
    "DynamoCaps": "caps",
    "DynamoHeld": "held",
    "DynamoLedger": "ledger",
    "DynamoReworking": "reworking",
}
SAME_AS_ANOTHER = {
    "DynamoIntake.conversation",
    "DynamoAnswering.conversation",
    "DynamoCaps.conversation",
    "DynamoCalls.head",
    "DynamoMerging.head",
    "DynamoMerging.pointer",
    "DynamoRouting.head",
    "DynamoRouting.pointer",
}
"""One head, or one pointer, read under the name that each port gives it."""


def methods(adapter: str) -> set[str]:
    module = importlib.import_module(f"heartline.storage.{ADAPTERS[adapter]}")
    members = inspect.getmembers(getattr(module, adapter), inspect.isfunction)
    return {f"{adapter}.{name}" for name, _ in members if not name.startswith("_")}


def test_every_key_has_its_row() -> None:
    spelled = {
        name for name, function in inspect.getmembers(keys, inspect.isfunction) if function.__module__ == keys.__name__
    }
    rows = set(re.findall(r"^\| [^|]+ \| `(\w+)` \|", CHART, re.MULTILINE))
    assert rows == {name for name in spelled if not name.startswith("_")} - {"instant", "view"}


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_every_method_has_its_row(adapter: str) -> None:
    rows = set(re.findall(rf"`({adapter}\.\w+)` \|$", CHART, re.MULTILINE))
    assert rows == methods(adapter) - SAME_AS_ANOTHER
