"""Fetches the files that the application offers with a text, as Twilio does: what cannot be had makes the text fail.

Source: https://www.twilio.com/docs/messaging/guides/accepted-mime-types and the pages of the codes below
https://www.twilio.com/docs/api/errors
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from infra.local.simulators.twilio.faults import ApiFault

MOST_FILES: Final = 10
LARGEST: Final = {"": 5 * 1024 * 1024, "whatsapp:": 16 * 1024 * 1024}
"""Bytes of all files of a message, by how its addresses begin."""

NOT_FETCHED: Final = 11200
WRONG_TYPE: Final = 12300
TOO_LARGE: Final = 30019

_KINDS: Final = ("image/", "audio/", "video/", "text/", "application/pdf", "application/vcard", "application/vnd.")
_NEVER: Final = ("text/html", "text/xml", "image/svg+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that travels with a text."""

    content_type: str
    content: bytes


class NotFetched(Exception):
    """A file cannot travel; `code` is the one that the text fails with."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"error {code}")


def check_addresses(urls: Sequence[str]) -> None:
    """Refuse what is no address at all, before anything is fetched.

    :raises ApiFault: 21620 or 21623.
    """
    if len(urls) > MOST_FILES:
        raise ApiFault(21623)
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ApiFault(21620)


async def fetched(urls: Sequence[str], *, channel: str) -> list[Enclosure]:
    """All files; `channel` is how the message's addresses begin.

    :raises NotFetched: if one cannot be had, or cannot travel.
    """
    found = [await _fetched(url) for url in urls]
    if sum(len(each.content) for each in found) > LARGEST[channel]:
        raise NotFetched(TOO_LARGE)
    return found


async def _fetched(url: str) -> Enclosure:
    limit = aiohttp.ClientTimeout(total=15)
    try:
        async with aiohttp.ClientSession(timeout=limit) as session, session.get(url) as response:
            response.raise_for_status()
            found = Enclosure(content_type=response.content_type, content=await response.read())
    except (TimeoutError, aiohttp.ClientError, ValueError) as fault:
        raise NotFetched(NOT_FETCHED) from fault
    if not found.content_type.startswith(_KINDS) or found.content_type in _NEVER:
        raise NotFetched(WRONG_TYPE)
    return found
