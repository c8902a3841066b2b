"""Brings `.venv` up to what requirements-dev.txt pins; runs before anything is installed, so the standard library only.

Everything comes from caches when they have it, so that a second clone on the same machine needs no network.
"""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements-dev.txt"
NEEDED_PYTHON = (3, 11)
NEEDED_NODE = 20


class SetupError(Exception):
    """Something that the person at the keyboard has to put right; the message says how."""


def main() -> int:
    """Install, or print one line that says what to do; exit code 0 or 1."""
    try:
        check_python()
        check_node()
        install()
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"setup: `{Path(error.cmd[0]).name} {error.cmd[1]}` failed, its output is above", file=sys.stderr)
        return 1
    return 0


def check_python() -> None:
    if sys.version_info < NEEDED_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetupError(f"Python 3.11 or later is needed, this is {found}: try `make PYTHON=python3.13`")


def check_node() -> None:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        raise SetupError("Node.js 20 or later with npm is needed to build the inbox, and is not on PATH")
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(answer.lstrip("v").split(".")[0]) < NEEDED_NODE:
        raise SetupError(f"Node.js {NEEDED_NODE} or later is needed to build the inbox, this is {answer}")


def install() -> None:
    """Make the environment, fill it with exactly the pinned packages, and put Heartline itself in."""
    say("installing the pinned tools into .venv")
    if not environment_fits():
        shutil.rmtree(VENV, ignore_errors=True)
        make_environment()
    uv = find_uv()
    pip_sync(uv, ["sync", "--quiet", "--require-hashes", str(LOCK)])
    pip_sync(uv, ["install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def environment_fits() -> bool:
    """Whether `.venv` exists and was made by this very Python."""
    configuration = VENV / "pyvenv.cfg"
    version = ".".join(map(str, sys.version_info[:3]))
    return configuration.is_file() and f"version = {version}" in configuration.read_text(encoding="utf-8")


def make_environment() -> None:
    try:
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except subprocess.CalledProcessError as error:
        raise SetupError(
            "this Python cannot make virtual environments: on Debian, `apt-get install python3-venv`"
        ) from error


def find_uv() -> Path:
    """The pinned uv from a cache shared by all clones of this user, fetched once and checked against its hash."""
    requirement = pinned("uv")
    version = requirement.split()[0].removeprefix("uv==")
    folder = cache_folder() / f"uv-{version}"
    program = folder / "bin" / "uv"
    if not program.is_file():
        fetch_uv(requirement, folder)
    return program


def fetch_uv(requirement: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    wanted = VENV / "uv-requirement.txt"
    wanted.write_text(requirement, encoding="utf-8")
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "--require-hashes", "--upgrade", "--target", str(folder), "-r", str(wanted)], check=True)


def pinned(package: str) -> str:
    """The entry of `package` in the lock, hashes included."""
    found = re.search(rf"^{package}==(?:.*\\\n)*.*$", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SetupError(f"{LOCK.name} does not pin {package}: run `make requirements`")
    return found.group()


def cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "heartline"


def pip_sync(uv: Path, arguments: list[str]) -> None:
    """One `uv pip` command: from uv's cache if that has everything, else with the network."""
    command = [str(uv), "pip", *arguments, "--python", str(VENV / "bin" / "python")]
    cached = subprocess.run([*command, "--offline"], capture_output=True, check=False)
    if cached.returncode != 0:
        say("fetching packages, which takes a minute the first time")
        subprocess.run(command, check=True)


def say(what: str) -> None:
    print(f"setup: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
