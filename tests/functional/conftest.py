"""Fixtures of the tests of calls."""

from collections.abc import Iterator

import pytest

from tests import handlers
from tests.invariants import violations
from tests.telephone import Exchange


@pytest.fixture
def exchange(monkeypatch: pytest.MonkeyPatch) -> Iterator[Exchange]:
    """A company with telephones; whatever a caller does, the invariants hold afterwards."""
    office = Exchange(monkeypatch)
    yield office
    handlers.forget()
    assert violations(office.table.everything()) == []
