"""Loads a function's handler from its folder, as Lambda does, and forgets what another test's bootstrap has built."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from heartline import bootstrap
from heartline.bootstrap import calls, ledger, outbound, phones, recordings, routing

FUNCTIONS = Path(__file__).parents[1] / "functions"


def load(name: str) -> ModuleType:
    """The module `functions/<name>/app.py`."""
    spec = importlib.util.spec_from_file_location(f"heartline_function_{name}", FUNCTIONS / name / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def forget() -> None:
    """Empty every cache of the bootstrap: the next call reads the environment again."""
    modules = (bootstrap, calls, ledger, outbound, phones, recordings, routing)
    for part in [part for module in modules for part in vars(module).values()]:
        if hasattr(part, "cache_clear"):
            part.cache_clear()
