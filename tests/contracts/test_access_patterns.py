"""The chart in docs/access-patterns.md names every key and every method, and nothing that is not there."""

import importlib
import inspect
import re
from pkgutil import iter_modules

import pytest

from heartline import storage
from heartline.storage import keys
from tests.tables import ROOT

CHART = (ROOT / "docs" / "access-patterns.md").read_text()
NO_ENTITY = {
    "instant",
    "view",
    "timeline",
    "consents",
    "conversation_of",
    "message_at",
    "call_of",
    "is_agent",
    "agent_of_place",
    "pool_of",
}
"""Parts and spellings of keys, not keys of an entity."""

SAME_AS_ANOTHER = {
    "DynamoIntake.conversation",
    "DynamoAnswering.conversation",
    "DynamoOpenings.submitted",
    "DynamoCaps.conversation",
    "DynamoCalls.head",
    "DynamoCallReading.call",
    "DynamoCallReading.heads",
    "DynamoMerging.head",
    "DynamoMerging.pointer",
    "DynamoRouting.head",
    "DynamoRouting.pointer",
}
"""One head, call or pointer, read under the name that each port gives it."""


def adapters() -> dict[str, type]:
    """Every class of heartline.storage that is built over the table."""
    modules = [importlib.import_module(f"{storage.__name__}.{found.name}") for found in iter_modules(storage.__path__)]
    classes = [part for module in modules for part in vars(module).values() if inspect.isclass(part)]
    own = {part.__name__: part for part in classes if part.__module__.startswith(storage.__name__)}
    return {name: part for name, part in own.items() if "table" in inspect.signature(part).parameters}


ADAPTERS = adapters()


def methods(adapter: str) -> set[str]:
    members = inspect.getmembers(ADAPTERS[adapter], inspect.isfunction)
    return {f"{adapter}.{name}" for name, _ in members if not name.startswith("_")}


def test_every_key_has_its_row() -> None:
    spelled = {
        name for name, function in inspect.getmembers(keys, inspect.isfunction) if function.__module__ == keys.__name__
    }
    rows = set(re.findall(r"^\| [^|]+ \| `(\w+)` \|", CHART, re.MULTILINE))
    assert rows == {name for name in spelled if not name.startswith("_")} - NO_ENTITY


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_every_method_has_its_row(adapter: str) -> None:
    rows = set(re.findall(rf"`({adapter}\.\w+)` \|$", CHART, re.MULTILINE))
    assert rows == methods(adapter) - SAME_AS_ANOTHER


def test_the_chart_has_no_adapter_that_is_gone() -> None:
    assert set(re.findall(r"`(\w+)\.\w+` \|$", CHART, re.MULTILINE)) <= set(ADAPTERS)
