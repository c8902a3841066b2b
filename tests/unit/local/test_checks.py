"""What the doctor says of phones in the browser."""

import json

import pytest

from infra.local.checks import browser_phone

ACCOUNT = {"account_sid": "AC1", "auth_token": "t"}
KEY = {"api_key_sid": "SK0123456789", "api_key_secret": "hush"}


@pytest.mark.parametrize(
    ("fields", "ok", "says"),
    [
        ({}, True, "telephones only"),
        (KEY, True, "SK0123…"),
        (KEY | {"twiml_app_sid": "AP1"}, True, "SK0123…"),
        (KEY | {"twiml_app_sid": "SK1"}, False, "begins with AP"),
        ({"api_key_sid": "SK1"}, False, "half a key"),
        ({"api_key_secret": "hush"}, False, "half a key"),
        (KEY | {"api_key_sid": "AC1"}, False, "half a key"),
    ],
)
def test_half_a_key_is_a_fault_and_none_is_a_choice(fields: dict[str, str], ok: bool, says: str) -> None:
    check = browser_phone(json.dumps(ACCOUNT | fields))
    assert (check.ok, says in check.detail) == (ok, True)
    assert "hush" not in check.detail
