"""A mail's HTML as it is stored: what its author wrote now and the history that follows it, each safe on its own."""

import re
from dataclasses import dataclass
from typing import Final

from heartline.channels.email.html_balance import cut
from heartline.channels.email.limits import LIMITS
from heartline.channels.email.reply import fold_html, has_quotes
from heartline.channels.email.sanitise import sanitise
from heartline.domain.mail import ParsedMail

_NUMBERED: Final = re.compile(r'(<img\b[^<>]*? data-remote=")(\d+)(?=")')


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Sanitised HTML; `quoted` is empty where nothing is folded. Both number their images in `remote_images`."""

    visible: str
    quoted: str
    remote_images: tuple[str, ...]


def folded(mail: ParsedMail) -> Folded:
    """Fold the HTML of `mail`; what cannot be told apart, or would leave nothing to see, stays whole.

    It is divided as it came, because the classes that say most do not survive cleaning.
    """
    whole = Folded(visible=mail.html or "", quoted="", remote_images=mail.remote_images)
    if not has_quotes(mail.source_html):
        return whole
    source, _ = cut(mail.source_html, size=LIMITS.html_size, tags=LIMITS.html_tags)
    visible, quoted = (sanitise(part) for part in fold_html(source))
    if not quoted.html.strip() or not visible.html.strip():
        return whole
    images = (*visible.remote_images, *quoted.remote_images)
    return Folded(
        visible=visible.html,
        quoted=_renumbered(quoted.html, after=len(visible.remote_images)),
        remote_images=images,
    )


def _renumbered(html: str, *, after: int) -> str:
    """The same HTML with its remote images counted on from another part's."""
    return _NUMBERED.sub(lambda image: f"{image[1]}{int(image[2]) + after}", html)
