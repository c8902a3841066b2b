"""Tables for tests: the production template's table on any DynamoDB endpoint, and a MiniStack to make it on."""

import functools
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import botocore.session
import yaml
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

ROOT: Final = Path(__file__).resolve().parent.parent
START_SECONDS: Final = 30
_KEYS_OF_CREATION: Final = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")


class Template(yaml.SafeLoader):
    """Reads CloudFormation's YAML; an intrinsic function becomes the text of its argument."""


Template.add_multi_constructor("!", lambda _loader, _suffix, node: str(node.value))


def table_properties() -> dict[str, Any]:
    """What the production template says about the table's keys and index."""
    template = yaml.load((ROOT / "infra" / "data.yaml").read_text(), Template)  # noqa: S506 - a SafeLoader
    properties: dict[str, Any] = template["Resources"]["Table"]["Properties"]
    return {name: properties[name] for name in _KEYS_OF_CREATION}


@functools.cache
def _session() -> botocore.session.Session:
    """One session: it reads the service models once."""
    return botocore.session.Session()


def dynamodb_client(endpoint: str | None = None) -> "DynamoDBClient":
    """A client with test credentials; without an endpoint it speaks to moto, if that is switched on."""
    return cast("DynamoDBClient", _client("dynamodb", endpoint))


def s3_client() -> "S3Client":
    return cast("S3Client", _client("s3", None))


def _client(service: str, endpoint: str | None) -> Any:
    """It repeats nothing by itself: what is broken in a test stays broken."""
    return _session().create_client(
        service,
        region_name="us-east-1",
        endpoint_url=endpoint,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"mode": "standard", "total_max_attempts": 1}),
    )


def new_table(client: "DynamoDBClient") -> str:
    """Create the production table under a name of its own and answer the name."""
    name = f"heartline-{uuid.uuid4().hex[:12]}"
    client.create_table(TableName=name, **table_properties())
    return name


@contextmanager
def ministack(folder: Path) -> Iterator[str]:
    """Run a MiniStack on a free loopback port; answers its endpoint. Its log is in `folder`."""
    port = _free_port()
    settings = {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1", "IOT_MTLS_ENABLED": "0", "TMPDIR": str(folder)}
    with (folder / "ministack.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ministack"], env=os.environ | settings, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _await_port(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=START_SECONDS)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _await_port(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"MiniStack did not start on port {port}: see its log")
