"""Reads the token that a browser registers with, and refuses one that Twilio would refuse.

Source: https://www.twilio.com/docs/iam/access-tokens and https://www.twilio.com/docs/api/errors/20101
"""

from typing import Any, Final

from infra.local.simulators.twilio.configuration import TwilioSimulatorConfig

INVALID: Final = 20101
EXPIRED: Final = 20104
NO_GRANT: Final = 31201
"""https://www.twilio.com/docs/api/errors"""


class BadToken(Exception):
    """A token that opens nothing; `code` is Twilio's."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def identity_of(config: TwilioSimulatorConfig, token: str) -> str:
    """Whose browser this is.

    :raises BadToken: if the token is not signed by our API key, is over, or allows no incoming calls.
    """
    import jwt

    try:
        claims: dict[str, Any] = jwt.decode(
            token, config.api_key_secret, algorithms=["HS256"], issuer=config.api_key_sid, leeway=5,
            options={"require": ["exp", "iss", "sub"]},
        )  # fmt: skip
    except jwt.ExpiredSignatureError as fault:
        raise BadToken(EXPIRED, "the token has expired") from fault
    except jwt.InvalidTokenError as fault:
        raise BadToken(INVALID, f"the token is not good: {fault}") from fault
    grants = claims.get("grants", {})
    if claims["sub"] != config.account_sid or not grants.get("identity"):
        raise BadToken(INVALID, "the token is of another account, or says nobody's name")
    if not grants.get("voice", {}).get("incoming", {}).get("allow"):
        raise BadToken(NO_GRANT, "the token has no voice grant for incoming calls")
    return str(grants["identity"])
