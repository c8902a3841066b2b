"""What the commands say when there is no local stack to talk to."""

from pathlib import Path

import pytest

from infra.local.description import NotRunning, load_local


def test_a_home_in_which_nothing_was_started_is_named_and_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARTLINE_HOME", str(tmp_path))
    with pytest.raises(NotRunning) as refusal:
        load_local()
    assert str(refusal.value).endswith(f"start it with `make run` (there is none in {tmp_path})")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"twilio": {}, "agents": []}'])
def test_a_description_that_cannot_be_read_is_named_with_what_is_wrong(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "local.json").write_text(content)
    monkeypatch.setenv("HEARTLINE_HOME", str(tmp_path))
    with pytest.raises(NotRunning, match=r"local\.json is of another version or damaged: "):
        load_local()
