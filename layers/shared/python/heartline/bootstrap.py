"""The only place that picks adapters. Importing it is free; each factory builds its part once per process.

A function pays only for what it asks for: every import of an adapter stands inside the factory that needs it.
"""

import functools
import json
import os
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from heartline.settings import Settings

if TYPE_CHECKING:
    from heartline.api.services import ApiServices
    from heartline.channels.sms.receive import ReceiveText
    from heartline.services.ingest import Ingest
    from heartline.services.live import Hint, Live
    from heartline.services.ports import Sender
    from heartline.services.publish import Publish
    from heartline.services.send import Send
    from heartline.storage.blobs import S3Blobs
    from heartline.storage.bodies import Bodies
    from heartline.storage.configuration import StoredConfiguration
    from heartline.storage.dynamodb import Table
    from heartline.storage.intake import DynamoIntake
    from heartline.storage.queues import Queue

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


@functools.cache
def client(service: str, endpoint: str | None = None) -> Any:
    """Build a botocore client; a call that hangs is given up while the function still has time to answer."""
    import botocore.session
    from botocore.config import Config

    config = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "max_attempts": 3})
    region = os.environ.get("AWS_REGION", "us-east-1")
    return botocore.session.get_session().create_client(
        service, region_name=region, endpoint_url=endpoint, config=config
    )


def secret_reader(arn: str) -> Callable[[], str]:
    """Make a function that reads a secret's text."""
    return lambda: str(client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])


@functools.cache
def table() -> "Table":
    from heartline.storage.dynamodb import Table

    return Table(client("dynamodb"), settings().table)


@functools.cache
def configuration() -> "StoredConfiguration":
    from heartline.storage.configuration import StoredConfiguration

    return StoredConfiguration(table(), time.monotonic)


@functools.cache
def blobs() -> "S3Blobs":
    from heartline.storage.blobs import S3Blobs

    return S3Blobs(client("s3"), settings().media_bucket)


@functools.cache
def bodies() -> "Bodies":
    from heartline.storage.bodies import Bodies

    return Bodies(blobs())


def queue(url: str, *, group: str = "") -> "Queue":
    from heartline.storage.queues import Queue

    return Queue(client("sqs"), url, group=group)


@functools.cache
def intake_store() -> "DynamoIntake":
    from heartline.storage.intake import DynamoIntake

    return DynamoIntake(table(), bodies())


@functools.cache
def ingest() -> "Ingest":
    from heartline.services.ingest import Ingest

    return Ingest(store=intake_store(), new_id=new_id)


@functools.cache
def text_intake() -> "ReceiveText":
    from heartline.channels.sms.receive import ReceiveText

    return ReceiveText(configuration=configuration(), ingest=ingest(), store=intake_store())


@functools.cache
def publisher() -> "Publish":
    from heartline.services.publish import Publish
    from heartline.storage.changelog import ChangeLog

    return Publish(
        log=ChangeLog(table()),
        routing=queue(settings().routing_queue_url, group="main"),
        outbox=queue(settings().outbox_queue_url),
        media=queue(settings().media_queue_url),
        clock=now,
    )


@functools.cache
def live() -> "Live":
    from heartline.services.live import Live
    from heartline.storage.sockets import Sockets

    return Live(sockets=Sockets(table()), clock=now)


@functools.cache
def hints() -> "Hint":
    from heartline.services.live import Hint
    from heartline.storage.connections import post_to
    from heartline.storage.sockets import Sockets

    management = client("apigatewaymanagementapi", settings().websocket_endpoint)
    return Hint(sockets=Sockets(table()), post=post_to(management))


@functools.cache
def send() -> "Send":
    from heartline.domain.messages import Channel
    from heartline.services.send import Send
    from heartline.storage.outbox import DynamoOutbox

    senders: dict[Channel, Sender] = {Channel.SMS: text_sender(), Channel.EMAIL: mail_sender()}
    return Send(store=DynamoOutbox(table()), senders=senders, clock=now, attempt=new_id)


@functools.cache
def twilio_account() -> "CurrentAccount":
    from heartline.channels.twilio.account import CurrentAccount

    return CurrentAccount(secret_reader(settings().twilio_secret_arn), time.monotonic)
