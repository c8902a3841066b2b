"""What a person at the command line can put right."""


class LocalError(Exception):
    """The message is one line that says what is wrong and what to do about it."""
