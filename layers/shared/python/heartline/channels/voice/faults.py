"""What Twilio refuses about a call, in words for the agent whose screen shows them.

Twilio's own words name our account and its resources, and are not passed on: a code that is not known is shown as such.
Source: https://www.twilio.com/docs/api/errors
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from heartline.channels.twilio.rest import translated
from heartline.domain.errors import Refused

WORDS: Final = {
    "20404": "They are not in the call any more.",
    "21210": "Twilio does not let us call from our number: an admin has to verify it there.",
    "21211": "The number is not a telephone number.",
    "21219": "Twilio calls verified numbers only, as long as our account is on trial.",
}

UNKNOWN: Final = "Twilio did not do this (error {}). Tell an admin."


@contextmanager
def explained() -> Iterator[None]:
    """Turn the library's failures into ours, as `translated` does, with what is refused in plain words."""
    try:
        with translated():
            yield
    except Refused as error:
        code = error.reason
        if not code:  # our own refusal
            raise
        raise Refused(WORDS.get(code) or UNKNOWN.format(code), reason=code) from error
