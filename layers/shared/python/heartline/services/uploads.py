"""Files on their way into a message: announced by an agent, uploaded by the browser, taken when it is submitted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from heartline.domain.enclosures import check_enclosures
from heartline.domain.errors import Invalid
from heartline.domain.messages import Attachment, Channel, Message
from heartline.domain.uploads import Ticket, Upload, announced, check_total, content_id_of, shown_in
from heartline.services.outbound_ports import UploadStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    """`secret` draws an unguessable word: an upload is found by its agent and its id, and by nobody else."""

    store: UploadStore
    secret: Callable[[], str]

    def announce(self, agent: str, *, filename: str, content_type: str, size: int) -> tuple[Upload, Ticket]:
        """Give the right to upload one file; raises `Invalid` if no message can carry it."""
        upload = announced(self.secret(), agent, filename=filename, content_type=content_type, size=size)
        return upload, self.store.ticket(upload)

    def enclosed(self, agent: str, ids: Sequence[str], channel: Channel) -> tuple[Attachment, ...]:
        """The files of a text or a WhatsApp message, kept from now on.

        Raises `Invalid` if one is not there, or the channel cannot carry them; nothing is kept then.
        """
        if not ids:
            return ()
        files = [self._uploaded(agent, name) for name in dict.fromkeys(ids)]
        check_enclosures(channel, files)
        return tuple(self._kept(file, frozenset()) for file in files)

    def taken(self, agent: str, ids: Sequence[str], *, text: str, original: Message | None) -> tuple[Attachment, ...]:
        """The files of a mail: uploads, kept from now on, and files of the message that is passed on.

        Raises `Invalid` if one is not there, or all are too large together; nothing is kept then.
        """
        passed_on = {file.sha256: file for file in original.attachments} if original else {}
        files = [passed_on.get(name) or self._uploaded(agent, name) for name in dict.fromkeys(ids)]
        shown = shown_in(text)
        check_total(files)
        return tuple(self._kept(file, shown) if isinstance(file, Upload) else file for file in files)

    def _uploaded(self, agent: str, name: str) -> Upload:
        upload = self.store.find(agent, name)
        if upload is None:
            raise Invalid(f"The file {name} was not uploaded, or too long ago. Upload it again.")
        return upload

    def _kept(self, upload: Upload, shown: frozenset[str]) -> Attachment:
        digest, key = self.store.keep(upload)
        inline = upload.id in shown and upload.content_type.startswith("image/")
        return Attachment(
            filename=upload.filename,
            content_type=upload.content_type,
            size=upload.size,
            sha256=digest,
            key=key,
            content_id=content_id_of(upload.id) if inline else "",
            inline=inline,
        )
