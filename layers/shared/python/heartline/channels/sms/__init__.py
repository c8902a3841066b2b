"""SMS and MMS through Twilio: parse, verify, render, send."""
