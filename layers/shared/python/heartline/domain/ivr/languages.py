"""Languages that Twilio reads out without being told a voice; for any other a menu names one.

Source: https://www.twilio.com/docs/voice/twiml/say and https://docs.aws.amazon.com/polly/latest/dg/standard-voices.html
"""

from typing import Final

# fmt: off
SPOKEN: Final = frozenset([
    "arb", "ca-ES", "cmn-CN", "cy-GB", "da-DK", "de-DE", "en-AU", "en-CA", "en-GB", "en-GB-WLS", "en-IN", "en-US",
    "es-ES", "es-MX", "es-US", "fi-FI", "fr-CA", "fr-FR", "hi-IN", "is-IS", "it-IT", "ja-JP", "ko-KR", "nb-NO", "nl-NL",
    "pl-PL", "pt-BR", "pt-PT", "ro-RO", "ru-RU", "sv-SE", "tr-TR", "zh-CN", "zh-HK", "zh-TW",
])
# fmt: on
