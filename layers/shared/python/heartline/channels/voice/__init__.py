"""Calls through Twilio: parse, verify, render (TwiML), send."""
