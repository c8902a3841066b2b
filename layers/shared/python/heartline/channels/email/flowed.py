"""Soft line breaks of `format=flowed` (RFC 3676) undone, so that a paragraph is one line again."""


def unflow(text: str, *, deletes_space: bool) -> str:
    """The paragraphs of `text` (LF line ends); quoted lines and the signature's separator stay as they are.

    `deletes_space` is the parameter `delsp=yes`: the space that marks a soft break is no part of the text.
    """
    done: list[str] = []
    pending: list[str] = []
    for line in text.split("\n"):
        if line.startswith(">") or line == "-- ":
            done += ["".join(pending), line] if pending else [line]
            pending = []
            continue
        plain = line.removeprefix(" ")
        if plain.endswith(" "):
            pending.append(plain[:-1] if deletes_space else plain)
        else:
            done.append("".join([*pending, plain]))
            pending = []
    return "\n".join([*done, "".join(pending)] if pending else done)
