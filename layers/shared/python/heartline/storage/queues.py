"""Causes on their way to the function that acts on them: SQS queues."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from heartline.domain.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_BATCH: Final = 10


class Queue:
    """One SQS queue. `group` is set for a FIFO queue: all messages of a group are received in order.

    `group_by` names the field of a message that is its group instead.
    """

    def __init__(self, client: "SQSClient", url: str, *, group: str = "", group_by: str = "") -> None:
        self._client = client
        self._url = url
        self._group = group
        self._group_by = group_by

    def send(self, messages: Sequence[Mapping[str, Any]], *, deduplication: str = "", delay_seconds: int = 0) -> None:
        """Send every message or raise `Unavailable`; `deduplication` names the cause on a FIFO queue."""
        entries = iter(enumerate(messages))
        while batch := list(islice(entries, _BATCH)):
            self._send_batch([self._entry(n, body, deduplication, delay_seconds) for n, body in batch])

    def sooner(self, receipt: str, *, seconds: int) -> None:
        """Let a received message come back after `seconds`, and not after the queue's visibility time-out.

        Where SQS does not answer, it comes back by the time-out.
        """
        with suppress(BotoCoreError, ClientError):
            self._client.change_message_visibility(QueueUrl=self._url, ReceiptHandle=receipt, VisibilityTimeout=seconds)

    def _entry(self, number: int, body: Mapping[str, Any], deduplication: str, delay_seconds: int) -> dict[str, Any]:
        entry: dict[str, Any] = {"Id": str(number), "MessageBody": json.dumps(body)}
        if group := str(body[self._group_by]) if self._group_by else self._group:
            entry |= {"MessageGroupId": group, "MessageDeduplicationId": f"{deduplication}-{number}"}
        if delay_seconds:
            entry |= {"DelaySeconds": delay_seconds}
        return entry

    def _send_batch(self, entries: Any) -> None:
        try:
            failed = self._client.send_message_batch(QueueUrl=self._url, Entries=entries).get("Failed", [])
        except (BotoCoreError, ClientError) as error:
            raise Unavailable(f"SQS did not take the messages: {type(error).__name__}") from error
        if failed:
            raise Unavailable(f"SQS refused {len(failed)} messages: {failed[0].get('Code')}")
