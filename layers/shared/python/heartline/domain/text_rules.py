"""What an inbox sets for its texts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRules:
    """`service` is Twilio's messaging service that sends for the inbox (`MG…`), or empty: then its number does.

    `shorten_links` lets that service shorten them. `introduce`: the first text to somebody who never wrote to us says
    who we are and how to opt out, in `introduction` (`{inbox}` is the inbox's name), or in the usual words of
    `language` where that is empty.
    """

    service: str = ""
    shorten_links: bool = False
    introduce: bool = True
    introduction: str = ""
    language: str = "en"
