"""Simulates a day of work through the production decision, event by event, and says how well it would go."""
