"""What the author of a plain-text mail wrote now, apart from the history quoted below; for display, deletes nothing."""

import re
from typing import Final

_QUOTE: Final = re.compile(r"[ \t]{0,3}>")
_SIGNATURE: Final = re.compile(r"-- ?\Z|__+\Z|[-=]{2,}\s*\Z")
_ATTRIBUTION_START: Final = re.compile(
    r"\s{0,3}(?:On|Am|Le|El|Em|No dia|Il(?: giorno)?|Op|W dniu|Dnia|På|Den|Dne|在)\b",
    re.IGNORECASE,
)
_ATTRIBUTION_END: Final = re.compile(
    r"(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef"
    r"|napisał(?:\(a\))?|skrev|napsal|写道|さん?は?書きました|のメッセージ)"
    r"[^:\uff1a\n]{0,80}[:\uff1a]\s*\Z",
    re.IGNORECASE,
)
_BARE_ATTRIBUTION: Final = re.compile(
    r"(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}).{0,120}(?:<[^<>@\s]+@[^<>\s]+>|@).{0,40}[:\uff1a]\s*\Z"
)
_DIVIDER: Final = re.compile(
    r"\s*[-_*]{2,}\s*(?:original message|forwarded message|reply message|ursprüngliche nachricht|original-nachricht"
    r"|weitergeleitete nachricht|message d'origine|message original|mensaje original|mensagem original"
    r"|messaggio originale|messaggio inoltrato|oorspronkelijk bericht"
    r"|wiadomość oryginalna|元のメッセージ|原始邮件|原始郵件)\s*[-_*]{2,}",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(
    r"\s{0,3}[*]?(?:from|von|de|da|van|od|fra|差出人|发件人|寄件者|sent|gesendet|envoyé|enviado|enviada|inviato|verzonden"
    r"|wysłano|送信日時|发送时间|date|datum|fecha|data|日期|to|an|à|para|a|aan|do|宛先|收件人|subject|betreff|objet|asunto|assunto"
    r"|oggetto|onderwerp|temat|件名|主题|cc)[*]?\s?[:\uff1a][*]?\s",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"\s*[_-]{10,}\s*\Z")
_MOBILE: Final = re.compile(
    r"\s{0,3}(?:sent from (?:my|mail for|outlook|yahoo|proton)|get outlook for|von meinem .{1,40} gesendet"
    r"|gesendet (?:mit|von)|envoyé de(?:puis)? mon|enviado (?:desde|do) m[ie]|inviato da(?:l mio)?|verstuurd vanaf mijn"
    r"|wysłane z|iPhoneから送信|发自我的)[^,;!?]{0,60}\Z",
    re.IGNORECASE,
)
_LONGEST_LINE: Final = 1000
_LINES_READ: Final = 5000
_LONGEST_TEXT: Final = 2_000_000


def visible_reply(text: str, *, keep_signature: bool = False) -> str:
    """What the author of `text` wrote now, without quoted history and, unless kept, without the signature.

    Answers written between the quotes leave everything in place, and so does a mail in
    which nothing else is left, or one longer than anybody writes.
    """
    if len(text) > _LONGEST_TEXT:
        return text
    lines = text.split("\n")
    end = _history_start(lines)
    if not keep_signature:
        end = _signature_start(lines, end)
    visible = "\n".join(lines[:end]).strip()
    return visible or text.strip()


def _history_start(lines: list[str]) -> int:
    """Where the history begins: at an attribution, a divider, a block of copied headers, or trailing quotes."""
    for at, line in enumerate(lines[:_LINES_READ]):
        if _begins_history(lines, at, line[:_LONGEST_LINE]):
            return len(lines) if _has_answers_inside(lines, at) else at
    return _trailing_quotes(lines)


def _begins_history(lines: list[str], at: int, line: str) -> bool:
    if not line.strip() or _QUOTE.match(line):
        return False
    if _DIVIDER.match(line) or _is_copied_headers(lines, at):
        return True
    if _RULE.match(line):
        return _is_copied_headers(lines, _next_filled(lines, at + 1))
    return _is_attribution(lines, at, line)


def _is_attribution(lines: list[str], at: int, line: str) -> bool:
    """`On …, somebody wrote:` on up to four lines, or a date and an address that end in a colon."""
    if _BARE_ATTRIBUTION.search(line):
        return True
    if not _ATTRIBUTION_START.match(line):
        return False
    for end in range(at + 1, min(at + 5, len(lines) + 1)):
        joined = " ".join(part[:_LONGEST_LINE].strip() for part in lines[at:end])
        if _ATTRIBUTION_END.search(joined):
            return True
        if not lines[end - 1].strip():
            return False
    return False


def _is_copied_headers(lines: list[str], at: int) -> bool:
    """At least three header lines one below the other, as Outlook puts above a quoted mail."""
    found = [line for line in lines[at : at + 6] if _HEADER.match(line[:_LONGEST_LINE])]
    return at < len(lines) and bool(_HEADER.match(lines[at][:_LONGEST_LINE])) and len(found) >= 3


def _next_filled(lines: list[str], at: int) -> int:
    return next((place for place in range(at, min(at + 3, len(lines))) if lines[place].strip()), len(lines))


def _has_answers_inside(lines: list[str], at: int) -> bool:
    """Whether text follows quotes below the attribution: the author answered point by point."""
    after = _next_filled(lines, _end_of_attribution(lines, at))
    if after >= len(lines) or not _QUOTE.match(lines[after]):
        return False
    end = _signature_start(lines, len(lines), floor=after)
    return any(line.strip() and not _QUOTE.match(line) for line in lines[after:end])


def _end_of_attribution(lines: list[str], at: int) -> int:
    return next(
        (end for end in range(at + 1, min(at + 5, len(lines))) if lines[end - 1].rstrip().endswith((":", "\uff1a"))),
        at + 1,
    )


def _trailing_quotes(lines: list[str]) -> int:
    """Quotes at the very end without an attribution; quotes further up belong to what is said."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _QUOTE.match(lines[end - 1])):
        end -= 1
    return end if any(_QUOTE.match(line) for line in lines[end:]) else len(lines)


def _signature_start(lines: list[str], end: int, floor: int = 0) -> int:
    """The last signature mark before `end`, if few enough lines follow it; a mobile program's line counts as one."""
    last_filled = next((at for at in range(end - 1, floor - 1, -1) if lines[at].strip()), floor)
    for at in range(max(floor, last_filled - 15), end):
        line = lines[at][:_LONGEST_LINE]
        if _SIGNATURE.match(line) or (_MOBILE.match(line) and last_filled - at <= 2):
            return at
    return end
