"""Words of the English lexicon that customers say of things and of misfortune. Data alone; `heat` reads it.

A sentiment lexicon holds "dead" and "stolen" for as dark as "furious". In a message to a company they tell what
happened and nothing of its author's temper; "stupid" and "hate" are said of oneself ("I hate to ask"), "kia" and "po"
are names and numbers.
"""

from typing import Final

OF_THINGS: Final = frozenset((
    "abandoned", "accident", "aching", "alarmingly", "apprehension", "arrested", "attack", "attacked", "bad",
    "badly", "ban", "bankrupt", "banned", "bereaved", "blamed", "bomb", "broken", "brutal", "bsod", "cancer",
    "casualty", "catastrophe", "chaos", "choke", "choking", "collapse", "corpse", "crime", "criminal", "criminals",
    "crisis", "crude", "cry", "crying", "damage", "damaging", "danger", "dangerous", "dangerously", "dangers",
    "dead", "dearth", "death", "defeated", "depressed", "depression", "destroy", "destroyed", "destroying",
    "destroys", "destruction", "devastated", "die", "died", "dire", "disabling", "distress", "distressed", "doa",
    "dread", "dreaded", "drown", "drowned", "drowns", "dumb", "dx", "fail", "failed", "failing", "failings",
    "failure", "failures", "fake", "fatal", "fatalities", "fatality", "fault", "faults", "fear", "feared",
    "fearful", "fired", "flawed", "forced", "frightening", "grief", "grieving", "grim", "gross", "harm", "harmed",
    "harming", "harms", "hate", "heartbroken", "helpless", "heroin", "hurt", "hurts", "idiot", "idiotic", "illegal",
    "illnesses", "infected", "infringement", "kia", "kill", "killed", "killer", "killing", "kills", "lonely", "mad",
    "menace", "misery", "mourn", "murder", "negative", "negativity", "neglected", "pain", "panic", "penalty",
    "perpetrator", "pita", "po", "poison", "poisoned", "poisoning", "poisonous", "poisons", "pollute", "polluted",
    "poor", "poverty", "powerless", "prison", "prosecution", "punishment", "qq", "ransom", "rejected", "rejection",
    "rejects", "riot", "riots", "rob", "robbed", "robber", "ruin", "sad", "sadden", "saddened", "savage", "savages",
    "scam", "scams", "scare", "scared", "scary", "severely", "shattered", "sick", "sin", "sinister", "sins",
    "sorrow", "spammer", "spamming", "spite", "stab", "starved", "steal", "stealing", "steals", "stolen",
    "strangled", "stress", "stressful", "stupid", "suffer", "suffered", "sufferer", "suffering", "suffers",
    "suicide", "suspended", "terrified", "terrifying", "thief", "thieves", "threat", "threatened", "threatening",
    "tragedy", "tragic", "trapped", "trauma", "traumatic", "troubled", "troubles", "troubling", "ugly",
    "unfortunate", "unhealthy", "uninvolved", "violation", "violations", "violence", "violent", "war", "wars",
    "wasted", "weep", "wept", "widowed", "worse", "worsen", "worsening", "wrong",
))  # fmt: skip
