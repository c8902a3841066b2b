"""Large content in S3: attachments, recordings, long bodies and raw mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError

from heartline.domain.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LINK_SECONDS = 300
"""How long a download link works."""


class S3Blobs:
    """Implements `services.ports.Blobs` over one bucket."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, content: bytes, content_type: str) -> None:
        with _translated(key):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=content, ContentType=content_type)

    def get(self, key: str) -> bytes:
        with _translated(key):
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def link(self, key: str, *, filename: str, content_type: str, inline: bool = False) -> str:
        """Make a short-lived download link; the name and type are ours, not what the stranger claimed."""
        disposition = "inline" if inline else "attachment"
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "ResponseContentDisposition": f"{disposition}; filename*=UTF-8''{quote(filename)}",
                "ResponseContentType": content_type,
            },
            ExpiresIn=LINK_SECONDS,
        )


@contextmanager
def _translated(key: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in {"NoSuchKey", "404"}:
            raise NotFound(f"There is no object {key}.") from error
        raise Unavailable(f"S3 refused: {error.response['Error']['Code']}") from error
    except BotoCoreError as error:
        raise Unavailable(f"S3 did not answer: {type(error).__name__}") from error
