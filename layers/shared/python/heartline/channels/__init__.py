"""The grid of channels: the same files for each."""
