"""Fixtures of the tests of calls and of mail."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import handlers
from tests.invariants import violations
from tests.mailroom import MailRoom, letter

if TYPE_CHECKING:
    from tests.telephone import Exchange


@pytest.fixture
def exchange(monkeypatch: pytest.MonkeyPatch) -> "Iterator[Exchange]":
    """A company with telephones; whatever a caller does, the invariants hold afterwards."""
    from tests.telephone import Exchange  # the provider's simulator: only tests of calls pay for it

    office = Exchange(monkeypatch)
    yield office
    handlers.forget()
    assert violations(office.table.everything()) == []


@pytest.fixture
def room() -> MailRoom:
    return MailRoom()


@pytest.fixture
def answered(room: MailRoom) -> str:
    """A conversation with a question and an answer that was sent."""
    conversation = room.take(letter("m1"))
    room.answer(conversation)
    room.pass_by(minutes=1)
    return conversation
