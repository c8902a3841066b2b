"""Makes what `sam build` packages: a function's folder, the shared package, a layer of wheels; standard library only.

`HEARTLINE_TARGET=aws` (the default) takes wheels for Lambda on arm64 with Python 3.13; `host` takes this machine's, for
the local stack. Lambda's folders are read-only, so whatever is not compiled here is compiled at every cold start.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST_PYTHON = ROOT / ".venv" / "bin" / "python"
UV = ROOT / ".venv" / "bin" / "uv"
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
AWS_WHEELS = ("--python-version", "3.13", "--python-platform", "aarch64-manylinux2014", "--only-binary", ":all:")


def main() -> int:
    """`build.py function NAME DIR`, `build.py layer SET DIR` or `build.py shared DIR`; exit code 0 or 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind, builder in (("function", build_function), ("layer", build_layer), ("shared", build_shared)):
        command = kinds.add_parser(kind)
        if kind != "shared":
            command.add_argument("name")
        command.add_argument("target", type=Path)
        command.set_defaults(build=builder)
    arguments = parser.parse_args()
    if not UV.is_file():
        print("build: the tools are not installed yet: run `make install` first", file=sys.stderr)
        return 1
    arguments.build(arguments)
    compile_sources(arguments.target)
    return 0


def build_function(arguments: argparse.Namespace) -> None:
    """`name` is the logical id without `Function`; its folder is the same word in lower case with underscores."""
    folder = ROOT / "functions" / re.sub(r"(?<!^)(?=[A-Z])", "_", arguments.name).lower()
    if not (folder / "app.py").is_file():
        raise SystemExit(f"build: there is no {folder / 'app.py'}")
    for source in sorted(folder.glob("*.py")):
        shutil.copy(source, arguments.target)
    if (folder / "static").is_dir():
        shutil.copytree(folder / "static", arguments.target / "static", ignore=NOT_SHIPPED, dirs_exist_ok=True)


def build_shared(arguments: argparse.Namespace) -> None:
    source = ROOT / "layers" / "shared" / "python"
    shutil.copytree(source, arguments.target / "python", ignore=NOT_SHIPPED, dirs_exist_ok=True)


def build_layer(arguments: argparse.Namespace) -> None:
    """The wheels that the set's `requirements.txt` pins and nothing they would pull in, less what `prune.txt` names."""
    folder = ROOT / "layers" / "dependencies" / arguments.name
    packages = arguments.target / "python"
    wheels = ["--python", str(HOST_PYTHON)] if for_this_machine() else list(AWS_WHEELS)
    install = [str(UV), "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", str(packages)]
    command = [*install, *wheels, "-r", str(folder / "requirements.txt")]
    if subprocess.run([*command, "--offline"], capture_output=True, check=False).returncode != 0:
        subprocess.run(command, check=True)
    prune(packages, folder / "prune.txt")


def prune(packages: Path, names: Path) -> None:
    """Remove what no function imports: each line of `names` is a pattern below the packages' folder."""
    patterns = [line for line in names.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    for pattern in ("bin", ".lock", "**/*.pyi", "**/py.typed", *patterns):
        for path in sorted(packages.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def compile_sources(target: Path) -> None:
    """Ship byte code; its sources are never checked, because unpacking an archive changes their times."""
    python = interpreter()
    if python is None:
        print("build: no python3.13 here, so the byte code is left to Lambda's cold starts", file=sys.stderr)
        return
    command = [python, "-m", "compileall", "-q", "-j", "1", "--invalidation-mode", "unchecked-hash", str(target)]
    subprocess.run([*command, "-s", str(target)], check=True)


def interpreter() -> str | None:
    """The Python whose byte code the target reads, if this machine has it."""
    if for_this_machine():
        return str(HOST_PYTHON)
    found = subprocess.run(
        [str(UV), "python", "find", "--offline", "3.13"], capture_output=True, text=True, check=False
    )
    return found.stdout.strip() if found.returncode == 0 else None


def for_this_machine() -> bool:
    return os.environ.get("HEARTLINE_TARGET", "aws") == "host"


if __name__ == "__main__":
    sys.exit(main())
