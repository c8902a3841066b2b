"""Fetches the sounds that a document plays, as far as it takes to know that they are there and how long they are.

Source: https://www.twilio.com/docs/voice/twiml/play
"""

import wave
from io import BytesIO
from typing import Final
from urllib.parse import urlsplit

from infra.local.simulators.twilio.twiml import RETRIEVAL_FAILURE, Malformed
from infra.local.simulators.twilio.webhooks import Webhooks

WRONG_TYPE: Final = 12300
"""https://www.twilio.com/docs/api/errors/12300"""

_OF_TWILIO: Final = ("com.twilio.", "api.twilio.com", "demo.twilio.com")
"""Hosts of Twilio's own music: they are there, and nothing leaves this machine to prove it."""

_MUSIC: Final = 30.0
"""Seconds of a sound that is not looked into."""

_MP3_BYTES_A_SECOND: Final = 4000
"""At 32 kbit/s, the least that a recording of ours or of Twilio's has."""


async def seconds_of(webhooks: Webhooks, url: str) -> float:
    """How long the sound at `url` is.

    :raises Malformed: 11200 if it cannot be had, 12300 if it is no sound.
    """
    if (urlsplit(url).hostname or "").startswith(_OF_TWILIO):
        return _MUSIC
    answer = await webhooks.send(url, (), method="GET")
    if not answer.ok:
        said = answer.status or answer.body.decode(errors="replace") or "nothing in time"
        raise Malformed(RETRIEVAL_FAILURE, f"the sound {url} answered {said}")
    if not answer.content_type.startswith("audio/"):
        raise Malformed(WRONG_TYPE, f"the sound {url} is {answer.content_type}, not audio")
    return length_of(answer.body)


def length_of(sound: bytes) -> float:
    """Its seconds; of what is no WAV, as if it were an MP3."""
    if not sound.startswith(b"RIFF"):
        return len(sound) / _MP3_BYTES_A_SECOND
    try:
        with wave.open(BytesIO(sound)) as file:
            return float(file.getnframes() / file.getframerate())
    except (wave.Error, EOFError):
        return 0.0
