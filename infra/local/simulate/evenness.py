"""How evenly something is spread among people: the indices of Jain and of Gini."""

from collections.abc import Sequence


def jain(values: Sequence[float]) -> float:
    """1 if all have the same, 1/n if one has everything (Jain, Chiu, Hawe 1984, DEC-TR-301)."""
    squares = sum(value * value for value in values)
    return sum(values) ** 2 / (len(values) * squares) if squares else 1.0


def gini(values: Sequence[float]) -> float:
    """0 if all have the same, towards 1 if one has everything: half the mean difference, as a part of the mean."""
    total = sum(values)
    if not total:
        return 0.0
    ranked = sum(rank * value for rank, value in enumerate(sorted(values), start=1))
    return 2 * ranked / (len(values) * total) - (len(values) + 1) / len(values)
