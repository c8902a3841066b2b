"""Fixtures that more than one kind of test needs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from moto import mock_aws

from heartline.storage.dynamodb import Table
from tests.fakes import MemoryTable
from tests.invariants import violations
from tests.office import Office
from tests.tables import dynamodb_client, ministack, new_table


@pytest.fixture
def memory_table() -> MemoryTable:
    return MemoryTable()


@pytest.fixture
def moto_table() -> Iterator[Table]:
    """The real wrapper over moto's DynamoDB."""
    with mock_aws():
        client = dynamodb_client()
        yield Table(client, new_table(client), sleep=lambda _seconds: None)


@pytest.fixture(scope="session")
def ministack_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("ministack")
    with ministack(folder) as endpoint:
        yield endpoint


@pytest.fixture
def ministack_table(ministack_endpoint: str) -> Table:
    """The real wrapper over MiniStack's DynamoDB; a table of its own for each test."""
    client = dynamodb_client(ministack_endpoint)
    return Table(client, new_table(client))


@pytest.fixture
def office(memory_table: MemoryTable) -> Iterator[Office]:
    """A company at work over a table in memory; whatever a test does, the invariants hold afterwards."""
    yield Office(table=memory_table)
    assert violations(memory_table.everything()) == []
