"""Who we are at Twilio: the account and its tokens, as the secret has them, kept for a few minutes."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

PUBLIC_API: Final = "https://api.twilio.com"
FRESH_SECONDS: Final = 300.0
"""How long a rotated token may stay unknown to a warm process; the secondary token bridges it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`sid` is the AccountSid; `token` signs and authenticates, `secondary_token` is set while tokens are rotated.

    `api_key_sid` and `api_key_secret` sign the tokens of browser phones; `twiml_app_sid` is where their own calls go.
    All three are empty where nobody takes calls in the browser.
    """

    sid: str
    token: str = field(repr=False)
    secondary_token: str = field(default="", repr=False)
    api_key_sid: str = ""
    api_key_secret: str = field(default="", repr=False)
    twiml_app_sid: str = ""

    @classmethod
    def from_secret(cls, secret: str) -> "Account":
        """Read `{"account_sid", "auth_token"}` and what else of the fields there is."""
        fields = json.loads(secret)
        others = ("secondary_token", "api_key_sid", "api_key_secret", "twiml_app_sid")
        return cls(
            sid=fields["account_sid"],
            token=fields["auth_token"],
            **{name: fields.get(name) or "" for name in others},
        )

    def tokens_for(self, account_sid: str) -> tuple[str, ...]:
        """What may have signed a request that names `account_sid`: nothing, if that is not us."""
        if account_sid != self.sid:
            return ()
        return tuple(token for token in (self.token, self.secondary_token) if token)


class CurrentAccount:
    """Answers the account, at most `FRESH_SECONDS` old.

    `read` fetches the secret's text; `monotonic` is a clock in seconds that never goes back.
    """

    def __init__(self, read: Callable[[], str], monotonic: Callable[[], float]) -> None:
        self._read = read
        self._monotonic = monotonic
        self._known: tuple[float, Account] | None = None

    def __call__(self) -> Account:
        now = self._monotonic()
        if self._known is None or now - self._known[0] >= FRESH_SECONDS:
            self._known = (now, Account.from_secret(self._read()))
        return self._known[1]
