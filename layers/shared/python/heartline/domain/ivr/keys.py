"""What people call the keys of a telephone, in the languages of most callers."""

from typing import Final

KEY_NAMES: Final = {
    "0": frozenset(["zero", "null", "cero", "nul", "nulla", "zéro"]),
    "1": frozenset(["one", "eins", "uno", "één"]),
    "2": frozenset(["two", "zwei", "dos", "deux", "due", "dois", "twee"]),
    "3": frozenset(["three", "drei", "tres", "trois", "tre", "três", "drie"]),
    "4": frozenset(["four", "vier", "cuatro", "quatre", "quattro", "quatro"]),
    "5": frozenset(["five", "fünf", "cinco", "cinq", "cinque", "vijf"]),
    "6": frozenset(["six", "sechs", "seis", "sei", "zes"]),
    "7": frozenset(["seven", "sieben", "siete", "sept", "sette", "sete", "zeven"]),
    "8": frozenset(["eight", "acht", "ocho", "huit", "otto", "oito"]),
    "9": frozenset(["nine", "neun", "nueve", "neuf", "nove", "negen"]),
    "*": frozenset(["star", "asterisk", "stern", "sterntaste", "asterisco", "étoile", "ster", "sterretje"]),
    "#": frozenset(
        ["pound", "hash", "raute", "rautetaste", "almohadilla", "dièse", "cancelletto", "cardinal", "hekje"]
    ),
}
