"""What many runs of the same have in common."""

import math
import statistics

median = statistics.median


def percentile(values: list[float], percent: int) -> float:
    """Between the two nearest values by their distance, as numpy and spreadsheets do it."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low, high = ordered[math.floor(place)], ordered[math.ceil(place)]
    return low + (high - low) * (place - math.floor(place))


def in_milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 3)
