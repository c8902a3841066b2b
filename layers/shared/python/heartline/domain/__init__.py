"""Facts and decisions of customer conversations: standard library only, no clock, no I/O."""
