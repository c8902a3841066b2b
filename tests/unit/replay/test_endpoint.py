"""A replay takes a DynamoDB on this machine unless told otherwise, and leaves nothing behind on it."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws

from heartline.domain.errors import Unavailable
from infra.local import emulator
from infra.local.errors import LocalError
from infra.local.home import Home
from infra.local.replay import endpoint
from infra.local.replay.endpoint import dynamodb, fresh_table, is_here
from tests.tables import dynamodb_client

HERE, ELSEWHERE = "http://127.0.0.1:4566", "https://dynamodb.eu-west-1.amazonaws.com"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The client that a table is made with."""
    with mock_aws():
        made = dynamodb_client()
        monkeypatch.setattr(endpoint, "_client", lambda _: made)
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(folder=tmp_path)


@pytest.mark.parametrize("url", [HERE, "http://localhost:8000", "http://[::1]:8000/", "http://127.8.0.1"])
def test_an_address_of_this_machine_is_known(url: str) -> None:
    assert is_here(url)


@pytest.mark.parametrize("url", [ELSEWHERE, "http://10.0.0.1:8000", "http://localhost.example:1", "nonsense", ""])
def test_any_other_address_is_elsewhere(url: str) -> None:
    assert not is_here(url)


@pytest.mark.parametrize(
    "environment",
    [{"AWS_ENDPOINT_URL": HERE}, {"AWS_ENDPOINT_URL_DYNAMODB": HERE, "AWS_ENDPOINT_URL": ELSEWHERE}],
)
def test_the_environment_names_a_dynamodb_on_this_machine(environment: dict[str, str], home: Home) -> None:
    with dynamodb(None, home, environment) as chosen:
        assert chosen == HERE


@pytest.mark.parametrize("ends", ["by itself", "told to"])
def test_without_any_an_emulator_runs_meanwhile(home: Home, monkeypatch: pytest.MonkeyPatch, ends: str) -> None:
    told: list[str] = []

    @contextmanager
    def running(own: Home, *, iam: bool) -> Iterator[None]:
        told.append(f"starts in {own.folder.exists()} at {own.aws_url}, {iam}")
        try:
            yield
        finally:
            told.append("ends")

    monkeypatch.setattr(emulator, "running", running)
    with suppress(SystemExit), dynamodb(None, home, {}) as chosen:
        if ends == "told to":
            os.kill(os.getpid(), signal.SIGTERM)

    assert told == [f"starts in True at {chosen}, False", "ends"]
    assert is_here(chosen)


def test_an_emulator_that_does_not_start_says_why(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def running(own: Home, *, iam: bool) -> None:
        own.logs("ministack").write_text(f"No module named ministack ({iam})\n\n")
        raise LocalError(f"the AWS emulator did not start: see {own.logs('ministack')}")

    monkeypatch.setattr(emulator, "running", running)

    with pytest.raises(LocalError, match=r"\(No module named ministack \(False\)\): name a DynamoDB with --endpoint"):
        dynamodb(None, home, {}).__enter__()


def test_one_elsewhere_is_taken_only_if_it_was_asked_for(home: Home) -> None:
    environment = {"AWS_ENDPOINT_URL": ELSEWHERE}

    with pytest.raises(LocalError, match="--endpoint"), dynamodb(None, home, environment):
        pass
    with dynamodb(ELSEWHERE, home, environment) as chosen:
        assert chosen == ELSEWHERE


def test_the_table_is_there_for_the_replay_and_gone_afterwards(client: Any) -> None:
    with fresh_table(HERE) as table:
        assert len(client.list_tables()["TableNames"]) == 1
        assert table.get({"PK": "x", "SK": "y"}) is None

    assert client.list_tables()["TableNames"] == []


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("no")])
def test_the_table_is_gone_however_the_replay_ends(client: Any, error: BaseException) -> None:
    with pytest.raises(type(error)), fresh_table(HERE):
        raise error

    assert client.list_tables()["TableNames"] == []


def test_who_is_told_to_end_puts_the_table_away(client: Any) -> None:
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(SystemExit) as ended, fresh_table(HERE):
        os.kill(os.getpid(), signal.SIGTERM)

    assert ended.value.code == 128 + signal.SIGTERM
    assert client.list_tables()["TableNames"] == []
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_dynamodb_that_does_not_answer_is_said_in_one_line(client: Any) -> None:
    with pytest.raises(LocalError, match="has failed: gone"), fresh_table(HERE):
        raise Unavailable("gone")

    assert client.list_tables()["TableNames"] == []


def test_a_table_that_stays_behind_is_named(
    client: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with fresh_table(HERE):
        (name,) = client.list_tables()["TableNames"]
        monkeypatch.setattr(endpoint, "_delete", lambda *_: "not allowed")

    assert capsys.readouterr().err == f"heartline: the table {name} at {HERE} is still there: not allowed\n"


def test_nobody_at_the_address_is_an_error_that_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    with (
        pytest.raises(LocalError, match=r"no table could be made at http://127\.0\.0\.1:9:"),
        fresh_table("http://127.0.0.1:9"),
    ):
        pass

    assert capsys.readouterr().err == ""
