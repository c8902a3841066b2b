"""A deployment that fails says what to do about it."""

from pathlib import Path

import pytest

from infra.local import deployment
from infra.local.errors import LocalError
from infra.local.home import Home


@pytest.mark.parametrize("before", ["", "a fingerprint"])
def test_an_older_stack_that_cannot_be_updated_says_which_folder_to_remove(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    if before:
        (tmp_path / "deployed").write_text(before, encoding="utf-8")

    def fails(*_arguments: object) -> None:
        raise LocalError("`sam deploy` failed")

    monkeypatch.setattr(deployment, "_sam", fails)
    with pytest.raises(LocalError) as told:
        deployment.deploy(Home(folder=tmp_path), "another")

    assert (f"remove {tmp_path}" in str(told.value)) is bool(before)
    assert str(told.value).startswith("`sam deploy` failed")
