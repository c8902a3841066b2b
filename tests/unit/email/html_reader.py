"""A second reader of HTML, independent of the sanitiser's own parser: what in it would act, load or lead astray."""

import re
from html.parser import HTMLParser

from heartline.channels.email.sanitise import TAGS

_LOADS = re.compile(r"url|expression|@|javascript|behavi|binding|position|\\|/\*", re.IGNORECASE)
_NAMES = """
    align alt bgcolor border cellpadding cellspacing class clear color colspan data-remote dir face height href hspace
    lang noshade nowrap rel reversed rowspan size span src start style title type valign value vspace width
"""
_ATTRIBUTES = frozenset(_NAMES.split())


class HtmlReader(HTMLParser):
    """Collects the tags with their attributes, the text, and the faults of what it is fed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def faults(html: str, *, remote: bool = False) -> list[str]:
    """Every tag and attribute that must not be there; `remote` allows images over https."""
    found = HtmlReader(html).tags
    unknown = [tag for tag, _ in found if tag not in TAGS]
    return unknown + [
        f"{tag} {name}={value}"
        for tag, attributes in found
        for name, value in attributes.items()
        if not _is_harmless(tag, name, value, remote=remote)
    ]


def _is_harmless(tag: str, name: str, value: str, *, remote: bool) -> bool:
    match name:
        case "href":
            return tag == "a" and value.lower().startswith(("http://", "https://", "mailto:", "tel:"))
        case "src":
            shown = ("cid:", "https://") if remote else ("cid:",)
            return tag == "img" and value.lower().startswith(shown)
        case "style":
            return not _LOADS.search(value)
        case "data-remote":
            return value.isdecimal()
    return name in _ATTRIBUTES
