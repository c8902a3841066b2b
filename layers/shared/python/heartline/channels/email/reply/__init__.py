"""What the author of a mail wrote now, apart from history, signature and disclaimer; for display, deletes nothing."""

from heartline.channels.email.reply.fold import Kind, Span, fold, visible_reply

__all__ = ["Kind", "Span", "fold", "visible_reply"]
