"""Finds a DynamoDB for a replay, and makes a table on it that is gone afterwards, however the replay ends."""

import os
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from heartline.domain.errors import Unavailable
from infra.local.errors import LocalError
from infra.local.home import Home

if TYPE_CHECKING:
    from heartline.storage.dynamodb import Table

VARIABLES: Final = ("AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL")
"""Where the AWS tools look for an endpoint, the first that is set."""

_KEYS: Final = (("PK", "HASH"), ("SK", "RANGE"))


@contextmanager
def dynamodb(asked: str | None, home: Home, environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """The endpoint that was asked for, else the environment's, the running stack's, or one that runs meanwhile.

    Only the one that was asked for may be on another machine.
    """
    known = asked or _of_environment(environment) or _of_stack(home)
    if known is not None:
        yield known
        return
    from infra.local import emulator

    with _ended_in_order(), TemporaryDirectory(prefix="heartline-replay-") as folder:
        own = Home(folder=Path(folder), aws_port=_free_port())
        with _told_before_it_is_gone(own), emulator.running(own, iam=False):
            yield own.aws_url


@contextmanager
def _told_before_it_is_gone(home: Home) -> Iterator[None]:
    """An error that points to the log of an emulator, which is deleted with its folder, says what stands there."""
    log = home.logs("ministack")
    try:
        yield
    except LocalError as error:
        if str(log) not in str(error):
            raise
        words = log.read_text(errors="replace").split("\n") if log.exists() else []
        last = next((line.strip() for line in reversed(words) if line.strip()), "it says nothing")
        raise LocalError(f"no emulator could be started ({last}): name a DynamoDB with --endpoint") from error


@contextmanager
def fresh_table(endpoint: str) -> Iterator["Table"]:
    """A table of its own, without the index, which routing does not read; deleted at the end, of whatever kind."""
    from botocore.exceptions import ClientError

    from heartline.storage.dynamodb import Table

    client, name = _client(endpoint), f"heartline-replay-{token_hex(6)}"
    made = False
    with _ended_in_order():
        try:
            _create(client, name, endpoint)
            made = True
            yield Table(client, name)
        except (Unavailable, ClientError) as error:
            raise LocalError(f"the DynamoDB at {endpoint} has failed: {_on_one_line(error)}") from error
        finally:
            left = _delete(client, name)
            if made and left:
                print(f"heartline: the table {name} at {endpoint} is still there: {left}", file=sys.stderr)


def is_here(endpoint: str) -> bool:
    """Whether an endpoint is on this machine."""
    host = urlsplit(endpoint).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _of_environment(environment: Mapping[str, str]) -> str | None:
    name = next((name for name in VARIABLES if environment.get(name)), None)
    if name is None:
        return None
    if not is_here(environment[name]):
        raise LocalError(f"{name} is {environment[name]}, which is not this machine: name it with --endpoint if meant")
    return environment[name]


def _of_stack(home: Home) -> str | None:
    from infra.local import announcement
    from infra.local.lock import holder

    if holder(home.folder) is None:
        return None
    endpoint: str = announcement.read(home)["aws_endpoint"]
    return endpoint


def _client(endpoint: str) -> Any:
    """Elsewhere with one's own credentials; here with those of the emulator, whatever the environment says."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError

    from infra.local import aws

    session = aws.session() if is_here(endpoint) else boto3.Session()
    region = session.region_name or aws.REGION  # it only goes into the signature
    patience = Config(connect_timeout=5, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 3})
    try:
        return session.client("dynamodb", region_name=region, endpoint_url=endpoint, config=patience)
    except (BotoCoreError, ValueError) as error:
        raise LocalError(f"{endpoint} cannot be used: {_on_one_line(error)}") from error


def _create(client: Any, name: str, endpoint: str) -> None:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        client.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key, _ in _KEYS],
            KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in _KEYS],
        )
        client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    except (BotoCoreError, ClientError) as error:
        raise LocalError(f"no table could be made at {endpoint}: {_on_one_line(error)}") from error


def _delete(client: Any, name: str) -> str:
    """Why the table is still there, which somebody may have to pay for; nothing once it is gone."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        client.delete_table(TableName=name)
    except client.exceptions.ResourceNotFoundException:
        return ""
    except (BotoCoreError, ClientError) as error:
        return _on_one_line(error)
    return ""


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a request to end the process end it as Ctrl-C does, through everything that is to be put away."""

    def end(number: int, _: FrameType | None) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _on_one_line(error: Exception) -> str:
    return " ".join(str(error).split())
