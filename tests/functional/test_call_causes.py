"""What wakes the dialer: calls that anybody else changed, and conversations that move under a call."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from heartline.domain.call_states import CallState
from heartline.domain.conversations import State
from heartline.storage.call_items import call_to_item
from heartline.storage.expressions import Item
from heartline.storage.items import conversation_to_item
from heartline.storage.queues import Queue
from heartline.storage.stream import causes_of
from tests.functional.test_publish import _record
from tests.unit.voice.test_call_due import HEAD, OFFERED
from tests.unit.voice.test_calls import call

CALL: Item = call_to_item(call())


def woken(before: Item | None, after: Item | None) -> tuple[tuple[str, str], ...]:
    return causes_of([_record("e1", before, after)]).calls


def test_a_call_that_somebody_changed_wakes_the_dialer_and_shows_its_conversation() -> None:
    causes = causes_of([_record("e1", None, CALL)])
    assert causes.calls == (("CA1", "c1"),)
    assert causes.conversations == ("c1",)


def test_what_the_dialer_wrote_itself_only_shows() -> None:
    causes = causes_of([_record("e1", CALL, {**CALL, "ver": 1, "mover": "dialer"})])
    assert causes.calls == ()
    assert causes.conversations == ("c1",)


def test_a_call_without_a_conversation_shows_nothing() -> None:
    causes = causes_of([_record("e1", None, call_to_item(call(conversation="")))])
    assert (causes.calls, causes.conversations) == ((("CA1", ""),), ())


def test_an_offer_wakes_the_dialer_and_a_text_that_joins_does_not() -> None:
    head = conversation_to_item(HEAD)
    assert woken(head, conversation_to_item(OFFERED)) == (("CA1", "c1"),)
    assert woken(head, conversation_to_item(replace(HEAD, preview="Hello"))) == ()


def test_a_conversation_that_is_closed_wakes_its_call_and_one_that_is_settled_does_not() -> None:
    held = conversation_to_item(replace(OFFERED, state=State.ASSIGNED))
    closed = conversation_to_item(replace(HEAD, state=State.CLOSED, call=""))
    settled = conversation_to_item(replace(OFFERED, state=State.ASSIGNED, call=""))
    assert woken(held, closed) == (("CA1", "c1"),)
    assert woken(held, settled) == ()


def test_a_call_that_goes_away_with_its_time_wakes_nobody() -> None:
    assert woken(CALL, None) == ()


class Client:
    """Keeps what SQS was asked."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        assert QueueUrl == "https://queue.example"
        self.entries += Entries
        return {}


def test_messages_of_one_call_come_in_order_and_those_of_another_beside_them() -> None:
    client: Any = Client()
    queue = Queue(client, "https://queue.example", group_by="call")
    queue.send([{"call": "CA1"}, {"call": "CA2"}], deduplication="e1")
    assert [entry["MessageGroupId"] for entry in client.entries] == ["CA1", "CA2"]
    assert len({entry["MessageDeduplicationId"] for entry in client.entries}) == 2


def test_a_message_that_failed_comes_back_when_it_is_asked_to_even_if_sqs_does_not_answer() -> None:
    asked: list[dict[str, Any]] = []

    class Sqs:
        def change_message_visibility(self, **fields: Any) -> None:
            asked.append(fields)
            raise EndpointConnectionError(endpoint_url="https://queue.example")

    client: Any = Sqs()
    Queue(client, "https://queue.example").sooner("r1", seconds=5)
    assert asked == [{"QueueUrl": "https://queue.example", "ReceiptHandle": "r1", "VisibilityTimeout": 5}]


@pytest.mark.parametrize("state", list(CallState))
def test_every_state_survives_the_stream(state: CallState) -> None:
    assert woken(None, call_to_item(call(state))) == (("CA1", "c1"),)
