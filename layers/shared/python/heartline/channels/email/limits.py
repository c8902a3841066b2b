"""How much of a mail is read before the rest is left out with a word about it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Caps on one mail; the defaults hold every honest mail (SES itself accepts 40 MB) and stop the hostile ones.

    `size` and `header_size` are in bytes, `html_size` in characters, `html_tags` counts start tags; `depth` counts
    multiparts inside each other; `addresses` and `message_ids` are per header.
    """

    size: int = 42 * 1024 * 1024
    header_size: int = 256 * 1024
    header_count: int = 1000
    parts: int = 1000
    depth: int = 30
    addresses: int = 500
    message_ids: int = 200
    html_size: int = 1024 * 1024
    html_tags: int = 15_000
    html_depth: int = 512
    remote_images: int = 500


LIMITS: Final = Limits()
