"""Verifies that a webhook comes from Twilio, over the exact public URL and every field of the form.

A signature carries no time: what keeps a replayed request from doing harm is that every event is taken in once.
"""

from twilio.request_validator import RequestValidator

from heartline.channels.twilio.account import Account
from heartline.channels.twilio.webhook import WebhookRequest


def is_genuine(request: WebhookRequest, account: Account) -> bool:
    """Whether a token of the account that the form names has signed the request.

    Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
    """
    if not request.signature:
        return False  # the validator would raise TypeError
    tokens = account.tokens_for(request.fields.first().get("AccountSid", ""))
    return any(RequestValidator(token).validate(request.url, request.fields, request.signature) for token in tokens)
