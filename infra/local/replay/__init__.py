"""Replays a routing scenario, second by second, through the production decision (routing.md, Replaying a scenario)."""
