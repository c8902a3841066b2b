# ruff: noqa: RUF001  the letters of other scripts are meant
"""What mail programs write around a quoted mail, by language: verbs, labels of copied headers, dividers. Data only.

A language is one line to add. The forms are those of Gmail, Outlook, Apple Mail, Thunderbird, Yahoo, Proton and the
programs that are common where the language is spoken.
"""

from enum import Enum
from typing import Final


class Label(Enum):
    """What a line of copied headers says."""

    FROM = "from"
    DATE = "date"
    SENT = "sent"
    TO = "to"
    SUBJECT = "subject"
    OTHER = "other"


VERBS: Final = {
    "ar": "كتبت كتب",
    "bg": "написа",
    "ca": "escriure escrit",
    "cs": "napsal napsala",
    "da": "skrev",
    "de": "schrieb geschrieben schrieben",
    "el": "έγραψε",
    "en": "wrote writes said says sent",
    "es": "escribió escribio",
    "et": "kirjutas",
    "fa": "نوشت",
    "fi": "kirjoitti",
    "fr": "écrit ecrit dit",
    "he": "כתב כתבה",
    "hr": "napisao napisala",
    "hu": "írta",
    "id": "menulis",
    "is": "skrifaði",
    "it": "scritto",
    "lt": "rašė",
    "lv": "rakstīja",
    "nl": "schreef geschreven",
    "pl": "napisał napisała pisze napisana nadesłał",
    "pt": "escreveu",
    "ro": "scris",
    "ru": "написал написала пишет писал",
    "sk": "napísal napísala",
    "sl": "napisal napisala",
    "tr": "yazdı yazmış",
    "uk": "написав написала пише",
    "vi": "viết",
}
"""The verb of an attribution, of several words the last: at its end, before the name, or before the date."""

UNSPACED_VERBS: Final = (
    "写道", "寫道", "写到", "のメール", "のメッセージ", "書きました", "작성하였습니다", "작성", "썼습니다", "เขียนว่า",
)  # fmt: skip
"""The verbs of scripts that put no spaces between words."""

NAME_FOLLOWS: Final = frozenset(
    {"schrieb", "schreef", "skrev", "kirjoitti", "escreveu", "kirjutas", "skrifaði", "napisana"}
)
"""After these the name may stand between the verb and the colon."""

WEAK_VERBS: Final = frozenset({"sent", "said", "says", "dit"})
"""Of these many sentences are made; at the end, with a date, they may be an attribution."""

FIRST_PERSON: Final = frozenset(
    {
        "I",
        "we",
        "We",
        "me",
        "us",
        "mir",
        "uns",
        "mij",
        "mig",
        "meg",
        "ich",
        "wir",
        "j",
        "nous",
        "yo",
        "io",
        "noi",
        "ik",
        "wij",
        "jag",
        "jeg",
        "minä",
        "eu",
        "nós",
    }
)
"""Who says `I wrote` tells a story; a mail program names somebody."""

OPENERS: Final = (
    "on am le el em il op den på pe dne dňa dnia w_dniu в на στις în pada vào a_las no_dia 在 於 于 في بتاريخ בתאריך"
)
"""With these an attribution begins in many languages, the date following."""

_LABELS: Final = {
    Label.FROM: """
        from von de expéditeur da mittente van od nadawca odosielateľ från fra frá lähettäjä от
        отправитель від від_кого от_кого kimden gönderen από מאת من 差出人 送信者 发件人 寄件者 寄件人 發件人
        보낸_사람 보낸사람 보낸이 feladó de_la expeditor dari pengirim từ người_gửi saatja nuo šalje
        pošiljatelj
        """,
    Label.SENT: """
        sent gesendet envoyé envoyée envoyé_le enviado enviada enviado_el enviado_em enviada_em
        inviato inviata verzonden wysłano wysłane odesláno odoslané skickat sendt sent_on
        lähetetty отправлено надіслано дата_отправки gönderildi gönderme_tarihi εστάλη στάλθηκε
        נשלח تاريخ_الإرسال أُرسلت 送信日時 发送时间 發送時間 寄件日期 보낸_날짜 보낸_시간 elküldve küldve trimis dikirim
        đã_gửi saadetud poslano
        """,
    Label.DATE: """
        date datum fecha data dato päivämäärä päiväys pvm дата tarih ημερομηνία תאריך التاريخ 日付
        日時 日期 날짜 dátum dată tanggal ngày kuupäev créé_le message_du
        """,
    Label.TO: """
        to an à a para aan do komu till til vastaanottaja кому kime alıcı προς אל إلى 宛先 收件人 收件者
        받는_사람 받는사람 받는이 címzett către kepada đến pour destinataire destinatario destinatário pro
        cc kopie copie cópia copia kopia kopi kopio копия копія bilgi bcc bcc_to 抄送 副本 참조
        másolatot_kap dw udw reply_to reply-to répondre_à cc_to copie_à odp_do antwort_an
        responder_a rispondi_a
        """,
    Label.SUBJECT: """
        subject betreff objet sujet asunto assunto oggetto onderwerp temat předmět predmet ämne
        emne efni aihe тема konu θέμα נושא الموضوع 件名 主题 主題 主旨 제목 tárgy subiect subjek perihal
        chủ_đề teema zadeva tema
        """,
    Label.OTHER: """
        attachments anlagen anhänge importance priority wichtigkeit priorität pièces_jointes
        importancia importância organization bijlage bijlagen allegati priorità vedhæftet
        vedlegg bilagor liitteet organisation
        """,
}
LABELS: Final = {
    word.replace("_", " "): label
    for label in (Label.OTHER, Label.TO, Label.SUBJECT, Label.DATE, Label.SENT, Label.FROM)
    for word in _LABELS[label].split()
}
"""Lower-case label → what it says; where languages disagree (`a`, `tema`), the last meaning in the order wins."""

DIVIDERS: Final = (
    # a copied or answered mail
    "original message", "originalmessage", "reply message", "ursprüngliche nachricht",
    "originalnachricht", "original-nachricht", "original nachricht", "antwort nachricht",
    "urspr. nachricht", "message d'origine", "message d’origine", "message original",
    "message initial", "mensaje original", "mensagem original", "messaggio originale",
    "messaggio originario", "oorspronkelijk bericht", "origineel bericht", "wiadomość oryginalna",
    "oryginalna wiadomość", "ursprungligt meddelande", "originalmeddelande",
    "oprindelig meddelelse", "opprinnelig melding", "original meddelelse", "alkuperäinen viesti",
    "původní zpráva", "původní e-mail", "pôvodná správa", "eredeti üzenet", "mesaj original",
    "mesajul original", "исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение",
    "вихідне повідомлення", "orijinal mesaj", "özgün ileti", "αρχικό μήνυμα", "הודעה מקורית",
    "الرسالة الأصلية", "元のメッセージ", "原始邮件", "原始郵件", "原邮件", "원본 메시지", "원본 메일", "pesan asli",
    "pesan asal", "tin nhắn gốc", "thư gốc", "izvorna poruka", "originalna poruka",
    # a forwarded one
    "forwarded message", "begin forwarded message", "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht", "weitergeleitete e-mail", "message transféré",
    "début du message transféré", "début du message réexpédié", "mensaje reenviado",
    "inicio del mensaje reenviado", "mensagem encaminhada", "início da mensagem encaminhada",
    "mensagem reencaminhada", "messaggio inoltrato", "inizio messaggio inoltrato",
    "doorgestuurd bericht", "begin doorgestuurd bericht", "wiadomość przekazana",
    "początek przekazywanej wiadomości", "vidarebefordrat meddelande", "vidarebefordrat brev",
    "videresendt meddelelse", "videresendt melding", "start på videresendt besked",
    "välitetty viesti", "přeposlaná zpráva", "preposlaná správa", "továbbított üzenet",
    "mesaj redirecționat", "пересылаемое письмо", "перенаправленное сообщение",
    "переслане повідомлення", "iletilen mesaj", "προωθημένο μήνυμα", "הודעה שהועברה",
    "الرسالة المعاد توجيهها", "転送メッセージ", "転送されたメッセージ", "转发的邮件", "转发邮件信息",
    "轉寄郵件", "轉寄的郵件",
    "전달된 메시지", "전달된 메일", "pesan terusan", "thư đã chuyển tiếp",
)  # fmt: skip
"""Lower case, without the dashes around them."""

REPLY_ABOVE: Final = (
    "reply above this line", "reply above the line", "reply above here", "write above this line",
    "above this line to reply", "type your reply above", "type your response above",
    "oberhalb dieser zeile", "über dieser zeile", "au-dessus de cette ligne",
    "por encima de esta línea", "encima de esta línea", "sobre esta línea", "acima desta linha",
    "acima dessa linha", "sopra questa riga", "sopra questa linea", "boven deze regel",
    "boven deze lijn", "powyżej tej linii", "powyżej tego wiersza", "ovanför denna rad",
    "ovanför den här raden", "over denne linje", "over denne linjen", "tämän rivin yläpuolelle",
    "nad tento řádek", "nad tímto řádkem", "выше этой строки", "над этой строкой",
    "вище цього рядка", "bu satırın üst", "この行より上", "この線より上", "在此行上方",
    "在这一行之上", "请在此行以上回复",
    "이 줄 위에",
)  # fmt: skip
"""The line that help desks put on top of what they send; everything below it is theirs."""


def spaced(table: str) -> list[str]:
    """The words of a table, longest first, so that an alternation finds the longer of two."""
    return sorted((word.replace("_", " ") for word in table.split()), key=len, reverse=True)
