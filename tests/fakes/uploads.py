"""The sibling of `storage.uploads.S3Uploads` in memory: what a browser would have put there is put by the test."""

from dataclasses import dataclass, field
from hashlib import sha256

from heartline.domain.uploads import Ticket, Upload
from heartline.services.ports import Blobs
from tests.fakes.aside import MemoryBlobs


@dataclass(slots=True)
class MemoryUploads:
    """Implements `services.outbound_ports.UploadStore`."""

    blobs: Blobs = field(default_factory=MemoryBlobs)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def ticket(self, upload: Upload) -> Ticket:
        return Ticket(url=f"https://media.example/{upload.key}", method="PUT", headers={"content-type": "text/plain"})

    def put(self, upload: Upload, content: bytes) -> None:
        """What the browser does with a ticket."""
        self.blobs.put(upload.key, content, upload.content_type)
        self.uploads[upload.key] = upload

    def find(self, agent: str, upload_id: str) -> Upload | None:
        return self.uploads.get(f"uploads/{agent}/{upload_id}")

    def keep(self, upload: Upload) -> tuple[str, str]:
        content = self.blobs.get(upload.key)
        digest = sha256(content).hexdigest()
        self.blobs.put(f"attachments/{digest}", content, "application/octet-stream")
        return digest, f"attachments/{digest}"
