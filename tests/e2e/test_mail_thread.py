"""Mail over a long time, on the stack: one thread through two mail programs, bounces, viruses and loops."""

import time
import uuid
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
import requests

from infra.local import aws
from infra.local.description import LocalStack
from infra.local.simulators.mail.drop import Verdicts, drop_mail
from tests.e2e.people import Agent, eventually

pytestmark = pytest.mark.stack

ANSWERS = 15
GREETING = "ayuda@heartline.example"
"""The address of the demo company's inbox that answers a first mail at once."""

CLEAN = Verdicts()


@pytest.fixture
def writer() -> str:
    """A customer's mail address that never wrote before."""
    return f"customer{int(time.time() * 1000)}@customer.example"


def drop(stack: LocalStack, mail: EmailMessage, to: str, verdicts: Verdicts = CLEAN) -> None:
    """Bring a mail to `to`, as the envelope says."""
    s3 = aws.client("s3", stack.aws_endpoint)
    drop_mail(s3, stack.mail_bucket, stack.mail_prefix, mail.as_bytes(), recipients=[to], verdicts=verdicts)


def sent_to(stack: LocalStack, address: str) -> list[dict[str, Any]]:
    """What the customer has in the mailbox, oldest first."""
    mails = requests.get(f"{stack.inbox_url}mailbox/messages.json", timeout=30).json()["messages"]
    return [mail for mail in reversed(mails) if address in mail["to"]]


def mail(sender: str, to: str, subject: str, text: str, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Tom Berg <{sender}>", to, subject
    message["Message-ID"] = f"<{uuid.uuid4()}@customer.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def gmail(sender: str, got: dict[str, Any], text: str) -> EmailMessage:
    """Answers to Reply-To, names the whole thread, quotes below."""
    quote = "\n".join(f"> {line}" for line in got["text"].splitlines())
    body = f"{text}\n\nOn Mon, Mar 2, 2026 at 1:02 PM Support <support@heartline.example> wrote:\n\n{quote}\n"
    return mail(
        sender, got["reply_to"][0], f"Re: {got['subject'].removeprefix('Re: ')}", body,
        In_Reply_To=got["message_id"], References=" ".join([*got["references"], got["message_id"]]),
    )  # fmt: skip


def outlook(sender: str, got: dict[str, Any], text: str) -> EmailMessage:
    """Answers to the plain address, names one mail and no thread, puts a block of headers above the quote."""
    block = "From: Support <support@heartline.example>\nSent: Monday, March 2, 2026 1:02 PM\nTo: Tom\nSubject: Bill"
    body = f"{text}\n\n________________________________\n{block}\n\n{got['text']}\n"
    return mail(sender, "support@heartline.example", f"RE: {got['subject']}", body, In_Reply_To=got["message_id"])


def test_thirty_mails_through_two_mail_programs_stay_one_thread(
    on_duty: dict[str, Agent], stack: LocalStack, writer: str
) -> None:
    emma = on_duty["emma"]
    emma.choose("ONLINE")
    drop(stack, mail(writer, stack.inbound_address, "Bill", "My bill is wrong."), stack.inbound_address)
    head = eventually(lambda: emma.conversation_with(writer), "the mail is Emma's")

    for number in range(ANSWERS):
        assert emma.reply(head["id"], "email", f"Answer {number}.").status_code == 202
        got = eventually(_nth(stack, writer, number), f"answer {number} is in the customer's mailbox")
        write = (gmail, outlook)[number % 2]
        answer = write(writer, got, f"Question {number}?")
        drop(stack, answer, str(answer["To"]))
        eventually(_length(emma, head["id"], 2 * number + 3), f"question {number} joined the thread")

    timeline = emma.timeline(head["id"])
    asked = [message for message in timeline if message["direction"] == "inbound"][1:]
    assert [message["visible_text"].strip() for message in asked] == [f"Question {n}?" for n in range(ANSWERS)]
    assert {message["explanation"].partition(" because ")[0] for message in asked} == {"joined"}
    assert [entry["id"] for entry in emma.conversations("all") if entry["contact"]["address"] == writer] == [head["id"]]


def test_an_answer_that_bounces_shows_it_on_the_message_and_in_the_list(
    on_duty: dict[str, Agent], stack: LocalStack
) -> None:
    emma = on_duty["emma"]
    emma.choose("ONLINE")
    nobody = f"bounce+{int(time.time() * 1000)}@simulator.amazonses.com"
    drop(stack, mail(nobody, stack.inbound_address, "Bill", "Write to me."), stack.inbound_address)
    head = eventually(lambda: emma.conversation_with(nobody), "the mail is Emma's")

    assert emma.reply(head["id"], "email", "Here it is.").status_code == 202

    undelivered = eventually(lambda: _with_status(emma, head["id"], "undelivered"), "the bounce is on the message")
    assert "5.1.1" in undelivered["status_reason"]
    assert emma.get(f"/conversations/{head['id']}")["problem"] == "bounce"
    again = emma.reply(head["id"], "email", "Here it is, once more.")
    assert again.status_code in (409, 422), "an address that is known to be bad is refused with its reason"


def test_a_file_with_a_virus_can_be_opened_by_nobody(on_duty: dict[str, Agent], stack: LocalStack, writer: str) -> None:
    frank = on_duty["frank"]
    infected = mail(writer, stack.inbound_address, "Invoice", "See the file.")
    infected.add_attachment(b"MZ evil", maintype="application", subtype="pdf", filename="invoice.pdf")
    drop(stack, infected, stack.inbound_address, Verdicts(virus="FAIL"))

    head = eventually(lambda: frank.conversation_with(writer, "filtered"), "the mail is kept apart")
    [message] = frank.timeline(head["id"])
    assert (message["mail"]["kind"], message["attachments"], head["status"]) == ("virus", [], "closed")
    source = frank.call("GET", f"/conversations/{head['id']}/messages/{message['id']}/source")
    assert source.status_code == 403


def test_two_machines_that_answer_each_other_stop(on_duty: dict[str, Agent], stack: LocalStack) -> None:
    frank = on_duty["frank"]
    away = f"ooto+{int(time.time() * 1000)}@simulator.amazonses.com"
    drop(stack, mail(away, GREETING, "Factura", "Is it paid?"), GREETING)

    [automatic] = eventually(lambda: sent_to(stack, away), "the customer is told at once")
    assert automatic["automatic"] == "auto-replied"
    head = eventually(lambda: frank.conversation_with(away, "all"), "the mail waits")
    eventually(_length(frank, head["id"], 3), "the machine's answer is in the thread")
    time.sleep(3)
    assert len(sent_to(stack, away)) == 1


def _nth(stack: LocalStack, address: str, number: int) -> Callable[[], dict[str, Any] | None]:
    return lambda: next(iter(sent_to(stack, address)[number:]), None)


def _length(agent: Agent, conversation: str, length: int) -> Callable[[], bool]:
    return lambda: len(agent.timeline(conversation)) == length


def _with_status(agent: Agent, conversation: str, status: str) -> dict[str, Any] | None:
    return next((message for message in agent.timeline(conversation) if message["status"] == status), None)
