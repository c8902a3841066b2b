"""What every process of ours has: its settings, its clock, its source of ids, and clients of AWS."""

import functools
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from heartline.settings import Settings

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: an id survives a mail system that lowers its addresses."""


def now() -> datetime:
    """The time in UTC, in whole milliseconds: what the table's keys can hold."""
    at = datetime.now(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def new_id() -> str:
    """Draw an id of 16 characters: nine of time in milliseconds, seven of chance (35 bits)."""
    number = (int(now().timestamp() * 1000) << 35) | secrets.randbits(35)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(75, -5, -5))


@functools.cache
def settings() -> Settings:
    return Settings.from_environment()


def region() -> str:
    return os.environ.get("AWS_REGION", "us-east-1")


@functools.cache
def client(service: str, endpoint: str | None = None, *, tries: int = 3) -> Any:
    """Build a botocore client; a call that hangs is given up while the function still has time to answer.

    `tries` is 1 where a hidden repetition would do harm.
    """
    import botocore.session
    from botocore.config import Config

    config = Config(
        connect_timeout=2,
        read_timeout=5,
        retries={"mode": "standard", "total_max_attempts": tries},
        signature_version="s3v4" if service == "s3" else None,  # links that name their own headers need it
    )
    return botocore.session.get_session().create_client(
        service, region_name=region(), endpoint_url=endpoint, config=config
    )


def secret_reader(arn: str) -> Callable[[], str]:
    """Make a function that reads a secret's text."""
    return lambda: str(client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])
