"""WhatsApp through Twilio: parse, verify, render, send."""
