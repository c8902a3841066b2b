"""Why a conversation is heated once its customer has written: their own words, and how often they have come."""

from heartline.domain.heat import is_heated, signs_of_history
from heartline.words.tone import heat_of


def why_heated(words: str, contacts: int) -> tuple[str, ...]:
    """The signs in words for an agent; empty where they do not add up. `contacts` counts this one; no words, no tone.

    The first words of a process load the detector and the lexicon (`words.tone`).
    """
    signs = (*(heat_of(words) if words else ()), *signs_of_history(contacts=contacts))
    return tuple(str(sign) for sign in signs) if is_heated(signs) else ()
