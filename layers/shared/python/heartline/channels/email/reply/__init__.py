"""What the author of a mail wrote now, apart from history, signature and disclaimer; for display, deletes nothing."""

from heartline.channels.email.reply.fold import Kind, Span, fold, visible_reply
from heartline.channels.email.reply.fold_html import fold_html, has_quotes

__all__ = ["Kind", "Span", "fold", "fold_html", "has_quotes", "visible_reply"]
