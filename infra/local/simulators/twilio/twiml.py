"""Reads a TwiML document, and refuses one that Twilio would refuse or warn about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from infra.local.simulators.twilio.grammar import GRAMMAR, MUST_SAY

PARSE_FAILURE: Final = 12100
SCHEMA_VIOLATION: Final = 12200
INVALID_CONTENT_TYPE: Final = 12300
RETRIEVAL_FAILURE: Final = 11200
"""https://www.twilio.com/docs/api/errors"""

_LARGEST: Final = 64 * 1024


class Malformed(Exception):
    """A document that cannot be carried out; `code` is Twilio's error code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One element: a verb, or a noun inside one. `words` is its own text, trimmed."""

    name: str
    attributes: Mapping[str, str]
    words: str = ""
    children: tuple["Verb", ...] = ()

    def get(self, attribute: str, default: str = "") -> str:
        return self.attributes.get(attribute, default)

    def seconds(self, attribute: str, default: float) -> float:
        return float(self.attributes.get(attribute, default))


def read(document: bytes, allowed: frozenset[str]) -> tuple[Verb, ...]:
    """The verbs of a document, of which `allowed` may stand here (a call, a queue, a whisper).

    :raises Malformed: 12100 for what is not XML with a <Response>, 12200 for what the grammar does not know.
    """
    root = _parsed(document)
    if root.tag != "Response":
        raise Malformed(PARSE_FAILURE, f"the root element is <{root.tag}>, not <Response>")
    if root.attrib or _own_words(root):
        raise Malformed(SCHEMA_VIOLATION, "<Response> takes neither attributes nor words")
    return tuple(_verb(element, allowed, "Response") for element in root)


def _parsed(document: bytes) -> Element:
    if len(document) > _LARGEST:
        raise Malformed(PARSE_FAILURE, f"the document has {len(document)} bytes, more than {_LARGEST}")
    if b"<!DOCTYPE" in document:
        raise Malformed(PARSE_FAILURE, "a document type is not allowed")
    try:
        return fromstring(document)  # noqa: S314 - without a document type there are no entities to expand
    except (ParseError, LookupError, ValueError) as fault:
        raise Malformed(PARSE_FAILURE, f"not XML: {fault}") from fault


def _verb(element: Element, allowed: frozenset[str], parent: str) -> Verb:
    rule = GRAMMAR.get(element.tag)
    if rule is None:
        raise Malformed(SCHEMA_VIOLATION, f"unknown element <{element.tag}>")
    if element.tag not in allowed:
        raise Malformed(SCHEMA_VIOLATION, f"<{element.tag}> may not stand inside <{parent}> here")
    words = _own_words(element)
    if words and not rule.words:
        raise Malformed(SCHEMA_VIOLATION, f"<{element.tag}> takes no words")
    if not words and element.tag in MUST_SAY:
        raise Malformed(SCHEMA_VIOLATION, f"<{element.tag}> is empty")
    _check_attributes(element)
    children = tuple(_verb(child, rule.children, element.tag) for child in element)
    return Verb(name=element.tag, attributes=dict(element.attrib), words=words, children=children)


def _check_attributes(element: Element) -> None:
    known = GRAMMAR[element.tag].attributes
    for name, value in element.attrib.items():
        if name not in known:
            raise Malformed(SCHEMA_VIOLATION, f"<{element.tag}> has no attribute {name}")
        if not known[name].fullmatch(value):
            raise Malformed(SCHEMA_VIOLATION, f"<{element.tag} {name}> cannot be {value!r}")


def _own_words(element: Element) -> str:
    """The words between the tags, those after a child included."""
    pieces = [element.text, *(child.tail for child in element)]
    return " ".join(" ".join(piece.split()) for piece in pieces if piece and not piece.isspace())
