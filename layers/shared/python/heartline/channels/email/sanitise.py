"""HTML of strangers made safe to show: an allow-list of tags, attributes, styles and links, no loads from elsewhere."""

import re
from dataclasses import dataclass
from typing import Final

import nh3

from heartline.channels.email import charsets
from heartline.channels.email.html_balance import balance, cut, is_cheap
from heartline.channels.email.limits import LIMITS, Limits


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VERSION: Final = 1
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
    button svg math audio video frameset
    """
)
_EVERYWHERE: Final = frozenset({"align", "bgcolor", "dir", "height", "lang", "style", "title", "valign", "width"})
_ATTRIBUTES: Final = {
    "*": set(_EVERYWHERE),
    "a": {"href"},
    "blockquote": {"type"},
    "col": {"span"},
    "colgroup": {"span"},
    "font": {"color", "face", "size"},
    "img": {"src", "alt", "border"},
    "ol": {"start", "type"},
    "table": {"background", "border", "cellpadding", "cellspacing"},
    "td": {"background", "colspan", "nowrap", "rowspan"},
    "th": {"background", "colspan", "nowrap", "rowspan"},
}
_NAMES: Final = frozenset().union(*_ATTRIBUTES.values())
_STYLES: Final = _words(
    """
    background-color border border-bottom border-collapse border-color border-left border-radius border-right
    border-spacing border-style border-top border-width color direction display font font-family font-size font-style
    font-variant font-weight height letter-spacing line-height list-style-type margin margin-bottom margin-left
    margin-right margin-top max-width min-width padding padding-bottom padding-left padding-right padding-top
    text-align text-decoration text-indent text-transform vertical-align white-space width word-break word-wrap
    """
)
_STYLE_VALUE: Final = re.compile(r"[\w\s#%.,'!()+-]{1,200}\Z")
_STYLE_CALL: Final = re.compile(r"[\w-]*\(")
_STYLE_CALLS: Final = frozenset({"rgb(", "rgba(", "hsl(", "hsla("})
_STYLE_URL: Final = re.compile(r"url\(\s*['\"]?(https?://[^'\")\s]+)", re.IGNORECASE)
_LINK: Final = re.compile(r"(?:https?://[^\s]|mailto:[^\s]|tel:[+\d])", re.IGNORECASE)
_REMOTE: Final = re.compile(r"(?:https?:)?//[^\s]", re.IGNORECASE)
_CONTENT_ID: Final = re.compile(r"cid:[^\s\"'<>\\]{1,300}\Z", re.IGNORECASE)
_CUT: Final = "HTML beyond the cap was left out"
_FLATTENED: Final = "HTML nested deeper than the cap was flattened"
_IGNORED: Final = str.maketrans("", "", "".join(map(chr, range(32))) + "\x7f")


@dataclass(frozen=True, slots=True, kw_only=True)
class SanitisedHtml:
    """What is safe to show, the remote images it asked for, and what had to be cut to get there.

    Images that came with the mail keep `src="cid:<Content-ID>"`: no browser loads it, the inbox puts the
    attachment's address there.
    """

    html: str
    remote_images: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()


def sanitise(html: str, *, remote: bool = False, limits: Limits = LIMITS) -> SanitisedHtml:
    """`html` without anything that runs, loads, submits, or reaches out of its place.

    Remote images are listed, and with `remote` those over https kept. Sanitising the result again changes nothing.
    HTML beyond the caps is cut, nesting beyond the cap flattened.
    """
    html, is_short = cut(charsets.clean(html), size=limits.html_size, tags=limits.html_tags)
    is_flat = False
    if not is_cheap(html):
        html, is_flat = balance(html, tags=TAGS, names=_NAMES, depth=limits.html_depth)
    attributes = _AttributeFilter(remote=remote)
    return SanitisedHtml(
        html=_clean(html, attributes),
        remote_images=tuple(dict.fromkeys(attributes.remote_images)),
        defects=tuple(defect for defect, is_so in ((_CUT, is_short), (_FLATTENED, is_flat)) if is_so),
    )


class _AttributeFilter:
    """Judges one attribute at a time, and remembers which remote images were asked for."""

    def __init__(self, *, remote: bool) -> None:
        self._keeps_remote = remote
        self.remote_images: list[str] = []

    def __call__(self, tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return _link(value)
        if name in ("src", "background"):
            return self._image(value, may_be_attached=tag == "img")
        if name == "style":
            return self._style(value)
        return value

    def _image(self, value: str, *, may_be_attached: bool) -> str | None:
        address = value.translate(_IGNORED).strip()
        if may_be_attached and _CONTENT_ID.match(address):
            return address
        if not _REMOTE.match(address):
            return None
        address = f"https:{address}" if address.startswith("//") else address
        self.remote_images.append(address)
        return address if self._keeps_remote and address.lower().startswith("https:") else None

    def _style(self, value: str) -> str | None:
        self.remote_images += _STYLE_URL.findall(value)
        declarations = (declaration.partition(":") for declaration in value.split(";"))
        kept = [f"{name.strip().lower()}:{rule.strip()}" for name, _, rule in declarations if _is_harmless(name, rule)]
        return ";".join(kept) or None


def _clean(html: str, attributes: _AttributeFilter) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(_DROPPED_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=attributes,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "tel", "cid"},
    )


def _link(value: str) -> str | None:
    """An absolute address that a person may follow; control characters, which browsers skip, are taken out first."""
    address = value.translate(_IGNORED).strip()
    return address if _LINK.match(address) else None


def _is_harmless(name: str, rule: str) -> bool:
    calls = _STYLE_CALL.findall(rule.lower())
    is_known = name.strip().lower() in _STYLES and bool(_STYLE_VALUE.match(rule))
    return is_known and all(call in _STYLE_CALLS for call in calls)
