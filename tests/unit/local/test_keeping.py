"""What a stack keeps is private, drawn once, and belongs to one running stack at a time."""

import json
import os
from pathlib import Path

import pytest

from infra.local import keepsake, lock
from infra.local.emulator import forget_stream_positions
from infra.local.errors import LocalError
from infra.local.permissions import translated_policy


def test_secrets_are_drawn_once_and_new_people_get_their_own(tmp_path: Path) -> None:
    first = keepsake.kept(tmp_path, ["ana"])
    second = keepsake.kept(tmp_path, ["ana", "ben"])
    assert second.auth_token == first.auth_token
    assert second.passwords["ana"] == first.passwords["ana"] != second.passwords["ben"]


def test_secrets_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    keepsake.kept(tmp_path, ["ana"])
    assert (tmp_path / "keepsake.json").stat().st_mode & 0o777 == 0o600


def test_secrets_are_not_shown_when_they_are_printed(tmp_path: Path) -> None:
    kept = keepsake.kept(tmp_path, ["ana"])
    assert kept.auth_token not in repr(kept)
    assert kept.passwords["ana"] not in repr(kept)


def test_a_file_from_before_browser_phones_gets_a_key_and_keeps_it(tmp_path: Path) -> None:
    old = {"account_sid": "AC1", "auth_token": "t", "secondary_token": "", "passwords": {}}
    (tmp_path / "keepsake.json").write_text(json.dumps(old))
    first = keepsake.kept(tmp_path, [])
    assert first.account_sid == "AC1"
    assert first.api_key_sid.startswith("SK")
    assert keepsake.kept(tmp_path, []).api_key_secret == first.api_key_secret
    assert json.loads(first.twilio_secret())["api_key_secret"] == first.api_key_secret
    assert first.api_key_secret not in repr(first)


def test_a_folder_has_one_running_stack(tmp_path: Path) -> None:
    with lock.held(tmp_path), pytest.raises(LocalError, match="already runs"), lock.held(tmp_path):
        pytest.fail("a second stack got the folder")


def test_the_holder_is_known_while_it_runs_and_forgotten_after(tmp_path: Path) -> None:
    assert lock.holder(tmp_path) is None
    with lock.held(tmp_path):
        assert lock.holder(tmp_path) == os.getpid()
    assert lock.holder(tmp_path) is None


def test_the_readers_of_the_stream_begin_anew_and_nothing_else_is_forgotten(tmp_path: Path) -> None:
    state = tmp_path / "lambda.json"
    state.write_text(json.dumps({"payload": {"dynamodb_stream_positions": {"data": {"a": 35}}, "functions": {"f": 1}}}))
    forget_stream_positions(state)
    assert json.loads(state.read_text()) == {"payload": {"functions": {"f": 1}}}


def test_who_may_send_one_message_may_send_several_to_the_emulator() -> None:
    document = {"Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:q"}]}
    statement = translated_policy(document)["Statement"][0]
    assert statement == {"Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:SendMessageBatch"], "Resource": "arn:q"}
