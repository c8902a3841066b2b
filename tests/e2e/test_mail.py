"""A mail with an attachment: customer → agent → answer → the customer's answer joins the thread; on the stack."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from infra.local import aws
from infra.local.description import LocalStack
from infra.local.simulators.mail.drop import drop_mail
from tests.e2e.people import Agent, eventually

pytestmark = pytest.mark.stack


@pytest.fixture
def writer() -> str:
    """A customer's mail address that never wrote before."""
    return f"customer{int(time.time() * 1000)}@customer.example"


def send(home: Path, *options: str) -> dict[str, Any]:
    """`heartline send email`, as a person at the command line would."""
    command = [sys.executable, "-m", "infra.local.cli", "send", "email", "--json", *options]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=home.parent)
    assert answer.returncode == 0, answer.stderr
    return dict(json.loads(answer.stdout))


def mailbox(stack: LocalStack, address: str) -> list[dict[str, Any]]:
    answer = requests.get(f"{stack.inbox_url}mailbox/messages.json", timeout=30).json()
    messages = answer["messages"] if isinstance(answer, dict) else answer
    return [message for message in messages if address in message["to"]]


def drop(stack: LocalStack, raw: bytes) -> None:
    drop_mail(
        aws.client("s3", stack.aws_endpoint),
        stack.mail_bucket,
        stack.mail_prefix,
        raw,
        recipients=[stack.inbound_address],
    )


def test_a_mail_with_a_file_is_answered_and_the_answer_to_that_joins_the_thread(
    on_duty: dict[str, Agent], stack: LocalStack, home: Path, writer: str, tmp_path: Path
) -> None:
    emma = on_duty["emma"]
    emma.choose("ONLINE")
    bill = tmp_path / "bill.pdf"
    bill.write_bytes(b"%PDF-1.4 not a real one")
    send(home, "--from", writer, "--subject", "Invoice 17", "--body", "The total looks wrong.", "--attach", str(bill))
    head = eventually(lambda: emma.conversation_with(writer), "the mail is Emma's")
    assert (head["subject"], head["channels"]) == ("Invoice 17", ["email"])
    [first] = emma.timeline(head["id"])
    assert [(a["filename"], a["size"]) for a in first["attachments"]] == [("bill.pdf", bill.stat().st_size)]
    assert requests.get(first["attachments"][0]["url"], timeout=30).content == bill.read_bytes()

    assert emma.reply(head["id"], "email", "You are right. Here is the new total: 12.50.").status_code == 202
    [answer] = eventually(lambda: mailbox(stack, writer), "the answer is in the customer's mailbox")
    assert answer["subject"] == "Re: Invoice 17"
    assert "12.50" in answer["text"]

    send(
        home,
        "--from",
        writer,
        "--subject",
        "Re: Invoice 17",
        "--body",
        "Thank you!",
        "--in-reply-to",
        answer["message_id"],
    )
    timeline = eventually(
        lambda: found if len(found := emma.timeline(head["id"])) == 3 else None, "the answer joined the thread"
    )
    assert [message["direction"] for message in timeline] == ["inbound", "outbound", "inbound"]
    assert "joined because" in timeline[2]["explanation"]


def test_a_mail_that_names_no_earlier_one_opens_a_conversation_of_its_own(
    on_duty: dict[str, Agent], home: Path, writer: str
) -> None:
    frank = on_duty["frank"]
    for subject in ("First matter", "Second matter"):
        send(home, "--from", writer, "--subject", subject, "--body", "Hello")
    found = eventually(lambda: heads if len(heads := _from(frank, writer)) == 2 else None, "two conversations")
    assert {head["subject"] for head in found} == {"First matter", "Second matter"}


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00nonsense without a header", b"From: <broken\r\nTo: " + b"," * 5000],
                         ids=["empty", "no headers", "malformed"])  # fmt: skip
def test_a_mail_that_cannot_be_read_loses_nothing(stack: LocalStack, raw: bytes) -> None:
    before = _ledger(stack)
    drop(stack, raw)
    eventually(lambda: _ledger(stack) > before, "the mail is stored, not only held")


def test_a_mail_of_forty_megabytes_arrives(on_duty: dict[str, Agent], stack: LocalStack, writer: str) -> None:
    on_duty["emma"].choose("ONLINE")
    head = f"From: {writer}\r\nTo: {stack.inbound_address}\r\nSubject: Large\r\nMessage-ID: <{writer}>\r\n\r\n"
    drop(stack, head.encode() + b"words of a very long mail\r\n" * (40 * 1024 * 1024 // 27))
    eventually(lambda: on_duty["emma"].conversation_with(writer), "the large mail is Emma's", 90)


def _from(agent: Agent, address: str) -> list[dict[str, Any]]:
    return [head for head in agent.conversations("all") if head["contact"]["address"] == address]


def _ledger(stack: LocalStack) -> int:
    """How many mails the ledger calls stored."""
    table = aws.client("dynamodb", stack.aws_endpoint)
    pages = table.get_paginator("scan").paginate(
        TableName=stack.table,
        FilterExpression="begins_with(PK, :mail) AND #state = :stored",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":mail": {"S": "IN#email#"}, ":stored": {"S": "stored"}},
    )
    return sum(page["Count"] for page in pages)
