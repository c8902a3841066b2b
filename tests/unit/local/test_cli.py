"""The command line finds its commands, imports only what is asked for, and says what to do when something is wrong."""

import os
import subprocess
import sys

import pytest

from infra.local import cli


def test_every_command_is_named_as_its_module() -> None:
    modules = cli.command_modules()
    assert modules["up"] == "up"
    assert modules["import"] == "import_"


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert all(f"\n    {name} " in shown for name in cli.command_modules())


def test_an_unknown_command_is_a_usage_error() -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["fly"])
    assert stopped.value.code == 2


def test_what_a_person_can_put_right_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("HEARTLINE_HOME", str(tmp_path_factory.mktemp("home")))
    assert cli.main(["token", "ana"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert "make run" in told[0]


def test_a_command_imports_neither_the_others_nor_boto3() -> None:
    program = (
        "import sys; from infra.local import cli; cli._parser(['status']); "
        "print(*[m for m in sys.modules if m.startswith('infra.local.commands.') or m in ('boto3', 'aiohttp')])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert shown == ["infra.local.commands.status"]


def test_a_reader_who_has_seen_enough_ends_a_command_without_a_complaint() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "infra.local.cli", "ivr", "check", "infra/local/demo.yaml"]
    ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (1, "")
