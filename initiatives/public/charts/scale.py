"""Places in a picture, as texts: SVG knows no decimal comma, so they must not be localised."""

from decimal import Decimal


def number(value: float) -> str:
    """With at most two decimals, and none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def percent(part: float | Decimal, whole: float | Decimal) -> str:
    """`part` of `whole` as a length in SVG; of nothing it is nothing."""
    return f"{number(100 * float(part) / float(whole) if whole else 0)}%"
