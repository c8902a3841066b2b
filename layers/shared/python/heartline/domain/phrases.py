"""What Heartline says to callers by itself, in the languages that it knows: tables.

`{n}` stands for a number, `{key}` for a key of the telephone. Whoever needs another language, or other words, gives
them in the configuration (`voice_rules.words`).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Phrase(StrEnum):
    """One thing that is said; the value is its name in the configuration."""

    NEXT = "next"
    PLACE = "place"
    MINUTE = "minute"
    MINUTES = "minutes"
    OFFER = "offer"
    STAR = "star"
    POUND = "pound"
    CALL_BACK = "call_back"
    KEEPS_PLACE = "keeps_place"
    CALL_LATER = "call_later"
    MESSAGE = "message"
    THANKS = "thanks"
    CLOSED = "closed"
    CLOSED_CALL_BACK = "closed_call_back"
    RECORDED = "recorded"
    CONNECTED = "connected"
    IN_A_CIRCLE = "in_a_circle"


VOICES: Final[Mapping[str, str]] = {
    "en": "en-US",
    "es": "es-US",
    "de": "de-DE",
    "fr": "fr-FR",
    "it": "it-IT",
    "pt": "pt-BR",
    "nl": "nl-NL",
}
"""The form of each language that is spoken where the caller's own has no voice (`domain.ivr.languages`)."""

_ENGLISH: Final = {
    Phrase.NEXT: "Thank you for waiting. You are next in line.",
    Phrase.PLACE: "Thank you for waiting. You are number {n} in line.",
    Phrase.MINUTE: "The wait is about 1 minute.",
    Phrase.MINUTES: "The wait is about {n} minutes.",
    Phrase.OFFER: "To be called back without losing your place, press {key}.",
    Phrase.STAR: "star",
    Phrase.POUND: "pound",
    Phrase.CALL_BACK: "Nobody is there right now. We will call you back. Goodbye.",
    Phrase.KEEPS_PLACE: "Thank you. You keep your place in line, and we will call you back. Goodbye.",
    Phrase.CALL_LATER: "Nobody is there right now. Please call again later. Goodbye.",
    Phrase.MESSAGE: "Nobody can take your call right now. Please leave a message after the tone.",
    Phrase.THANKS: "Thank you. Goodbye.",
    Phrase.CLOSED: "We are closed now. Please call again during our opening hours. Goodbye.",
    Phrase.CLOSED_CALL_BACK: "We are closed now, and will call you back when we are there. Goodbye.",
    Phrase.RECORDED: "This call is recorded.",
    Phrase.CONNECTED: "You are connected with us already. Please use that call. Goodbye.",
    Phrase.IN_A_CIRCLE: (
        "This call was forwarded in a circle, so we end it here. Please call our number directly. Goodbye."
    ),
}

_SPANISH: Final = {
    Phrase.NEXT: "Gracias por esperar. Usted es la siguiente persona en la fila.",
    Phrase.PLACE: "Gracias por esperar. Usted ocupa el lugar número {n} de la fila.",
    Phrase.MINUTE: "La espera es de aproximadamente un minuto.",
    Phrase.MINUTES: "La espera es de aproximadamente {n} minutos.",
    Phrase.OFFER: "Si prefiere que le llamemos sin perder su lugar, oprima {key}.",
    Phrase.STAR: "asterisco",
    Phrase.POUND: "numeral",
    Phrase.CALL_BACK: "En este momento no hay nadie. Le devolveremos la llamada. Hasta luego.",
    Phrase.KEEPS_PLACE: "Gracias. Conserva su lugar en la fila y le devolveremos la llamada. Hasta luego.",
    Phrase.CALL_LATER: "En este momento no hay nadie. Por favor, llame más tarde. Hasta luego.",
    Phrase.MESSAGE: "En este momento nadie puede atender su llamada. Deje su mensaje después del tono.",
    Phrase.THANKS: "Gracias. Hasta luego.",
    Phrase.CLOSED: "Ahora está cerrado. Por favor, llame en nuestro horario de atención. Hasta luego.",
    Phrase.CLOSED_CALL_BACK: "Ahora está cerrado. Le devolveremos la llamada cuando volvamos. Hasta luego.",
    Phrase.RECORDED: "Esta llamada se graba.",
    Phrase.CONNECTED: "Ya tiene una llamada con nosotros. Por favor, use esa llamada. Hasta luego.",
    Phrase.IN_A_CIRCLE: (
        "Esta llamada se ha desviado en círculo y termina aquí. Por favor, llame directamente a nuestro número. "
        "Hasta luego."
    ),
}

_GERMAN: Final = {
    Phrase.NEXT: "Danke, dass Sie warten. Sie sind als Nächstes an der Reihe.",
    Phrase.PLACE: "Danke, dass Sie warten. Sie sind auf Platz {n} in der Warteschlange.",
    Phrase.MINUTE: "Die Wartezeit beträgt etwa eine Minute.",
    Phrase.MINUTES: "Die Wartezeit beträgt etwa {n} Minuten.",
    Phrase.OFFER: "Wenn wir Sie zurückrufen sollen, ohne dass Sie Ihren Platz verlieren, drücken Sie {key}.",
    Phrase.STAR: "Stern",
    Phrase.POUND: "Raute",
    Phrase.CALL_BACK: "Im Moment ist niemand da. Wir rufen Sie zurück. Auf Wiederhören.",
    Phrase.KEEPS_PLACE: "Danke. Sie behalten Ihren Platz, und wir rufen Sie zurück. Auf Wiederhören.",
    Phrase.CALL_LATER: "Im Moment ist niemand da. Bitte rufen Sie später noch einmal an. Auf Wiederhören.",
    Phrase.MESSAGE: (
        "Im Moment kann niemand Ihren Anruf annehmen. Bitte hinterlassen Sie nach dem Signalton eine Nachricht."
    ),
    Phrase.THANKS: "Vielen Dank. Auf Wiederhören.",
    Phrase.CLOSED: "Wir haben gerade geschlossen. Bitte rufen Sie während unserer Öffnungszeiten an. Auf Wiederhören.",
    Phrase.CLOSED_CALL_BACK: (
        "Wir haben gerade geschlossen und rufen Sie zurück, sobald wir wieder da sind. Auf Wiederhören."
    ),
    Phrase.RECORDED: "Dieses Gespräch wird aufgezeichnet.",
    Phrase.CONNECTED: "Sie sind schon mit uns verbunden. Bitte nutzen Sie diesen Anruf. Auf Wiederhören.",
    Phrase.IN_A_CIRCLE: (
        "Dieser Anruf wurde im Kreis weitergeleitet und endet hier. Bitte rufen Sie unsere Nummer direkt an. "
        "Auf Wiederhören."
    ),
}

_FRENCH: Final = {
    Phrase.NEXT: "Merci de patienter. Vous êtes la prochaine personne à être servie.",
    Phrase.PLACE: "Merci de patienter. Vous êtes en position {n} dans la file d'attente.",
    Phrase.MINUTE: "L'attente est d'environ une minute.",
    Phrase.MINUTES: "L'attente est d'environ {n} minutes.",
    Phrase.OFFER: "Pour être rappelé sans perdre votre place, appuyez sur {key}.",
    Phrase.STAR: "étoile",
    Phrase.POUND: "dièse",
    Phrase.CALL_BACK: "Personne n'est disponible pour le moment. Nous vous rappellerons. Au revoir.",
    Phrase.KEEPS_PLACE: "Merci. Vous gardez votre place, et nous vous rappellerons. Au revoir.",
    Phrase.CALL_LATER: "Personne n'est disponible pour le moment. Veuillez rappeler plus tard. Au revoir.",
    Phrase.MESSAGE: (
        "Personne ne peut prendre votre appel pour le moment. Veuillez laisser un message après le signal sonore."
    ),
    Phrase.THANKS: "Merci. Au revoir.",
    Phrase.CLOSED: "Nous sommes fermés. Veuillez rappeler pendant nos heures d'ouverture. Au revoir.",
    Phrase.CLOSED_CALL_BACK: "Nous sommes fermés et vous rappellerons dès notre retour. Au revoir.",
    Phrase.RECORDED: "Cet appel est enregistré.",
    Phrase.CONNECTED: "Vous êtes déjà en ligne avec nous. Veuillez utiliser cet appel. Au revoir.",
    Phrase.IN_A_CIRCLE: (
        "Cet appel a été transféré en boucle et se termine ici. Veuillez appeler directement notre numéro. Au revoir."
    ),
}

_ITALIAN: Final = {
    Phrase.NEXT: "Grazie per l'attesa. Il prossimo turno è il suo.",
    Phrase.PLACE: "Grazie per l'attesa. Lei è al numero {n} della fila.",
    Phrase.MINUTE: "L'attesa è di circa un minuto.",
    Phrase.MINUTES: "L'attesa è di circa {n} minuti.",
    Phrase.OFFER: "Per essere richiamato senza perdere il posto, prema {key}.",
    Phrase.STAR: "asterisco",
    Phrase.POUND: "cancelletto",
    Phrase.CALL_BACK: "In questo momento non c'è nessuno. La richiameremo. Arrivederci.",
    Phrase.KEEPS_PLACE: "Grazie. Il suo posto resta suo, e la richiameremo. Arrivederci.",
    Phrase.CALL_LATER: "In questo momento non c'è nessuno. La preghiamo di richiamare più tardi. Arrivederci.",
    Phrase.MESSAGE: "In questo momento nessuno può rispondere. Lasci un messaggio dopo il segnale acustico.",
    Phrase.THANKS: "Grazie. Arrivederci.",
    Phrase.CLOSED: "Ora siamo chiusi. La preghiamo di richiamare durante l'orario di apertura. Arrivederci.",
    Phrase.CLOSED_CALL_BACK: "Ora siamo chiusi. La richiameremo quando riapriamo. Arrivederci.",
    Phrase.RECORDED: "Questa chiamata viene registrata.",
    Phrase.CONNECTED: "È già in linea con noi. La preghiamo di usare quella chiamata. Arrivederci.",
    Phrase.IN_A_CIRCLE: (
        "Questa chiamata è stata inoltrata in circolo e finisce qui. La preghiamo di chiamare direttamente il nostro "
        "numero. Arrivederci."
    ),
}

_PORTUGUESE: Final = {
    Phrase.NEXT: "Obrigado por esperar. O próximo atendimento é o seu.",
    Phrase.PLACE: "Obrigado por esperar. A sua posição na fila é o número {n}.",
    Phrase.MINUTE: "A espera é de cerca de um minuto.",
    Phrase.MINUTES: "A espera é de cerca de {n} minutos.",
    Phrase.OFFER: "Para ligarmos de volta sem perder o seu lugar, pressione {key}.",
    Phrase.STAR: "asterisco",
    Phrase.POUND: "cerquilha",
    Phrase.CALL_BACK: "Não há ninguém neste momento. Vamos ligar de volta. Até logo.",
    Phrase.KEEPS_PLACE: "Obrigado. O seu lugar fica guardado, e vamos ligar de volta. Até logo.",
    Phrase.CALL_LATER: "Não há ninguém neste momento. Por favor, ligue mais tarde. Até logo.",
    Phrase.MESSAGE: "Ninguém pode atender a sua chamada neste momento. Deixe uma mensagem depois do sinal.",
    Phrase.THANKS: "Obrigado. Até logo.",
    Phrase.CLOSED: "Estamos fechados. Por favor, ligue durante o nosso horário de atendimento. Até logo.",
    Phrase.CLOSED_CALL_BACK: "Estamos fechados e vamos ligar de volta quando reabrirmos. Até logo.",
    Phrase.RECORDED: "Esta chamada é gravada.",
    Phrase.CONNECTED: "Já tem uma chamada connosco. Por favor, use essa chamada. Até logo.",
    Phrase.IN_A_CIRCLE: (
        "Esta chamada foi reencaminhada em círculo e termina aqui. Por favor, ligue diretamente para o nosso número. "
        "Até logo."
    ),
}

_DUTCH: Final = {
    Phrase.NEXT: "Bedankt voor het wachten. U bent als volgende aan de beurt.",
    Phrase.PLACE: "Bedankt voor het wachten. U bent nummer {n} in de wachtrij.",
    Phrase.MINUTE: "De wachttijd is ongeveer één minuut.",
    Phrase.MINUTES: "De wachttijd is ongeveer {n} minuten.",
    Phrase.OFFER: "Als u teruggebeld wilt worden zonder uw plaats te verliezen, druk dan op {key}.",
    Phrase.STAR: "sterretje",
    Phrase.POUND: "hekje",
    Phrase.CALL_BACK: "Er is op dit moment niemand. Wij bellen u terug. Tot ziens.",
    Phrase.KEEPS_PLACE: "Dank u. U houdt uw plaats, en wij bellen u terug. Tot ziens.",
    Phrase.CALL_LATER: "Er is op dit moment niemand. Bel later nog eens. Tot ziens.",
    Phrase.MESSAGE: "Op dit moment kan niemand uw oproep aannemen. Spreek na de toon een bericht in.",
    Phrase.THANKS: "Dank u. Tot ziens.",
    Phrase.CLOSED: "Wij zijn nu gesloten. Bel ons tijdens onze openingstijden. Tot ziens.",
    Phrase.CLOSED_CALL_BACK: "Wij zijn nu gesloten en bellen u terug zodra wij er weer zijn. Tot ziens.",
    Phrase.RECORDED: "Dit gesprek wordt opgenomen.",
    Phrase.CONNECTED: "U bent al met ons verbonden. Gebruik dat gesprek. Tot ziens.",
    Phrase.IN_A_CIRCLE: (
        "Deze oproep is in een kring doorgeschakeld en eindigt hier. Bel ons nummer rechtstreeks. Tot ziens."
    ),
}

PHRASES: Final[Mapping[str, Mapping[Phrase, str]]] = {
    "en": _ENGLISH,
    "es": _SPANISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "it": _ITALIAN,
    "pt": _PORTUGUESE,
    "nl": _DUTCH,
}
