"""The random values of one installation - a Twilio account and everybody's passwords - drawn once and kept private."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Keepsake:
    """`passwords` maps a user name to a password that satisfies the user pool's policy.

    The API key signs the tokens of browser phones; one that an older file lacks is drawn.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    secondary_token: str = field(repr=False)
    passwords: dict[str, str] = field(repr=False)
    api_key_sid: str = field(default_factory=lambda: f"SK{secrets.token_hex(16)}")
    api_key_secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    twiml_app_sid: str = field(default_factory=lambda: f"AP{secrets.token_hex(16)}")

    def twilio_secret(self) -> str:
        """The secret's text, in the form that the functions read."""
        return json.dumps({name: value for name, value in asdict(self).items() if name != "passwords"})


def kept(folder: Path, users: list[str]) -> Keepsake:
    """What the folder keeps, completed by what is new; the file is readable by its owner only."""
    path = folder / "keepsake.json"
    known = Keepsake(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else _drawn()
    missing = {user: _password() for user in users if user not in known.passwords}
    keepsake = replace(known, passwords=known.passwords | missing)
    _write_privately(path, json.dumps(asdict(keepsake), indent=2))
    return keepsake


def _drawn() -> Keepsake:
    return Keepsake(
        account_sid=f"AC{secrets.token_hex(16)}",
        auth_token=secrets.token_hex(16),
        secondary_token=secrets.token_hex(16),
        passwords={},
    )


def _password() -> str:
    """Random, and of every kind of character that the pool's policy asks for."""
    return f"Hl-{secrets.token_hex(4)}-{secrets.token_hex(4)}"


def _write_privately(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
