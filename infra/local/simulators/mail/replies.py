"""The mail that a machine at the other end sends back."""

from email.message import EmailMessage

from infra.local.simulators.mail.sent import SentMail


def out_of_office(mail: SentMail, recipient: str) -> bytes:
    """What Exchange answers for somebody who is away, as RFC 3834 wants it."""
    answer = EmailMessage()
    answer["From"], answer["To"] = recipient, (mail.addresses("Reply-To") or [mail.sender])[0]
    answer["Subject"] = f"Automatic reply: {' '.join(mail.header('Subject').split())}"
    answer["Message-ID"] = f"<ooto.{mail.id}@{recipient.rpartition('@')[2]}>"
    answer["In-Reply-To"] = answer["References"] = mail.header("Message-ID")
    answer["Auto-Submitted"], answer["X-Auto-Response-Suppress"] = "auto-replied", "All"
    answer.set_content("I am out of office until Monday.\n")
    return answer.as_bytes()
