"""Breaks the n-th AWS call of what is under test: the process dies, the answer is lost, the service throttles."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ReadTimeoutError

from heartline.domain.errors import Unavailable
from tests.fakes import Failing, MemoryTable


class Killed(BaseException):
    """The process ends here: nothing behind it runs, and no `except Exception` sees it."""


class Fault(StrEnum):
    """What happens to the call."""

    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"
    ANSWER_LOST = "answer lost"
    THROTTLED = "throttled"
    SENT_TWICE = "sent twice"


@dataclass(slots=True)
class BrokenCalls:
    """Counts the calls of botocore clients and breaks the `at`-th of them, once."""

    fault: Fault
    at: int = 0
    seen: int = 0
    struck: bool = False

    def watch(self, client: Any) -> None:
        """Take part in every call of the client, before moto does."""
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register_first(f"before-send.{service}", self._before)
        client.meta.events.register_last(f"after-call.{service}", self._after)
        client.meta.events.register_first(f"needs-retry.{service}", self._again)

    def arm(self, at: int) -> None:
        self.at, self.seen, self.struck = at, 0, False

    def disarm(self) -> None:
        self.at = 0

    def _before(self, **_: Any) -> AWSResponse | None:
        self.seen += 1
        if self._due(Fault.KILLED_BEFORE):
            raise Killed
        return _throttling() if self._due(Fault.THROTTLED) else None

    def _after(self, **_: Any) -> None:
        if self._due(Fault.KILLED_AFTER):
            raise Killed
        if self._due(Fault.ANSWER_LOST):
            raise ReadTimeoutError(endpoint_url="https://dynamodb.example")

    def _again(self, **_: Any) -> int | None:
        """The SDK repeats a request whose answer it did not get; nobody above it hears of that."""
        return 0 if self._due(Fault.SENT_TWICE) else None

    def _due(self, fault: Fault) -> bool:
        due = fault is self.fault and self.seen == self.at and not self.struck
        self.struck = self.struck or due
        return due


@dataclass(slots=True)
class BrokenTable:
    """The same for a table in memory."""

    fault: Fault
    table: MemoryTable
    hook: Failing | None = None

    def arm(self, at: int) -> None:
        error, moment = _IN_MEMORY[self.fault]
        self.hook = self.table.hook = Failing(error(), at=at, moment=moment)

    def disarm(self) -> None:
        self.table.hook = lambda _moment, _operation: None

    @property
    def struck(self) -> bool:
        """The hook counts one more when it has failed."""
        return self.hook is not None and self.hook.seen > self.hook.at


_IN_MEMORY: dict[Fault, tuple[Callable[[], BaseException], str]] = {
    Fault.KILLED_BEFORE: (Killed, "before"),
    Fault.KILLED_AFTER: (Killed, "after"),
    Fault.ANSWER_LOST: (lambda: Unavailable("the answer was lost"), "after"),
    Fault.THROTTLED: (lambda: Unavailable("throttled"), "before"),
}


def _throttling() -> AWSResponse:
    """What DynamoDB answers to who asks for too much."""
    body = (
        b'{"__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException", "message": "Slow down"}'
    )
    return AWSResponse(
        "https://dynamodb.example", 400, HTTPHeaders.from_dict({"x-amzn-RequestId": "throttled"}), _Raw(body)
    )


class _Raw:
    """The little of an HTTP body that botocore reads."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> "list[bytes]":
        return [self._body]
