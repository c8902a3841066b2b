"""The account is read from its secret, kept for a while, and never shown."""

import json

from heartline.channels.twilio.account import FRESH_SECONDS, Account, CurrentAccount

SECRET = json.dumps({"account_sid": "AC1", "auth_token": "first", "secondary_token": ""})


def test_only_our_own_account_has_tokens() -> None:
    account = Account(sid="AC1", token="first", secondary_token="second")
    assert account.tokens_for("AC1") == ("first", "second")
    assert account.tokens_for("AC2") == ()


def test_a_secret_without_a_secondary_token_has_one_token() -> None:
    assert Account.from_secret('{"account_sid": "AC1", "auth_token": "first"}').tokens_for("AC1") == ("first",)


def test_the_key_of_browser_phones_is_read_where_there_is_one_and_not_printed() -> None:
    secret = {"account_sid": "AC1", "auth_token": "t", "api_key_sid": "SK1", "api_key_secret": "hush"}
    account = Account.from_secret(json.dumps(secret))
    assert (account.api_key_sid, account.api_key_secret, account.twiml_app_sid) == ("SK1", "hush", "")
    assert Account.from_secret(SECRET).api_key_sid == ""
    assert "hush" not in repr(account)


def test_tokens_are_not_printed() -> None:
    assert "first" not in repr(Account.from_secret(SECRET))


def test_the_secret_is_read_once_and_again_when_it_may_have_been_rotated() -> None:
    secrets, clock = [SECRET, SECRET.replace("first", "rotated")], [0.0]
    current = CurrentAccount(lambda: secrets.pop(0), lambda: clock[0])
    assert current().token == "first"
    clock[0] = FRESH_SECONDS - 1
    assert current().token == "first"
    clock[0] = FRESH_SECONDS
    assert current().token == "rotated"
