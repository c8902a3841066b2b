"""Joins the local SES to the stack: its events go to the delivery queue, mail to our own addresses comes in again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from heartline.domain.addresses import OwnAddresses
from heartline.domain.inboxes import Company
from infra.local import aws
from infra.local.deployment import STACK, Outputs
from infra.local.home import Home
from infra.local.simulators.mail.drop import drop_mail
from infra.local.simulators.mail.sent import SentMails
from infra.local.simulators.mail.ses import LocalSes


def post_office(home: Home, outputs: Outputs, company: Company) -> LocalSes:
    """The SES of a running stack; what it sent stays in the stack's folder."""
    own = OwnAddresses.of(company.inboxes)
    sqs = aws.client("sqs", home.aws_url)
    queue = sqs.get_queue_url(QueueName=f"{STACK}-delivery")["QueueUrl"]

    def report(event: dict[str, Any]) -> None:
        sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(event))

    bucket = _OwnBucket(
        s3=aws.client("s3", home.aws_url), bucket=outputs["MailBucket"], prefix=outputs["MailPrefix"], own=own
    )
    return LocalSes(mails=SentMails(home.folder / "state" / "mail"), report=report, inbound=bucket)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OwnBucket:
    """Implements `simulators.mail.ses.Inbound` over the bucket that SES's receipt rule fills."""

    s3: Any
    bucket: str
    prefix: str
    own: OwnAddresses

    def __call__(self, raw: bytes, recipients: Iterable[str]) -> None:
        ours = [address for address in recipients if address in self.own]
        if ours:
            drop_mail(self.s3, self.bucket, self.prefix, raw, recipients=ours)
