"""`heartline mail` prints valid JSON for any bytes, and fails only where a file cannot be read."""

import argparse
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from infra.local.commands import mail
from tests.unit.email.mails import DATA


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    mail.add(parser.add_subparsers())
    arguments = parser.parse_args(["mail", *words])
    return int(arguments.run(arguments))


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    stream = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    return stream


def _type(stream: io.BytesIO, data: bytes) -> None:
    stream.seek(0)
    stream.truncate()
    stream.write(data)
    stream.seek(0)


def test_parse_prints_one_object_with_every_field(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code = _run("parse", str(DATA / "bounce_postfix.eml"), "--recipient", "a@x")
    printed = json.loads(capfdbinary.readouterr().out)

    assert code == 0
    assert " ".join(printed) == (
        "message_id in_reply_to references from to cc reply_to subject date kind text visible_text html remote_images"
        " attachments bounce bounces defects placeholder"
    )
    assert printed["bounce"]["status"] == "5.1.1"


def test_parse_takes_any_bytes(standard_input: io.BytesIO, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    _type(standard_input, b"\xff\xfe\x00\xd8")

    assert _run("parse", "-") == 0
    assert json.loads(capfdbinary.readouterr().out)["kind"] == "human"


def test_verdicts_can_be_given(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    _run("parse", str(DATA / "ses_verdicts.eml"), "--verdicts", '{"virus": "FAIL"}')

    assert json.loads(capfdbinary.readouterr().out)["kind"] == "virus"


@pytest.mark.parametrize("verdicts", ["nonsense", "[]", '{"unknown": "x"}'])
def test_verdicts_that_are_none_are_a_usage_error(verdicts: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        _run("parse", "-", "--verdicts", verdicts)


def test_a_file_that_cannot_be_read_is_code_2_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("parse", str(tmp_path / "none.eml")) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_many_files_are_answered_line_by_line(
    standard_input: io.BytesIO, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    paths = [str(DATA / "no_headers.eml"), str(tmp_path / "none.eml"), str(DATA / "list_post.eml")]
    _type(standard_input, "\n".join(map(json.dumps, paths)).encode())

    assert _run("parse", "--jsonl") == 2
    first, second, third = map(json.loads, capfdbinary.readouterr().out.splitlines())
    assert (first["kind"], third["kind"]) == ("human", "list")
    assert "error" in second


def test_trim_and_sanitize_answer_strings(
    standard_input: io.BytesIO, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    _type(standard_input, b'"Yes.\\n\\nOn Monday, Shop wrote:\\n> x"\n"\\ud800"\n')
    _run("trim", "--jsonl")
    _type(standard_input, b'<b>x</b><script>y</script><img src="https://t/1.gif">')
    _run("sanitize", "--remote")

    assert capfdbinary.readouterr().out == b'"Yes."\n"?"\n<b>x</b><img src="https://t/1.gif">\n'


@pytest.mark.parametrize("line", [b"{}", b"nonsense", b'"\xff"', b"[" * 100_000, b'"no\\u0000file"'])
def test_a_line_that_cannot_be_answered_says_so_and_the_next_is_answered(
    line: bytes, standard_input: io.BytesIO, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    _type(standard_input, line + b"\n\n" + json.dumps(str(DATA / "list_post.eml")).encode())

    assert _run("parse", "--jsonl") == 2
    first, second = map(json.loads, capfdbinary.readouterr().out.splitlines())
    assert list(first) == ["error"]
    assert second["kind"] == "list"


@pytest.mark.parametrize("verdicts", ['{"spam": "FAIL", "virus": null}', '{"spamVerdict": {"status": "FAIL"}}'])
def test_verdicts_may_be_empty_or_as_ses_writes_them(verdicts: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    _run("parse", str(DATA / "ses_verdicts.eml"), "--verdicts", verdicts)

    assert json.loads(capfdbinary.readouterr().out)["kind"] == "spam"
