"""Large content in S3: attachments, recordings, long bodies and raw mail."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError

from heartline.domain.errors import NotFound, Unavailable
from heartline.domain.messages import Attachment

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LINK_SECONDS: Final = 300
"""How long a download link works."""

OFFER_SECONDS: Final = 7200
"""How long a provider's link works: the hour that Twilio may hold a message (`channels.twilio`), and one to fetch.

It cannot outlive the credentials that signed it, and a function's do not last for ever: longer would promise too much.
"""

_NOT_PLAIN: Final = re.compile(r"[^A-Za-z0-9._-]+")
_PLAIN_NAME: Final = 20
"""Characters of a file's name that Twilio passes on: https://www.twilio.com/docs/messaging/guides/accepted-mime-types"""

SHOWN_TYPES: Final = {"image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/wav", "audio/x-wav"}
"""What a browser may show in place; everything else, SVG and HTML above all, is a download."""


class S3Blobs:
    """Implements `services.ports.Blobs` and `services.recording_ports.Vault` over one bucket.

    `client` is asked for when content moves, not before.
    """

    def __init__(self, client: "Callable[[], S3Client]", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, content: bytes, content_type: str) -> None:
        with translated(key):
            self._client().put_object(Bucket=self._bucket, Key=key, Body=content, ContentType=content_type)

    def put_stream(self, key: str, content: BinaryIO, content_type: str) -> None:
        """Store what can be sought in and is read piece by piece: it need not fit in memory."""
        with translated(key):
            self._client().put_object(Bucket=self._bucket, Key=key, Body=content, ContentType=content_type)

    def delete(self, key: str) -> None:
        """In a bucket with versions it is hidden now, and gone when the bucket's rules forget old versions."""
        with translated(key):
            self._client().delete_object(Bucket=self._bucket, Key=key)

    def get(self, key: str) -> bytes:
        with translated(key):
            return self._client().get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def link_to(self, attachment: Attachment) -> str:
        """Make a short-lived link; the name is shown as ours, and only harmless types may open in the browser."""
        shown = attachment.content_type in SHOWN_TYPES
        disposition = "inline" if shown else "attachment"
        return self._client().generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": attachment.key,
                "ResponseContentDisposition": f"{disposition}; filename*=UTF-8''{quote(attachment.filename)}",
                "ResponseContentType": attachment.content_type if shown else "application/octet-stream",
            },
            ExpiresIn=LINK_SECONDS,
        )

    def offer(self, attachment: Attachment) -> str:
        """Make an address that a provider fetches a file from, which it then passes on under the file's name.

        Raises `Unavailable` where it cannot be signed now: nothing was sent then.
        """
        name = _plain_name(attachment.filename)
        with translated(attachment.key):
            return self._client().generate_presigned_url(
                "get_object",
                Params={
                    "Bucket": self._bucket,
                    "Key": attachment.key,
                    "ResponseContentDisposition": f'inline; filename="{name}"',
                    "ResponseContentType": attachment.content_type,
                },
                ExpiresIn=OFFER_SECONDS,
            )


def _plain_name(filename: str) -> str:
    """The name without what Twilio does not pass on, its ending kept: `dentoftheleftwi.png`."""
    stem, dot, ending = _NOT_PLAIN.sub("", filename).rpartition(".")
    return f"{stem[: _PLAIN_NAME - len(ending) - 1] or 'file'}{dot}{ending}" if dot else ending[:_PLAIN_NAME] or "file"


@contextmanager
def translated(key: str) -> Iterator[None]:
    """Turn the library's errors into ours; `key` is what was asked for."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in {"NoSuchKey", "404"}:
            raise NotFound(f"There is no object {key}.") from error
        raise Unavailable(f"S3 refused: {error.response['Error']['Code']}") from error
    except BotoCoreError as error:
        raise Unavailable(f"S3 did not answer: {type(error).__name__}") from error
