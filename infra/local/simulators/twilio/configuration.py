"""What one simulated Twilio account is set up with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

API_VERSION: Final = "2010-04-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagingService:
    """A messaging service (`MG…`) and the numbers in it; with `advanced` it has Advanced Opt-Out.

    Source: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
    """

    sid: str
    numbers: tuple[str, ...]
    advanced: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TwilioSimulatorConfig:
    """An account, its numbers (E.164) and the webhooks set on them.

    `url` is the address that this simulator is reached at, without a trailing slash: it goes into media and recording
    links. `status_webhook` is the numbers' call status URL. `time_scale` is how many real seconds one second of a call
    takes; it is above zero. The API key signs the tokens of browsers. `whatsapp_senders` are numbers in E.164,
    `contents` the bodies of templates by their sid.
    """

    account_sid: str
    auth_token: str
    numbers: tuple[str, ...]
    sms_webhook: str
    voice_webhook: str
    status_webhook: str
    media_directory: Path
    state_file: Path
    url: str = "http://127.0.0.1:8401"
    time_scale: float = 1.0
    api_key_sid: str = ""
    api_key_secret: str = field(default="", repr=False)
    whatsapp_senders: tuple[str, ...] = ()
    services: tuple[MessagingService, ...] = ()
    contents: Mapping[str, str] = field(default_factory=dict)

    def service(self, sid: str) -> MessagingService | None:
        return next((service for service in self.services if service.sid == sid), None)

    def service_of(self, number: str) -> MessagingService | None:
        """The service that a number of ours is in, if any."""
        return next((service for service in self.services if number in service.numbers), None)

    @property
    def account_path(self) -> str:
        return f"/{API_VERSION}/Accounts/{self.account_sid}"
