"""Reads what a configuration says of an inbox's WhatsApp: its number, and the templates that it may send."""

import re
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.whatsapp import Template
from heartline.services.forms import E164
from heartline.services.sections import Section

_CONTENT: Final = re.compile(r"HX[0-9a-fA-F]{32}")
_NAME: Final = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*")
_BODY: Final = re.compile(r".{1,1024}", re.DOTALL)


def read_numbers(section: Section) -> tuple[str, ...]:
    """The inbox's WhatsApp number: one, for a customer's session is with one; raises `Invalid` with the place."""
    numbers = section.texts("whatsapp", E164)
    if len(numbers) > 1:
        raise Invalid(
            f"{section.place}.whatsapp: an inbox has one WhatsApp number; give the others inboxes of their own"
        )
    return numbers


def read_templates(section: Section) -> tuple[Template, ...]:
    """The inbox's templates, each of which has a `sid` of its own; raises `Invalid` with the place."""
    templates = section.each("whatsapp_templates", _template)
    sids = [template.sid for template in templates]
    for sid in sids:
        if sids.count(sid) > 1:
            raise Invalid(f"{section.place}.whatsapp_templates: the template {sid} is used {sids.count(sid)} times")
    return templates


def _template(section: Section) -> Template:
    section.only("sid", "name", "language", "body")
    return Template(
        sid=section.text("sid", form=_CONTENT),
        name=section.text("name", form=_NAME),
        language=section.text("language", "en", form=_LANGUAGE),
        body=section.text("body", form=_BODY),
    )
