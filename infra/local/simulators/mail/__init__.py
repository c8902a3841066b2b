"""Mail on this machine: raw messages put where SES puts them, and a mailbox of what was sent through SES."""
