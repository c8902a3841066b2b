"""What a configuration set reports of a mail, in the envelope that EventBridge puts around it. Pure.

Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from infra.local.simulators.mail.reactions import Reaction, reaction_to
from infra.local.simulators.mail.sent import SentMail

_BOUNCES: Final = {
    Reaction.BOUNCED: ("General", "5.1.1", "smtp; 550 5.1.1 user unknown"),
    Reaction.SUPPRESSED: ("OnAccountSuppressionList", "5.1.1", "Amazon SES did not send the message to this address"),
}


def events_of(mail: SentMail, configuration_set: str) -> Iterator[dict[str, Any]]:
    """Everything that happens to `mail`, in order: it is sent, then each kind of reaction reports its recipients."""
    yield _event(mail, configuration_set, "Send", {"send": {}})
    by_reaction = {reaction: _those_who(mail, reaction) for reaction in Reaction}
    for reaction, recipients in by_reaction.items():
        if not recipients:
            continue
        if reaction in _BOUNCES:
            yield _event(mail, configuration_set, "Bounce", {"bounce": _bounce(mail, reaction, recipients)})
            continue
        delivery = {"recipients": recipients, "smtpResponse": "250 ok", "timestamp": _time(mail)}
        yield _event(mail, configuration_set, "Delivery", {"delivery": delivery})
        if reaction is Reaction.COMPLAINED:
            yield _event(mail, configuration_set, "Complaint", {"complaint": _complaint(mail, recipients)})


def _those_who(mail: SentMail, reaction: Reaction) -> list[str]:
    return [recipient for recipient in mail.recipients if reaction_to(recipient) is reaction]


def _bounce(mail: SentMail, reaction: Reaction, recipients: Sequence[str]) -> dict[str, Any]:
    subtype, status, diagnostic = _BOUNCES[reaction]
    bounced = [
        {"emailAddress": recipient, "action": "failed", "status": status, "diagnosticCode": diagnostic}
        for recipient in recipients
    ]
    return {
        "bounceType": "Permanent",
        "bounceSubType": subtype,
        "bouncedRecipients": bounced,
        "timestamp": _time(mail),
        "feedbackId": f"bounce-{mail.id}",
    }


def _complaint(mail: SentMail, recipients: Sequence[str]) -> dict[str, Any]:
    return {
        "complainedRecipients": [{"emailAddress": recipient} for recipient in recipients],
        "complaintFeedbackType": "abuse",
        "timestamp": _time(mail),
        "feedbackId": f"complaint-{mail.id}",
    }


def _event(mail: SentMail, configuration_set: str, kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    head = {
        "timestamp": _time(mail),
        "source": mail.sender,
        "messageId": mail.id,
        "destination": list(mail.recipients),
        "tags": {"ses:configuration-set": [configuration_set]},
    }
    return {
        "version": "0",
        "id": f"{mail.id}-{kind.lower()}",
        "source": "aws.ses",
        "detail-type": f"Email {kind}",
        "time": _time(mail),
        "detail": {"eventType": kind, "mail": head, **facts},
    }


def _time(mail: SentMail) -> str:
    return mail.at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
