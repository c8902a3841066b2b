"""Who we are and how to opt out: what stands once below the first text to somebody who never wrote to us.

Carriers and CTIA ask for both: https://www.twilio.com/docs/messaging/guidelines/us#opt-out-messages
"""

from typing import Final

LANGUAGES: Final = {
    "de": "{inbox}. Mit STOP als Antwort endet das.",
    "en": "{inbox}. Reply STOP to opt out.",
    "es": "{inbox}. Responda STOP para darse de baja.",
    "fr": "{inbox}. Répondez STOP pour vous désabonner.",
    "it": "{inbox}. Rispondi STOP per non riceverne più.",
    "nl": "{inbox}. Antwoord STOP om je af te melden.",
    "pl": "{inbox}. Odpisz STOP: rezygnacja.",
    "pt": "{inbox}. Responda STOP para cancelar.",
}
"""Words in the GSM 7-bit alphabet as far as the language allows: they must not make the whole text dearer."""


def introduction(words: str, language: str, *, inbox: str) -> str:
    """The notice of an inbox: its own `words`, or the usual ones of its language."""
    return (words or LANGUAGES[language]).replace("{inbox}", inbox)


def introduced(text: str, notice: str) -> str:
    """`text` with the notice below it; a message of files alone has the notice for its text."""
    if not notice:
        return text
    return f"{text.rstrip()}\n\n{notice}" if text.strip() else notice
