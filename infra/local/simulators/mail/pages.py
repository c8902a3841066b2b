"""The mailbox as HTML: whatever a mail says is escaped, and its HTML is shown in a frame that can do nothing."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from infra.local.simulators.mail.sent import SentMail

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)
"""`srcdoc` frames inherit it, so that a mail may have styles and inline images and nothing else."""

STYLE: Final = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 16%, transparent); }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 56rem; padding: 2rem 1rem; }
h1 { font-size: 1.25rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
a { color: inherit; }
ul { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid var(--line); }
li a { display: grid; gap: 0 1rem; grid-template-columns: 1fr auto; padding: .75rem .25rem; text-decoration: none; }
li a:hover, li a:focus-visible { background: color-mix(in srgb, currentColor 6%, transparent); }
li strong, li span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
time, .quiet { opacity: .7; }
dl { display: grid; gap: .25rem 1rem; grid-template-columns: auto 1fr; margin: 0 0 1.5rem; }
dt { opacity: .7; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { font: inherit; overflow-wrap: anywhere; white-space: pre-wrap; }
iframe { background: #fff; border: 1px solid var(--line); height: 60vh; width: 100%; }
"""

Link = Callable[[str, SentMail | None], str]
"""The address of a named page: `list`, `detail`, `eml` or `style`."""


def mailbox(mails: Sequence[SentMail], link: Link) -> str:
    """The list, newest first."""
    rows = "".join(_row(mail, link) for mail in mails)
    empty = "" if mails else '<p class="quiet">Nothing has been sent yet.</p>'
    return _page("Sent mail", f"<h1>Sent mail</h1><ul>{rows}</ul>{empty}", link)


def detail(mail: SentMail, link: Link) -> str:
    """One mail, text first, its HTML below."""
    html = mail.body("html")
    facts = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in _facts(mail) if value)
    frame = f'<iframe sandbox title="HTML body" srcdoc="{escape(html)}"></iframe>' if html else ""
    back = f'<p><a href="{escape(link("list", None))}">← Sent mail</a></p>'
    source = f'<p><a href="{escape(link("eml", mail))}" download>Download as .eml</a></p>'
    body = f"{back}<h1>{_subject(mail)}</h1><dl>{facts}</dl><pre>{escape(mail.body('plain'))}</pre>{frame}{source}"
    return _page(mail.header("Subject") or "No subject", body, link)


def _row(mail: SentMail, link: Link) -> str:
    return (
        f'<li><a href="{escape(link("detail", mail))}"><strong>{_subject(mail)}</strong>{_time(mail)}'
        f'<span class="quiet">to {escape(", ".join(mail.recipients))}</span></a></li>'
    )


def _facts(mail: SentMail) -> tuple[tuple[str, str], ...]:
    shown = ("From", "To", "Cc", "Reply-To", "Auto-Submitted", "Message-ID", "In-Reply-To")
    files = ", ".join(f"{file['filename']} ({file['size']} bytes)" for file in mail.files())
    return (
        *((name, mail.header(name)) for name in shown),
        ("Bcc", ", ".join(mail.bcc)),
        ("Files", files),
        ("Sent", f"{mail.at:%Y-%m-%d %H:%M:%S} UTC"),
    )


def _subject(mail: SentMail) -> str:
    return escape(mail.header("Subject")) or '<span class="quiet">No subject</span>'


def _time(mail: SentMail) -> str:
    return f'<time datetime="{mail.at.isoformat()}">{mail.at:%H:%M:%S}</time>'


def _page(title: str, body: str, link: Link) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{escape(link("style", None))}"></head>'
        f"<body>{body}</body></html>"
    )
