"""Uploads in the bucket, against moto: announced, put by a browser, found by their agent, and kept by a mail."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import botocore.session
import pytest
from botocore.config import Config
from moto import mock_aws

from heartline.domain.errors import Invalid
from heartline.domain.uploads import Upload, announced
from heartline.storage.blobs import S3Blobs
from heartline.storage.uploads import S3Uploads

BUCKET = "media"


@pytest.fixture
def s3() -> Iterator[Any]:
    with mock_aws():
        client: Any = botocore.session.get_session().create_client(
            "s3",
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(signature_version="s3v4"),
        )
        client.create_bucket(Bucket=BUCKET)
        yield client


@pytest.fixture
def uploads(s3: Any) -> S3Uploads:
    return S3Uploads(lambda: s3, BUCKET, S3Blobs(lambda: s3, BUCKET))


def put(s3: Any, upload: Upload, content: bytes) -> None:
    """What the browser does with a ticket."""
    s3.put_object(
        Bucket=BUCKET,
        Key=upload.key,
        Body=content,
        ContentType=upload.content_type,
        Metadata={"filename": "Gr%C3%B6%C3%9Fe.pdf"},
    )


@pytest.fixture
def upload() -> Upload:
    return announced("u1", "ana", filename="Größe.pdf", content_type="application/pdf", size=4)


def test_a_ticket_signs_the_size_the_type_and_the_name(uploads: S3Uploads, upload: Upload) -> None:
    ticket = uploads.ticket(upload)
    address = urlsplit(ticket.url)
    signed = parse_qs(address.query)["X-Amz-SignedHeaders"][0].split(";")
    assert (ticket.method, address.path.endswith("/uploads/ana/u1")) == ("PUT", True)
    assert ticket.headers == {"content-type": "application/pdf", "x-amz-meta-filename": "Gr%C3%B6%C3%9Fe.pdf"}
    assert {"content-length", "content-type", "x-amz-meta-filename"} <= set(signed)


def test_what_was_uploaded_is_found_by_its_agent_alone(s3: Any, uploads: S3Uploads, upload: Upload) -> None:
    assert uploads.find("ana", "u1") is None
    put(s3, upload, b"%PDF")
    assert uploads.find("ana", "u1") == upload
    assert uploads.find("ben", "u1") is None


def test_a_mail_keeps_a_copy_under_its_content(s3: Any, uploads: S3Uploads, upload: Upload) -> None:
    put(s3, upload, b"%PDF")
    digest, key = uploads.keep(upload)
    assert key == f"attachments/{digest}"
    assert s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"%PDF"


def test_a_file_that_changed_after_it_was_looked_at_is_refused(s3: Any, uploads: S3Uploads, upload: Upload) -> None:
    put(s3, upload, b"%PDF and more")
    with pytest.raises(Invalid, match="changed while it was sent"):
        uploads.keep(upload)
