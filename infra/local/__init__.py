"""The command line, and the local stack: MiniStack, provider simulators, demo data."""
