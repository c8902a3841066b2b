"""Uploads in the media bucket: a browser puts them there by itself, and a mail that takes one keeps a copy."""

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from botocore.exceptions import BotoCoreError, ClientError

from heartline.domain.errors import Invalid, Unavailable
from heartline.domain.uploads import TICKET_SECONDS, Ticket, Upload
from heartline.services.ports import Blobs

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class S3Uploads:
    """Implements `services.outbound_ports.UploadStore` over one bucket.

    Size, type and name are signed with the address, so that S3 itself refuses anything else.
    """

    def __init__(self, client: "Callable[[], S3Client]", bucket: str, blobs: Blobs) -> None:
        self._client = client
        self._bucket = bucket
        self._blobs = blobs

    def ticket(self, upload: Upload) -> Ticket:
        name = quote(upload.filename)
        url = self._client().generate_presigned_url(
            "put_object",
            Params={
                "Bucket": self._bucket,
                "Key": upload.key,
                "ContentType": upload.content_type,
                "ContentLength": upload.size,
                "Metadata": {"filename": name},
            },
            ExpiresIn=TICKET_SECONDS,
        )
        headers = {"content-type": upload.content_type, "x-amz-meta-filename": name}
        return Ticket(url=url, method="PUT", headers=headers)

    def find(self, agent: str, upload_id: str) -> Upload | None:
        place = Upload(id=upload_id, agent=agent, filename="", content_type="", size=0).key
        try:
            there = self._client().head_object(Bucket=self._bucket, Key=place)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] in (403, 404):
                return None
            raise Unavailable(f"S3 refused: {error.response['Error']['Code']}") from error
        except BotoCoreError as error:
            raise Unavailable(f"S3 did not answer: {type(error).__name__}") from error
        return Upload(
            id=upload_id,
            agent=agent,
            filename=unquote(there["Metadata"].get("filename", "")),
            content_type=there["ContentType"],
            size=there["ContentLength"],
        )

    def keep(self, upload: Upload) -> tuple[str, str]:
        content = self._blobs.get(upload.key)
        if len(content) != upload.size:
            raise Invalid(f"The file “{upload.filename}” changed while it was sent. Upload it again.")
        digest = sha256(content).hexdigest()
        key = f"attachments/{digest}"
        self._blobs.put(key, content, "application/octet-stream")
        return digest, key
