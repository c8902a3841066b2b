"""Commands about mails that a deployment has taken in."""
