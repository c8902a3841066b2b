"""What deploys Heartline, and what runs it on one machine."""
