"""The raw mails themselves as the ledger's source: what SES stored is what we received."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from heartline.domain.ledger import Received
from heartline.domain.messages import Channel
from heartline.storage.blobs import translated

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class RawMails:
    """Implements `services.ledger.ProviderLog` over the mail bucket.

    S3 lists by key and SES's keys are random, so that every listing reads the whole prefix: one request for each
    thousand mails ever kept.
    """

    def __init__(self, client: "Callable[[], S3Client]", bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    def received(self, start: datetime, end: datetime) -> Iterator[Received]:
        with translated(self._prefix):
            pages = self._client().get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
            for page in pages:
                for found in page.get("Contents", []):
                    at = found["LastModified"].astimezone(UTC)
                    if start <= at < end:
                        yield Received(channel=Channel.EMAIL, id=found["Key"], at=at)
