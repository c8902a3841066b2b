"""Stand-ins for the providers outside AWS: a Twilio that signs, and a mail exchanger that writes where SES writes."""
