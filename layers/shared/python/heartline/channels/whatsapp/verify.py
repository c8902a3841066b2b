"""Verifies a WhatsApp message's webhook: what Twilio signs is the same on all its channels."""

from heartline.channels.twilio.signature import is_genuine

__all__ = ["is_genuine"]
