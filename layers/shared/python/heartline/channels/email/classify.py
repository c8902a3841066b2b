"""What kind of mail it is: written by a person to us, or by a machine, a list, a loop."""

import re
from typing import Final

from heartline.channels.email.headers import Headers
from heartline.channels.email.structure import Part
from heartline.domain.mail import Bounce, Kind, Verdicts

LOOP_HEADER: Final = "X-Heartline-Loop"
"""Carried by every automatic mail of ours, signed, so that we know it when it comes back."""

_REPORTS: Final = {
    "message/delivery-status": Kind.BOUNCE,
    "message/global-delivery-status": Kind.BOUNCE,
    "message/feedback-report": Kind.COMPLAINT,
    "message/disposition-notification": Kind.RECEIPT,
    "message/global-disposition-notification": Kind.RECEIPT,
}
_REPORT_TYPES: Final = {
    "delivery-status": Kind.BOUNCE,
    "feedback-report": Kind.COMPLAINT,
    "disposition-notification": Kind.RECEIPT,
}
_DAEMON: Final = re.compile(r"(?:mailer-daemon|mail-daemon|mdaemon|postmaster)@", re.IGNORECASE)
_UNDELIVERED: Final = re.compile(
    r"undeliver|delivery (?:status|failure|has failed|report)|(?:mail|message) (?:delivery failed|system error)"
    r"|failure notice|returned (?:mail|to sender)|not delivered|unzustellbar|non remis|no entregado|mancato recapito",
    re.IGNORECASE,
)
_AWAY: Final = re.compile(
    r"out of (?:the )?office|\booo\b|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|vacation|on leave|away from"
    r"|abwesen|automatische antwort|urlaub|r[ée]ponse automatique|absent|respuesta autom|fuera de (?:la )?oficina"
    r"|risposta automatica|fuori (?:sede|ufficio)|resposta autom|ausente|afwezig|automatisch antwoord"
    r"|poza biurem|automatyczna odpowied|自動応答|自動返信|不在|自动回复|外出",
    re.IGNORECASE,
)
_AUTOMATIC: Final = re.compile(r"(?!no\b)[a-z]")
_AWAY_MARKS: Final = ("x-autoreply", "x-autorespond", "x-ms-exchange-inbox-rules-loop", "x-vacation", "x-gm-vacation")


def classify(root: Part, *, sender: str, bounces: tuple[Bounce, ...], verdicts: Verdicts, is_own: bool) -> Kind:
    """The kind of the mail with the tree `root`; the first sign in the order of weight counts.

    `sender` is the From address; `is_own` says that the mail carries our own valid loop signature.
    """
    headers = root.headers
    if verdicts.virus == "fail":
        return Kind.VIRUS
    if verdicts.spam == "fail":
        return Kind.SPAM
    if is_own:
        return Kind.OWN_LOOP
    return _report(root, sender, bounces) or _automatic(headers) or _list(headers) or Kind.HUMAN


def _report(root: Part, sender: str, bounces: tuple[Bounce, ...]) -> Kind | None:
    if root.content_type == "multipart/report":
        declared = _REPORT_TYPES.get(root.parameters.get("report-type", "").lower())
        found = (_REPORTS[part.content_type] for part in root.walk() if part.content_type in _REPORTS)
        return declared or next(found, Kind.BOUNCE if bounces else Kind.AUTO_REPLY)
    is_daemon = bool(_DAEMON.match(sender))
    is_failure = bool(_UNDELIVERED.search(root.headers.text("subject")))
    if root.headers.has("x-failed-recipients") or (bounces and (is_daemon or _is_null_path(root.headers))):
        return Kind.BOUNCE
    return Kind.BOUNCE if is_failure and (is_daemon or _is_null_path(root.headers)) else None


def _automatic(headers: Headers) -> Kind | None:
    """An automatic answer, and whether it says that somebody is away."""
    submitted = headers.source("auto-submitted").lower()
    is_automatic = bool(
        _AUTOMATIC.match(submitted)
        or any(headers.has(name) and headers.source(name).lower() != "no" for name in _AWAY_MARKS)
        or headers.source("precedence").lower() in ("auto_reply", "auto-reply")
        or headers.source("x-auto-response-suppress").lower() not in ("", "none")
        or _is_null_path(headers)
    )
    if not is_automatic:
        return None
    return Kind.OUT_OF_OFFICE if _says_away(headers, submitted) else Kind.AUTO_REPLY


def _says_away(headers: Headers, submitted: str) -> bool:
    """Exchange, Zimbra and Google mark an absence each in their own way; all put it in the subject."""
    is_vacation = "vacation" in submitted or headers.has("x-vacation") or headers.has("x-gm-vacation")
    return is_vacation or bool(_AWAY.search(headers.text("subject")))


def _list(headers: Headers) -> Kind | None:
    is_list = headers.has("list-id") or headers.source("precedence").lower() in ("bulk", "junk", "list")
    return Kind.LIST if is_list else None


def _is_null_path(headers: Headers) -> bool:
    return "".join(headers.source("return-path").split()) == "<>"
