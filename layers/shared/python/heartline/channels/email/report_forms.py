"""The wordings of delivery reports that no program was meant to read: where they name whom, when they wait. Tables.

From before RFC 3464 and beside it: qmail, Exim, Sendmail 5 and 8, Exchange 5.5 and 2003, Domino, GroupWise, IMail,
Yahoo, Gmail, 1&1 and GMX, mail.ru, OpenSMTPD, DragonFly, James, MailMarshal, LISTSERV, filters before a mail server.
"""

import re
from typing import Final

from heartline.channels.email.report_fields import ADDRESS
from heartline.channels.email.signs import any_of

FAILED: Final = any_of(
    r"undeliver|not (?:be |been |able to be )?(?:delivered|deliver|sent)|(?:un|not )able to deliver",
    r"deliver\w{0,3} (?:to the following|failed|failure|error|problem|status)|failed permanently|failure reason",
    r"(?:permanent|fatal|delivery) (?:\w{1,10} )?(?:error|failure)|error (?:occurred|below|message)",
    r"did not (?:reach|receive)|transcript of (?:the )?(?:session|attempts)|returned because",
    r"has been returned|delivering your mail|error has",
    r"was rejected|rejected (?:by|recipient)|intended recipient|error-for:|unknown user|user address",
    r"nicht (?:zugestellt|ausgeliefert)|unzustellbar|n'a pas pu",
    r"no se (?:ha )?(?:podido|pudo) entregar|non (?:è stato|può essere) (?:possibile )?(?:recapita|consegna)",
    r"не (?:может быть )?доставлен|невозможно доставить",
    r"送信できません|送信に失敗|配信できません|届け|无法(?:发送|送达|投递)|退回",
)
DELAYED: Final = any_of(
    r"(?:has|have|been|is|was) (?:temporarily )?delay|delivery delay|delayed (?:mail|\d)|\(delay\)|action: delayed",
    r"not yet (?:been delivered|received)|not been delivered (?:after|for|within)|warning only",
    r"will (?:be re-?tried|retry|continue|keep (?:on )?trying)|still (?:being re-?tried|trying)|attempts will continue",
    r"warning: (?:could not send|message)",
    r"verzögert|retardée?|se ha retrasado|ritardat|opóźnion|задержан|遅延|延迟",
)
GIVEN_UP: Final = any_of(
    r"permanent|fatal|given up|giving up|no further|not going to try again|will not (?:be|re|try|continue|retry)",
)
SUCCEEDED: Final = any_of(
    r"\((?:success|relay\w{0,2}|delivered)\)|successful (?:mail )?deliver",
    r"^\s*(?:delivered|relayed|zugestellt|remis|entregado|consegnato|доставлено|已送达|配信済み)\s*[:\uff1a]",
)
COPY: Final = re.compile(
    r"^[ \t>]{0,8}(?:[-=_*#]{2,80}+[ \t]*+[^\n]{0,60}?(?:original|copy|kopie|copie|copia|returned m|returned d"
    r"|unsent|header"
    r"|message follows|копия|письм|原信|原邮件)[^\n]{0,80}$"
    r"|(?:original (?:mail|message)[^\n]{0,30}(?:follows?|as received)|original message headers?:"
    r"|message headers? follow"
    r"|below is a copy|included is a copy|a summary of the undelivered)[^\n]{0,80}$"
    r"|(?:received|return-path|dkim-signature|arc-seal):[ \t])",
    re.IGNORECASE | re.MULTILINE,
)
"""Where the returned mail begins; what stands below is ours, or pretends to be."""

LEADING: Final = re.compile(
    rf"[ \t>*•·-]{{0,20}}(?:rcpt to[ \t]*:[ \t]*)?[<\"']{{0,2}}({ADDRESS})[>\"']{{0,2}}(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A line that begins with an address; believed if `FOLLOWING` or a fault comes after it."""

FOLLOWING: Final = re.compile(r"[ \t]*(?:\Z|[:;,(\[]|\.\.\.|on [A-Z0-9]|<)", re.IGNORECASE)
COMMANDED: Final = re.compile(
    rf"\brcpt to[ \t]*:[ \t]*<?({ADDRESS})"
    rf"|^[ \t<>]{{0,8}}[45]\d\d[ -](?:[45]\.\d\.\d{{1,3}}[ \t]+)?[^<\n]{{0,60}}<({ADDRESS})>"
    rf"|\bsmtp=({ADDRESS})",
    re.IGNORECASE,
)
"""A line of the dialogue between two servers that names the recipient."""

RCPT: Final = re.compile(rf"\brcpt to[ \t]*:[ \t]*<?{ADDRESS}", re.IGNORECASE)

LABELLED: Final = any_of(
    rf"(?:recipients?|users?|address(?:es)?|mailbox|account|error-for|addressed to|empfänger|destinataire|destinatario)"
    rf"(?: (?:e-?mail )?address)?[ \t]*:[ \t]*<?({ADDRESS})",
    rf"\b(?:recipient|user|to|mailbox|account|address|for)[ \t]*:?[ \t]*<({ADDRESS})>",
    rf"\bgenerated from[ \t]+<?({ADDRESS})",
)
BRACKETED: Final = re.compile(rf"<({ADDRESS})>")
"""A recipient named in passing; asked for only where no line begins with one."""

WRITTEN_TO: Final = re.compile(
    rf"^[ \t>]{{0,8}}to[ \t]*:[^\n<@]{{0,200}}?<?({ADDRESS})",
    re.IGNORECASE | re.MULTILINE,
)

MESSAGE_ID: Final = re.compile(
    r"^[ \t>|]{0,10}(?:x-)?(?:original[- ])?(?:message[- ]?id|nachrichten-?id|id (?:du|de) (?:message|mensaje)"
    r"|メッセージ ?ID)"
    r"[ \t]*[:\uff1a][ \t]*(?:\n[ \t>|]{1,10})?<?([^\s<>]{1,998})",
    re.IGNORECASE | re.MULTILINE,
)
