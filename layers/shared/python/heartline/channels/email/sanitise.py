"""HTML of strangers made safe to show: an allow-list of tags, attributes, styles and links, no loads from elsewhere."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import nh3

from heartline.channels.email import charsets
from heartline.channels.email.html_balance import balance, cut, is_cheap
from heartline.channels.email.html_style import loads, safe_style
from heartline.channels.email.limits import LIMITS, Limits


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VERSION: Final = 2
"""Stored with what was sanitised; a higher one means that the raw copies should be run again."""

TAGS: Final = _words(
    """
    a abbr address article b big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption
    figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small span
    strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr
    """
)
_DROPPED_WITH_CONTENT: Final = _words(
    """
    script style title template noscript noembed noframes iframe object applet embed xmp plaintext textarea select
    svg math audio video frameset
    """
)
_EVERYWHERE: Final = frozenset({"align", "bgcolor", "dir", "height", "lang", "style", "title", "valign", "width"})
_CLASSES: Final = _words("MsoNormal MsoNoSpacing MsoPlainText MsoListParagraph")
"""Paragraphs of Outlook: its style sheet is dropped, so our own must know that they keep no distance."""

_ATTRIBUTES: Final = {
    "*": set(_EVERYWHERE),
    "a": {"href"},
    "blockquote": {"type"},
    "br": {"clear"},
    "col": {"span"},
    "colgroup": {"span"},
    "font": {"color", "face", "size"},
    "hr": {"color", "noshade", "size"},
    "img": {"alt", "border", "data-remote", "hspace", "src", "srcset", "vspace"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "p": {"class"},
    "table": {"background", "border", "cellpadding", "cellspacing"},
    "td": {"background", "colspan", "nowrap", "rowspan"},
    "th": {"background", "colspan", "nowrap", "rowspan"},
}
_NAMES: Final = frozenset().union(*_ATTRIBUTES.values())
_LINK: Final = re.compile(r"(?:https?://[^\s]|mailto:[^\s]|tel:[+\d])", re.IGNORECASE)
_REMOTE: Final = re.compile(r"(?:https?:)?//\S+", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[0-9]{1,6}\Z")
_BLOCKED: Final = "remote:"
_BLOCKED_IMAGE: Final = re.compile(rf'<img[^>]* src="{_BLOCKED}[^>]*>')
_MARK: Final = re.compile(r' data-remote="[^"]*"')
_ROUNDS: Final = 4
_CONTENT_ID: Final = re.compile(r"cid:[^\s\"'<>\\]{1,300}\Z", re.IGNORECASE)
_CUT: Final = "HTML beyond the cap was left out"
_UNLISTED: Final = "remote images beyond the cap were left out"
_FLATTENED: Final = "HTML nested deeper than the cap was flattened"
_IGNORED: Final = str.maketrans("", "", "".join(map(chr, range(32))) + "\x7f")


@dataclass(frozen=True, slots=True, kw_only=True)
class SanitisedHtml:
    """What is safe to show, the remote images it asked for, and what had to be cut to get there.

    `remote_images` are addresses over https and http, protocol-relative ones as https. An image that is not shown
    stays as `<img data-remote="N">`, N its place in them: no browser loads it, the inbox puts the address there when
    an agent asks. Images that came with the mail keep `src="cid:<Content-ID>"`, for the attachment's address.
    """

    html: str
    remote_images: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()


def sanitise(html: str, *, remote: bool = False, limits: Limits = LIMITS) -> SanitisedHtml:
    """`html` without anything that runs, loads, submits, or reaches out of its place.

    Remote images are listed, and with `remote` those over https in `<img src>` kept. Sanitising the result again
    changes nothing. HTML beyond the caps is cut, nesting beyond the cap flattened, and markup that becomes
    something else each time it is read is reduced to its text.
    """
    cleaner = _Cleaner(remote=remote, limits=limits)
    # One character more than is read, so that what is cut is noticed; a mail's HTML may be far longer.
    safe = cleaner.clean(charsets.clean(html[: limits.html_size + 1]))
    for _ in range(_ROUNDS):
        if cleaner.is_settled(safe):
            break
        safe = cleaner.clean(safe)
    else:
        safe = cleaner.clean(nh3.clean(safe, tags=set()))
    return SanitisedHtml(html=safe, remote_images=cleaner.remote_images, defects=cleaner.defects)


class _Cleaner:
    """Cleans HTML once, judging one attribute at a time; remembers the remote images asked for and what was cut."""

    def __init__(self, *, remote: bool, limits: Limits) -> None:
        self._keeps_remote = remote
        self._limits = limits
        self._images: dict[str, int] = {}
        self._defects: dict[str, None] = {}
        self._is_balanced = False
        self._reader = _reader(self._attribute)

    @property
    def remote_images(self) -> tuple[str, ...]:
        return tuple(self._images)

    @property
    def defects(self) -> tuple[str, ...]:
        return tuple(self._defects)

    def clean(self, html: str) -> str:
        safe = self._reader.clean(self._bounded(html))
        return _BLOCKED_IMAGE.sub(_marked, safe) if _BLOCKED in safe else safe

    def is_settled(self, safe: str) -> bool:
        """Whether reading what was written gives the same tree: a parser repairs, and a repair may want another."""
        if not self._is_balanced and not is_cheap(safe):
            return False
        html, _ = cut(safe, size=self._limits.html_size, tags=self._limits.html_tags)
        return _plain_reader().clean(html) == safe

    def _bounded(self, html: str) -> str:
        limits = self._limits
        html, is_short = cut(html, size=limits.html_size, tags=limits.html_tags)
        if is_short:
            self._defects[_CUT] = None
        self._is_balanced = not is_cheap(html)
        if self._is_balanced:
            html, is_flat = balance(html, tags=TAGS, names=_NAMES, depth=limits.html_depth)
            if is_flat:
                self._defects[_FLATTENED] = None
        return html

    def _attribute(self, _tag: str, name: str, value: str) -> str | None:
        match name:
            case "href":
                return _link(value)
            case "style":
                return self._style(value)
            case "src":
                return self._image(value)
            case "srcset" | "background":
                self._list(_REMOTE.findall(value))
                return None
            case "class":
                return " ".join(word for word in value.split() if word in _CLASSES) or None
            case "data-remote":
                return value if _NUMBER.match(value) else None
        return value

    def _style(self, value: str) -> str | None:
        self._list(loads(value))
        return safe_style(value) or None

    def _image(self, value: str) -> str | None:
        address = value.translate(_IGNORED).strip()
        if _CONTENT_ID.match(address):
            return address
        if not _REMOTE.match(address):
            return None
        address = _absolute(address)
        number = self._number(address)
        if number is None:
            return None
        return address if self._keeps_remote and address.lower().startswith("https:") else f"{_BLOCKED}{number}"

    def _list(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            self._number(_absolute(address))

    def _number(self, address: str) -> int | None:
        """The place of `address` in the list, or None if the list is full."""
        if address not in self._images and len(self._images) >= self._limits.remote_images:
            self._defects[_UNLISTED] = None
            return None
        return self._images.setdefault(address, len(self._images))


@cache
def _plain_reader() -> nh3.Cleaner:
    """Kept, because building a reader takes longer than reading a short mail."""
    return _reader(None)


def _reader(attribute_filter: Callable[[str, str, str], str | None] | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(_DROPPED_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=attribute_filter,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "tel", "cid"},
    )


def _marked(image: re.Match[str]) -> str:
    """A blocked image's tag with its number in an attribute that means nothing to a browser.

    The cleaner writes `<`, `>` and quotes inside values as entities, so that a tag can be read from its text.
    """
    return _MARK.sub("", image[0]).replace(f' src="{_BLOCKED}', ' data-remote="', 1)


def _absolute(address: str) -> str:
    return f"https:{address}" if address.startswith("//") else address


def _link(value: str) -> str | None:
    """An absolute address that a person may follow; control characters, which browsers skip, are taken out first."""
    address = value.translate(_IGNORED).strip()
    return address if _LINK.match(address) else None
