"""What a deployment tells the code, read from the environment once and typed."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One value per environment variable `HEARTLINE_<NAME>`; a function has only those that its template gives it.

    URLs have no trailing slash. `public_url` is the exact base that Twilio and browsers use.
    """

    table: str = ""
    inbound_queue_url: str = ""
    delivery_queue_url: str = ""
    routing_queue_url: str = ""
    outbox_queue_url: str = ""
    media_queue_url: str = ""
    timer_queue_url: str = ""
    dialer_queue_url: str = ""
    mail_bucket: str = ""
    mail_prefix: str = ""
    media_bucket: str = ""
    public_url: str = ""
    stack: str = ""
    twilio_secret_arn: str = ""
    twilio_api_url: str = ""
    mail_secret_arn: str = ""
    ses_configuration_set: str = ""
    websocket_endpoint: str = ""
    socket_url: str = ""
    login_url: str = ""
    user_pool_client_id: str = ""
    voice_sdk: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read every `HEARTLINE_` variable that names a setting; an absent one is empty."""
        names = cls.__dataclass_fields__
        return cls(**{name: environment.get(f"HEARTLINE_{name.upper()}", "") for name in names})
