"""The phone in the browser, locally: stands in for Twilio's voice SDK, on the inbox's own origin."""
