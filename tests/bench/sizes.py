"""Adds up what `sam build` made: the unzipped bytes of each function with its layers."""

from pathlib import Path
from typing import Any, Final

import yaml

from tests.bench.imports import FUNCTIONS
from tests.tables import ROOT, Template

BUILD: Final = ROOT / ".aws-sam" / "build"


def built_sizes(build: Path = BUILD) -> dict[str, int]:
    """Bytes by function, empty where nothing is built; Lambda's own limit is 250 MB."""
    if not (build / "template.yaml").is_file():
        return {}
    template = yaml.load((build / "template.yaml").read_text(), Template)  # noqa: S506 - a SafeLoader
    resources: dict[str, Any] = template["Resources"]
    folders = {name: build / name for name in resources}
    return {function: _size(resources, folders, f"{_logical(function)}Function") for function in FUNCTIONS}


def _size(resources: dict[str, Any], folders: dict[str, Path], name: str) -> int:
    layers = [layer["Ref"] if isinstance(layer, dict) else layer for layer in resources[name]["Properties"]["Layers"]]
    return sum(_bytes(folders[part]) for part in (name, *layers))


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _logical(function: str) -> str:
    return "".join(word.capitalize() for word in function.split("_"))
