"""Which character set undeclared text is in: by its own marks, then by how its high bytes are distributed."""

import re
from typing import Final

_SAMPLE: Final = 16 * 1024
_HIGH_RUN: Final = re.compile(rb"[\x80-\xff]+")
_LETTER: Final = re.compile(rb"[A-Za-z]")
_KANA: Final = re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]")
_EUC_KANA: Final = re.compile(rb"[\xa4\xa5][\xa1-\xf6]")
_FEW: Final = 4
_SHORT: Final = 8
_EUC_LEADS: Final = {"cp949": (range(0xB0, 0xC9), 8), "gb18030": (range(0xB0, 0xD8), 2)}
"""Where the common signs begin (Hangul in KS X 1001, the first level of Hanzi in GB 2312), and how many it takes."""


def sniff(data: bytes) -> str:
    """The Python name of the likeliest character set of 8-bit `data` that is not UTF-8; Windows-1252 in doubt."""
    sample = data[:_SAMPLE]
    wide = _wide(sample)
    if wide:
        return wide
    runs = _HIGH_RUN.findall(sample)
    high = b"".join(runs)
    if len(high) < _FEW or 2 * len(high) < len(_LETTER.findall(sample)):
        return "cp1252"
    return _japanese(sample, high) or _two_bytes(runs, high) or _cyrillic(runs, high) or "cp1252"


def _wide(sample: bytes) -> str:
    """UTF-16 without its mark: every other byte of Western text is zero."""
    zeros = [sample[0::2].count(0), sample[1::2].count(0)]
    if len(sample) < _SHORT or 3 * max(zeros) < len(sample) or 10 * min(zeros) > max(zeros):
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _japanese(sample: bytes, high: bytes) -> str:
    if 4 * len(_KANA.findall(sample)) >= len(high) // 2 and _decodes(sample, "cp932"):
        return "cp932"
    return "euc_jp" if 4 * len(_EUC_KANA.findall(high)) >= len(high) // 2 and _decodes(sample, "euc_jp") else ""


def _two_bytes(runs: list[bytes], high: bytes) -> str:
    """Chinese or Korean: signs of two high bytes each, most of them common ones."""
    if any(len(run) % 2 for run in runs[:-1]) or any(byte < 0xA1 for byte in high):
        return ""
    leads = b"".join(run[0::2] for run in runs)
    for name, (common, least) in _EUC_LEADS.items():
        if len(leads) >= least and 10 * sum(lead in common for lead in leads) >= 8 * len(leads):
            return name
    return ""


def _cyrillic(runs: list[bytes], high: bytes) -> str:
    """Russian words: small letters are the upper half of Windows-1251 and the lower half of KOI8-R."""
    if max(map(len, runs)) < _FEW:
        return ""
    upper = sum(byte >= 0xE0 for byte in high)
    lower = sum(0xC0 <= byte < 0xE0 for byte in high)
    if 10 * (upper + lower) < 9 * len(high):
        return ""
    return "koi8-r" if lower > upper else "cp1251"


def _decodes(sample: bytes, name: str) -> bool:
    """Whether `sample` is valid, but for a sign that its end may cut."""
    try:
        sample[:-4].decode(name)
    except UnicodeDecodeError as error:
        return error.start >= len(sample) - 8
    return True
