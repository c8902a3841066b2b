"""The local SES behaves towards the functions as SES does: it renames, keeps, reports and brings mail."""

import asyncio
from collections.abc import Callable, Iterable
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from botocore.exceptions import ClientError

from heartline.channels.email.send import SesMail
from heartline.domain.threading import ses_aliases
from infra.local import aws
from infra.local.simulators.mail.sent import SentMails
from infra.local.simulators.mail.ses import LocalSes, ses_application

RAW = (
    b"From: support@acme.example\r\nTo: eva@example.org\r\nMessage-ID:\r\n <ours@acme.example>\r\n"
    b"Subject: Hello\r\nReply-To: support+c.abc@acme.example\r\n\r\nMessage-ID: in the body stays\r\n"
)


class World:
    """What the local SES told of and brought."""

    def __init__(self, folder: Path) -> None:
        self.mails = SentMails(folder)
        self.events: list[dict[str, Any]] = []
        self.brought: list[tuple[bytes, list[str]]] = []

    def bring(self, raw: bytes, recipients: Iterable[str]) -> None:
        if to := list(recipients):
            self.brought.append((raw, to))

    def send(self, call: Callable[[Any], str]) -> str:
        """Give `call` a boto3 client of this SES, over HTTP."""

        async def session() -> str:
            edge = web.Application()
            ses = LocalSes(mails=self.mails, report=self.events.append, inbound=self.bring)
            edge.add_subapp("/ses", ses_application(ses))
            async with TestServer(edge) as server:
                return await asyncio.to_thread(call, aws.client("sesv2", str(server.make_url("/ses"))))

        return asyncio.run(session())

    def kinds(self) -> list[str]:
        return [event["detail"]["eventType"] for event in self.events]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def to(*recipients: str) -> Callable[[Any], str]:
    """Send a mail through the production adapter."""
    return lambda client: SesMail(client, "heartline").send(
        RAW, sender="support@acme.example", recipients=recipients, intent="i1"
    )


def test_the_message_id_is_replaced_by_one_that_our_aliases_know(world: World) -> None:
    sent = world.send(to("eva@example.org"))

    [kept] = world.mails.all()
    mail = message_from_bytes(kept.raw)
    assert mail.get_all("Message-ID") == [f"<{ses_aliases(sent, 'us-east-1')[1]}>"]
    assert mail["Reply-To"] == "support+c.abc@acme.example"
    assert mail.get_payload() == "Message-ID: in the body stays\r\n"


def test_a_mail_is_sent_and_delivered(world: World) -> None:
    sent = world.send(to("eva@example.org"))

    assert world.kinds() == ["Send", "Delivery"]
    assert {event["detail"]["mail"]["messageId"] for event in world.events} == {sent}
    assert all(event["detail"]["mail"]["tags"]["intent"] == ["i1"] for event in world.events)
    assert world.brought == [(world.mails.all()[0].raw, ["eva@example.org"])]


def test_each_recipient_of_the_mailbox_simulator_reacts_in_its_own_way(world: World) -> None:
    world.send(to("bounce+1@simulator.amazonses.com", "complaint@simulator.amazonses.com", "eva@example.org"))

    assert world.kinds() == ["Send", "Delivery", "Bounce", "Delivery", "Complaint"]
    bounced = world.events[2]["detail"]["bounce"]["bouncedRecipients"]
    assert [recipient["emailAddress"] for recipient in bounced] == ["bounce+1@simulator.amazonses.com"]


def test_somebody_who_is_away_answers_to_the_signed_address(world: World) -> None:
    world.send(to("ooto@simulator.amazonses.com"))

    [(answer, recipients)] = world.brought
    assert recipients == ["support+c.abc@acme.example"]
    assert message_from_bytes(answer)["Auto-Submitted"] == "auto-replied"
    assert message_from_bytes(answer)["In-Reply-To"] == message_from_bytes(world.mails.all()[0].raw)["Message-ID"]


def test_too_many_recipients_are_refused_as_ses_refuses_them(world: World) -> None:
    def send(client: Any) -> str:
        many = {"ToAddresses": [f"{number}@example.org" for number in range(51)]}
        content = {"Raw": {"Data": RAW}}
        return str(client.send_email(FromEmailAddress="a@acme.example", Destination=many, Content=content))

    with pytest.raises(ClientError, match="BadRequestException"):
        world.send(send)
    assert world.mails.all() == []
