"""Whether what a menu says fits what it does: digits, lengths, languages. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from heartline.domain.ivr.findings import Finding, error, prompts_of, warning
from heartline.domain.ivr.keys import KEY_NAMES
from heartline.domain.ivr.languages import SPOKEN
from heartline.domain.ivr.model import LONGEST_SENTENCE, Choice, InLanguage, Ivr, Menu, Node, Prompt, Say
from heartline.domain.ivr.walking import plain
from heartline.domain.ivr.ways import reachable

PATIENCE_SECONDS: Final = 40
LETTERS_A_SECOND: Final = 15
"""How long people listen, and how fast a voice reads: an average of what Twilio's voices do."""


def check_words(ivr: Ivr) -> Iterator[Finding]:
    """The findings about what is said and what may be pressed or said."""
    for node in ivr.nodes.values():
        if isinstance(node, Menu):
            yield from _same_keys(node)
            yield from _unnamed_keys(node)
        if isinstance(node, Menu | Say) and not node.prompt:
            yield error("it says nothing", node=node.name, field="prompt")
    yield from _lengths(ivr)
    yield from _voices(ivr)
    yield from _untold(ivr)


def _same_keys(menu: Menu) -> Iterator[Finding]:
    for position in _repeated(choice.digit for choice in menu.choices):
        key = menu.choices[position].digit
        yield error(f"the key {key} is given twice", node=menu.name, field=f"choices[{position}].digit")
    said = [(position, plain(words)) for position, choice in enumerate(menu.choices) for words in choice.words]
    for index in _repeated(words for _, words in said):
        position, words = said[index]
        yield error(f"“{words}” stands for two choices", node=menu.name, field=f"choices[{position}].words")


def _repeated(values: Iterable[str]) -> Iterator[int]:
    """The positions of values that were there before."""
    seen: Counter[str] = Counter()
    for position, value in enumerate(values):
        if seen[value]:
            yield position
        seen[value] += 1


def _unnamed_keys(menu: Menu) -> Iterator[Finding]:
    for language, spoken in menu.prompt.by_language.items():
        missing = [choice for choice in menu.choices if spoken.text and not _names(spoken.text, choice)]
        if missing:
            keys = ", ".join(choice.digit for choice in missing)
            yield warning(f"nobody is told in {language} what to press {keys} for", node=menu.name, field="prompt")


def _names(text: str, choice: Choice) -> bool:
    """Whether a text names a key, as itself or in words."""
    alone = re.search(rf"(?<!\w){re.escape(choice.digit)}(?!\w)", text)
    return alone is not None or not KEY_NAMES[choice.digit].isdisjoint(re.findall(r"\w+", text.casefold()))


def _lengths(ivr: Ivr) -> Iterator[Finding]:
    for node, field, prompt in prompts_of(ivr):
        for language, spoken in prompt.by_language.items():
            if not spoken.text and not spoken.audio:
                yield error(f"it says nothing in {language}", node=node, field=field)
            if len(spoken.text) > LONGEST_SENTENCE and not spoken.audio:
                yield error(f"{len(spoken.text)} characters; {LONGEST_SENTENCE} can be said", node=node, field=field)
            elif len(spoken.text) > PATIENCE_SECONDS * LETTERS_A_SECOND:
                seconds = len(spoken.text) // LETTERS_A_SECOND
                yield warning(f"it takes about {seconds} s to say; many hang up before", node=node, field=field)


def _voices(ivr: Ivr) -> Iterator[Finding]:
    """Languages that nobody reads out, each at the first place that needs it."""
    needed = {ivr.language: ("", "language")}
    for node in ivr.nodes.values():
        if isinstance(node, InLanguage):
            needed.setdefault(node.language, (node.name, "language"))
    for name, field, prompt in prompts_of(ivr):
        for language, spoken in prompt.by_language.items():
            if spoken.text and not spoken.audio:
                needed.setdefault(language, (name, field))
    for language, (name, field) in needed.items():
        if language not in SPOKEN and language not in ivr.voices:
            problem = f"no voice speaks {language} by itself: name one under “voices”, as Google.el-GR-Standard-A"
            yield error(problem, node=name, field=field)


def _untold(ivr: Ivr) -> Iterator[Finding]:
    """What a caller who chose a language hears in another."""
    for chosen in ivr.nodes.values():
        if isinstance(chosen, InLanguage):
            for name in reachable(ivr, chosen.name, stop=lambda node: isinstance(node, InLanguage)):
                yield from _not_in(chosen.language, ivr.nodes[name])


def _not_in(language: str, node: Node) -> Iterator[Finding]:
    prompt = getattr(node, "prompt", None)
    if isinstance(prompt, Prompt) and prompt and language not in prompt.by_language:
        heard, _ = prompt.in_language(language)
        yield warning(f"it is not said in {language}: callers hear it in {heard}", node=node.name, field="prompt")
