# ruff: noqa: RUF001  the letters of other scripts are meant
"""What programs, companies and people put below what they say, in many languages: one pattern a line. Data only."""

from typing import Final

MOBILE: Final = r"""
[<(\[]*sent (?:from|via|with|by|using|on) .+
(?:get|download) (?:the )?outlook for .+
from my (?:iphone|ipad|android|mobile|phone|galaxy|samsung|blackberry|pixel|huawei|htc|nokia|windows).*
\w+ from mobile
von meinem? .+ (?:gesendet|versendet|geschickt)
gesendet (?:von|mit|über|vom|aus) .+
diese (?:nachricht|e-?mail) wurde von .+ gesendet
(?:holen sie sich |laden sie )?outlook für .+
(?:envoyé|expédié|écrit) (?:de|depuis|via|avec|à partir d).+
(?:télécharge[zr]|obtenez|obtenir) outlook pour .+
(?:enviado|mandado) (?:desde|con|vía|a través) .+
(?:obtener|obtén|obtenga|descargar?) outlook para .+
enviad[oa] (?:do|da|de|a partir|via|pelo|pela|com) .+
(?:obter|baixar|transferir|obtenha|baixe) o outlook para .+
enviat des d.+
inviato (?:da|dal|dalla|con|tramite) .+
(?:ottieni|scarica) outlook per .+
(?:verstuurd|verzonden) (?:vanaf|met|via|vanuit|van) .+
(?:download |haal )?outlook voor .+
wysłan[eoya]\w* (?:z|ze|przez|za) .+
(?:pobierz|uzyskaj) (?:aplikację |program )?outlook .+
(?:skickat|sänt|skickades) (?:från|med|via) .+
från min .+
(?:hämta|skaffa) outlook för .+
(?:sendt|send|skrevet) (?:fra|via|med|på) .+
(?:hent|få|last ned) outlook (?:til|for) .+
lähetetty .+
(?:hanki|hae|lataa) outlook .+
(?:odesláno|posláno) (?:z|ze|pomocí|přes) .+
odoslané (?:z|zo) .+
(?:stáhněte|získejte|získajte)(?: si)? (?:aplik\w+ )?outlook .+
\S+ ?(?:küldve|küldöm)
(?:az|a) .+ küldve
trimis (?:de pe|din|de la|prin) .+
.+ gönderildi
(?:отправлено|послано) (?:с|из|через|от) .+
(?:надіслано|відправлено) (?:з|із|через) .+
изпратено от .+
(?:στάλθηκε|εστάλη|αποστολή) από .+
נשלח מ.+
(?:أُرسلت?|أرسلت?|مرسلة?|مُرسل) من .+
.{1,40}から送信(?:されました)?
(?:发自|发送自|來自|寄自|傳送自|發自).{1,40}
[从從].{1,40}(?:发送|傳送|发出|寄出|发来的)
.{1,40}에서 (?:보냄|보낸.*|전송.*)
dikirim (?:dari|dengan) .+
(?:đã )?gửi từ .+
ส่งจาก.+
poslano (?:s|z|iz) .+
"""
"""The whole line that a telephone or a mail program adds."""

EXCUSES: Final = r"please|excuse|typo|brevity|sorry|forgive|apolog|kürze|entschuldig|tippfehler"
"""With these a mobile line may go on behind a comma."""

DISCLAIMERS: Final = r"""
the (?:information|contents?)(?: contained| transmitted)?(?: in| of) this (?:e-?mail|message|communication)
this (?:e-?mail|message|communication)[, ].{0,140}(?:confidential|privileged|intended (?:only|solely|for the))
(?:(?:important|legal|privileged|private|sensitive) )?(?:confidential\w*|privacy|disclaimer|security)(?: \w+){0,3}:
(?:confidentiality|privileged?|legal|privacy) (?:notice|disclaimer|statement|note)\b
disclaimer\W*\Z
if you (?:are not|have received) (?:the intended recipient|this)
please (?:consider|think (?:of|about)) the environment
this (?:e-?mail|message) (?:has been|was) (?:checked|scanned)
(?:virus-free\b|scanned by|save paper\b|caution: (?:this|external))
(?:diese|die in dieser) (?:e-?mail|nachricht|mitteilung)\b.{0,140}(?:vertraulich|geschützt|ausschließlich|bestimmt)
(?:wichtiger |rechtlicher )?hinweis\b.{0,20}:
(?:vertraulichkeitshinweis|haftungsausschluss|virenfrei)\b
(?:bitte )?(?:denken|prüfen) sie .{0,40}(?:umwelt|ausdrucken|drucken)
diese e-?mail wurde .{0,40}(?:viren|avast)
(?:ce|le présent) (?:message|courriel|mail|e-?mail)\b.{0,140}(?:confidentiel|destinataire|usage exclusif)
(?:avis|clause) de (?:confidentialité|non-responsabilité)
(?:avant d'imprimer|n'imprimez|pensez (?:à )?l'environnement|garanti sans virus|sans virus)\b
(?:este|el presente|la información .{0,20}este) (?:mensaje|correo)\b.{0,140}(?:confidencial|destinatari|exclusiv)
(?:aviso (?:legal|de confidencialidad|de privacidad|de confidencialidade)|cláusula de confidencialidad)\b
(?:antes de imprimir|por favor,? (?:considere|piense) .{0,40}imprimir|libre de virus|livre de vírus)\b
(?:est[ae]|as informações .{0,20}nest[ae]) (?:mensagem|e-?mail|correio)\b.{0,140}(?:confidencia|destinat|exclusiv)
aquest (?:missatge|correu)\b.{0,140}confidencial
(?:questo|il presente|le informazioni) .{0,50}(?:messaggio|e-?mail)\b.{0,140}(?:riservat|confidenzial|destinat)
(?:avviso di riservatezza|informativa privacy|ai sensi del|prima di stampare|mail priva di virus|privo di virus)\b
(?:dit|deze|de informatie in \w+) (?:e-?mail\w*|bericht|mailbericht)\b.{0,140}(?:vertrouwelijk|bestemd|uitsluitend)
(?:denk aan het milieu|virusvrij)\b
(?:ta|niniejsza|treść tej|informacje) .{0,40}(?:wiadomoś\w+|korespondencj\w+)\b.{0,140}(?:poufn|przeznaczon|wyłącznie)
(?:pomyśl o środowisku|zanim wydrukujesz|bez wirusów|klauzula poufności)
(?:tato|tento) (?:zpráva|e-?mail)\b.{0,140}(?:důvěrn|určen)
de(?:tta|tte|nne) (?:e-?post\w*|meddel\w+|e-?mail|mail|melding|besked)\b.{0,140}(?:[ck]onfidentiel|fortrolig|avsed)
tä(?:mä|ssä) (?:viesti\w*|sähköposti\w*)\b.{0,140}(?:luottamuksel|tarkoitettu)
(?:virusfri|virusfritt|virukseton)\b
(?:это|данное|настоящее) (?:сообщение|письмо|электронное)\b.{0,140}(?:конфиденциальн|предназначен)
без вирусов\b
bu (?:e-?posta|mesaj|ileti)\b.{0,140}(?:gizli|kişiye özel|özel bilgi)
[此本](?:电子)?(?:邮件|郵件|電郵|邮件及).{0,60}(?:保密|机密|機密)
(?:免责声明|免責聲明|保密声明)
(?:この|本)(?:電子)?メール.{0,60}(?:機密|秘密|宛先)
[이본] (?:전자)?(?:메일|이메일)은?.{0,60}(?:기밀|비밀)
"""
"""How a paragraph begins that a company's server, a lawyer or a virus scanner wrote."""

SIGN_OFFS: Final = r"""
(?:with )?(?:kind|best|warm|kindest|warmest|many) (?:regards|wishes)
(?:regards|sincerely|cheers|best|thanks|thanks and regards|thank you|respectfully)
yours (?:sincerely|faithfully|truly)
(?:mit )?(?:freundlich|herzlich|best|lieb|viel|schön)en? gr(?:ü|ue)(?:ß|ss)en?.{0,30}
(?:mfg|mvg|mvh|cdlt|att|hochachtungsvoll)
(?:bien )?cordialement
(?:sincères |meilleures )?salutations.{0,20}
bien à vous
(?:un )?(?:cordial )?saludos?(?: cordiales)?
(?:atentamente|cordialmente|atenciosamente|abraços?)
(?:com os )?(?:melhores )?cumprimentos
(?:cordiali|distinti|un cordiale) salut[io]
met (?:vriendelijke|hartelijke) groet(?:en)?
(?:hartelijke )?groet(?:en|jes)?
(?:z poważaniem|z wyrazami szacunku|pozdrawiam(?: serdecznie)?)
(?:med )?(?:vänliga?|bästa) hälsning(?:ar)?
(?:med )?(?:venlig |vennlig )?hilsen
(?:ystävällisin |parhain )?terveisin
(?:s pozdravem|s úctou|üdvözlettel|cu stimă|с уважением|з повагою|με εκτίμηση|saygılarımla|בברכה|مع التحية)
(?:此致|敬上|祝好|よろしくお願い.{0,12}|감사합니다)
"""
"""The line above a name; alone it is something a person says."""


def one_of(patterns: str) -> str:
    """A table as one alternation."""
    return f"(?:{'|'.join(patterns.split(chr(10))[1:-1])})"
