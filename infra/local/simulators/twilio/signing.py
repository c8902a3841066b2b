"""Twilio's webhook signature, written from its description so that the library's validator is an independent check.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha1
from hmac import new as hmac

Fields = tuple[tuple[str, str], ...]
"""Form fields in the order they are sent; empty values are sent, and signed, as well."""


def signature(auth_token: str, url: str, fields: Iterable[tuple[str, str]] = ()) -> str:
    """Base64 of HMAC-SHA1 over the exact URL followed by each field's name and value, sorted by name."""
    signed = url + "".join(name + value for name, value in sorted(fields))
    return b64encode(hmac(auth_token.encode(), signed.encode(), sha1).digest()).decode()
