"""A Twilio on this machine: its REST resources, its signed webhooks, and callers that walk the TwiML they are given."""
