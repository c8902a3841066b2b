"""What text and voice share at Twilio: account, webhooks and their signature, REST and its errors, numbers, media."""
