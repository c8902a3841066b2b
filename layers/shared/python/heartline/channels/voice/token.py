"""The access token that a browser registers with at Twilio: it may be rung, and places no call but our own.

Source: https://www.twilio.com/docs/iam/access-tokens
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from heartline.channels.twilio.account import Account
from heartline.domain.errors import Refused
from heartline.services.phone import VoiceToken

LIFE: Final = timedelta(minutes=30)
"""The SDK asks for the next one shortly before the end; a call that goes on needs none."""

MISSING: Final = (
    "Calls in the browser are not set up: an admin has to put api_key_sid and api_key_secret of a Twilio API key "
    "into the Twilio secret (see “Browser phone” in docs/deploying.md). Until then, choose your telephone."
)


class TwilioVoiceTokens:
    """Implements `services.phone.VoiceTokens`."""

    def __init__(self, account: Callable[[], Account]) -> None:
        self._account = account

    def issue(self, identity: str, *, at: datetime) -> VoiceToken:
        from twilio.jwt.access_token import AccessToken  # only this route of the API pays for it
        from twilio.jwt.access_token.grants import VoiceGrant

        account = self._account()
        if not (account.api_key_sid and account.api_key_secret):
            raise Refused(MISSING)
        grant = VoiceGrant(incoming_allow=True, outgoing_application_sid=account.twiml_app_sid or None)
        token = AccessToken(
            account.sid,
            account.api_key_sid,
            account.api_key_secret,
            grants=[grant],
            identity=identity,
            nbf=int(at.timestamp()),
            valid_until=int((at + LIFE).timestamp()),
        )
        return VoiceToken(token=str(token.to_jwt()), identity=identity, expires=at + LIFE)
