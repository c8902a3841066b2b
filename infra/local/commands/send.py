"""`heartline send`: a customer writes a mail, a text or a WhatsApp message to the local stack."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from infra.local.description import LocalStack


_EMAIL: Final = (
    "Put a mail where SES puts it, under the headers that SES adds: FILE as it is, or one written from the options."
)
_SMS: Final = "Let a customer's text arrive at the simulated Twilio, which announces it to the stack, signed."


_WHATSAPP: Final = "Let a customer's WhatsApp message arrive at the simulated Twilio, as a text does."

_NAMES: Final = {"sms": "text", "whatsapp": "WhatsApp message"}

_VERDICTS: Final = ("PASS", "FAIL", "GRAY", "PROCESSING_FAILED")
"""https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    send = commands.add_parser("send", help="write to the local stack as a customer")
    channels = send.add_subparsers(title="channels", required=True, metavar="CHANNEL")
    _add_email(channels.add_parser("email", help="put a mail where SES puts it", description=_EMAIL))
    _add_text(channels.add_parser("sms", help="send a text through the simulated Twilio", description=_SMS), "sms")
    whatsapp = channels.add_parser("whatsapp", help="send a WhatsApp message in the same way", description=_WHATSAPP)
    whatsapp.add_argument("--name", default="", help="the name in the customer's profile")
    _add_text(whatsapp, "whatsapp")


def _add_email(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="a raw message to send as it is, or - for standard input"
    )
    parser.add_argument("--from", dest="sender", metavar="ADDRESS", help="who writes, such as 'Ana <ana@example.com>'")
    parser.add_argument("--to", metavar="ADDRESS", help="the inbox (default: the stack's inbound address)")
    parser.add_argument("--subject", default="", help="the subject")
    parser.add_argument("--body", metavar="TEXT", help="the text")
    parser.add_argument("--in-reply-to", default="", metavar="ID", help="the Message-ID of the mail that is answered")
    parser.add_argument("--attach", action="append", default=[], type=Path, metavar="FILE", help="may be repeated")
    for scan in ("spam", "virus"):
        parser.add_argument(
            f"--{scan}-verdict", default="PASS", choices=_VERDICTS, help=f"what SES's {scan} scan found"
        )
    for check in ("spf", "dkim", "dmarc"):
        parser.add_argument(f"--{check}", default="pass", metavar="RESULT", help=f"SES's {check.upper()} result (pass)")
    _finish(parser, run_email)


def _add_text(parser: argparse.ArgumentParser, channel: str) -> None:
    parser.add_argument("--from", dest="sender", required=True, metavar="NUMBER", help="who writes, in E.164")
    parser.add_argument("--to", metavar="NUMBER", help="one of our numbers (default: the stack's)")
    parser.add_argument("--body", default="", metavar="TEXT", help="the text")
    parser.add_argument("--media", action="append", default=[], type=Path, metavar="FILE", help="may be repeated")
    parser.set_defaults(channel=channel)
    _finish(parser, run_text)


def _finish(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    parser.set_defaults(run=run)


def run_email(arguments: argparse.Namespace) -> int:
    """Print the object's key; 1 if the stack is not there, 2 if the mail cannot be made."""
    from infra.local.description import NotRunning, load_local

    try:
        stack = load_local()
        recipient = arguments.to or stack.inbound_address
        raw = _raw(arguments, recipient)
        key = _drop(stack, raw, recipient, arguments)
    except NotRunning as fault:
        return _complain("email", str(fault), 1)
    except (OSError, ValueError) as fault:
        return _complain("email", str(fault), 2)
    outcome = {"bucket": stack.mail_bucket, "key": key, "to": recipient, "message_id": _message_id(raw)}
    print(json.dumps(outcome) if arguments.json else f"The mail to {recipient} is stored as {stack.mail_bucket}/{key}.")
    return 0


def run_text(arguments: argparse.Namespace) -> int:
    """Print the MessageSid; 1 if the stack is not there or refuses the webhook, 2 if the text makes no sense."""
    from infra.local.description import NotRunning, load_local
    from infra.local.simulators.twilio.driver import Driver, Refused

    channel: str = arguments.channel
    try:
        stack = load_local()
        text = _addressed(arguments, stack) | {"body": arguments.body}
        outcome = Driver(stack.twilio.api_url).text_in({**text, "media": [_medium(path) for path in arguments.media]})
    except NotRunning as fault:
        return _complain(channel, str(fault), 1)
    except (Refused, OSError) as fault:
        return _complain(channel, str(fault), 2)
    return _report_text(outcome, channel, as_json=arguments.json)


def _addressed(arguments: argparse.Namespace, stack: "LocalStack") -> dict[str, Any]:
    """From whom, to which of our numbers, and under which name."""
    if arguments.channel == "sms":
        return {"from": arguments.sender, "to": arguments.to or stack.sms_number}
    ours = arguments.to or stack.whatsapp_number
    facts = {"ProfileName": arguments.name} if arguments.name else {}
    return {"from": f"whatsapp:{arguments.sender}", "to": f"whatsapp:{ours}", "facts": facts}


def _report_text(outcome: dict[str, Any], channel: str, *, as_json: bool) -> int:
    status = outcome["webhook"]["status"]
    accepted = 200 <= status < 300
    if as_json:
        print(json.dumps(outcome))
    elif accepted:
        print(f"The {_NAMES[channel]} {outcome['message_sid']} was accepted.")
    if not accepted:
        said = status or "nothing"
        return _complain(channel, f"the webhook answered {said} to {outcome['message_sid']}; see its log", 1)
    return 0


def _raw(arguments: argparse.Namespace, recipient: str) -> bytes:
    """The message as bytes: a file's, or a new one's."""
    from infra.local.simulators.mail.compose import Letter, compose

    if arguments.file:
        return sys.stdin.buffer.read() if arguments.file == "-" else Path(arguments.file).read_bytes()
    if not arguments.sender or arguments.body is None:
        raise ValueError("name a FILE, or give --from and --body")
    letter = Letter(
        sender=arguments.sender,
        recipient=recipient,
        subject=arguments.subject,
        body=arguments.body,
        in_reply_to=arguments.in_reply_to,
        attachments=arguments.attach,
    )
    return compose(letter).as_bytes()


def _drop(stack: "LocalStack", raw: bytes, recipient: str, arguments: argparse.Namespace) -> str:
    from botocore.exceptions import BotoCoreError, ClientError

    from infra.local import aws
    from infra.local.description import NotRunning
    from infra.local.simulators.mail.drop import Verdicts, drop_mail

    s3 = aws.client("s3", stack.aws_endpoint)
    verdicts = Verdicts(
        spam=arguments.spam_verdict,
        virus=arguments.virus_verdict,
        spf=arguments.spf,
        dkim=arguments.dkim,
        dmarc=arguments.dmarc,
    )
    try:
        return drop_mail(s3, stack.mail_bucket, stack.mail_prefix, raw, recipients=[recipient], verdicts=verdicts)
    except (BotoCoreError, ClientError) as fault:
        raise NotRunning(f"the bucket {stack.mail_bucket} did not take the mail: {fault}") from fault


def _message_id(raw: bytes) -> str:
    from email.parser import BytesHeaderParser

    return str(BytesHeaderParser().parsebytes(raw[:65536]).get("Message-ID", "")).strip()


def _medium(path: Path) -> dict[str, str]:
    import mimetypes
    from base64 import b64encode

    content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return {"content_type": content_type, "data": b64encode(path.read_bytes()).decode()}


def _complain(channel: str, sentence: str, code: int) -> int:
    print(f"heartline send {channel}: {sentence}", file=sys.stderr)
    return code
