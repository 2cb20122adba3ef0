"""From longitude and latitude to the plane: Albers' equal-area conic projection.

Equal areas, because the map shades countries by a number: a large patch must mean a large country.
The formulas are those of J. P. Snyder, Map Projections: A Working Manual (USGS Professional Paper
1395), chapter 14, for the sphere. The middle is Central Asia, which therefore stands upright.
"""

from math import cos, radians, sin, sqrt

KM_PER_UNIT = 2.5
_EARTH_KM = 6371
_MIDDLE_LONGITUDE, _MIDDLE_LATITUDE = 66, 44
_FIRST_PARALLEL, _SECOND_PARALLEL = radians(36), radians(54)

_N = (sin(_FIRST_PARALLEL) + sin(_SECOND_PARALLEL)) / 2
_C = cos(_FIRST_PARALLEL) ** 2 + 2 * _N * sin(_FIRST_PARALLEL)


def _radius(latitude: float) -> float:
    """The distance from the centre of the cone, in units of the map."""
    return _EARTH_KM / KM_PER_UNIT * sqrt(_C - 2 * _N * sin(radians(latitude))) / _N


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to units of the map: x to the east, y to the south, (0, 0) in the middle."""
    radius = _radius(latitude)
    angle = _N * radians(longitude - _MIDDLE_LONGITUDE)
    return radius * sin(angle), radius * cos(angle) - _radius(_MIDDLE_LATITUDE)
