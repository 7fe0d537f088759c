"""Turn latitude and longitude into British National Grid metres and back, and measure miles.

Distances on this site are Pythagoras on grid metres, so every place is kept as an easting and a
northing. The formulas and the seven Helmert numbers are those Ordnance Survey publishes in *A guide
to coordinate systems in Great Britain* (annexes B and C; section 6.6 for WGS84 to OSGB36). The
one-step Helmert change of datum is good to about 5 metres, which is far finer than a postcode.
"""

import math
from typing import Final, NamedTuple


class GridPoint(NamedTuple):
    """A place on the British National Grid, in metres east and north of the grid's origin."""

    easting: float
    northing: float


class LatLon(NamedTuple):
    """A place on WGS84 (what maps, phones and Open Referral use), in degrees; west is negative."""

    lat: float
    lon: float


class _Ellipsoid(NamedTuple):
    """A model of the Earth's shape: its two half-axes in metres."""

    a: float
    b: float

    @property
    def e2(self) -> float:
        """Eccentricity squared."""
        return (self.a**2 - self.b**2) / self.a**2


class _Helmert(NamedTuple):
    """A change of datum: shifts in metres, scale in parts per million, turns in seconds of arc."""

    tx: float
    ty: float
    tz: float
    ppm: float
    rx: float
    ry: float
    rz: float

    def back(self) -> "_Helmert":
        """The opposite change (what its small numbers leave out is under 3 millimetres)."""
        return _Helmert(*(-value for value in self))


_AIRY_1830: Final = _Ellipsoid(6377563.396, 6356256.909)
_WGS84: Final = _Ellipsoid(6378137.000, 6356752.3141)
_WGS84_TO_OSGB36: Final = _Helmert(-446.448, 125.157, -542.060, 20.4894, -0.1502, -0.2470, -0.8421)

# The National Grid's projection: scale on the central meridian, true origin, and where that origin
# is in metres.
_SCALE: Final = 0.9996012717
_ORIGIN_LAT: Final = math.radians(49.0)
_ORIGIN_LON: Final = math.radians(-2.0)
_ORIGIN_EASTING: Final = 400_000.0
_ORIGIN_NORTHING: Final = -100_000.0

METRES_IN_A_MILE: Final = 1609.344


def to_grid(lat: float, lon: float) -> GridPoint:
    """Give the grid point of a WGS84 latitude and longitude in degrees, to about 5 metres."""
    phi, lam = _change_datum(
        math.radians(lat), math.radians(lon), _WGS84, _AIRY_1830, _WGS84_TO_OSGB36
    )
    return _project(phi, lam)


def to_lat_lon(easting: float, northing: float) -> LatLon:
    """Give the WGS84 latitude and longitude in degrees of a grid point, to about 5 metres."""
    phi, lam = _unproject(easting, northing)
    phi, lam = _change_datum(phi, lam, _AIRY_1830, _WGS84, _WGS84_TO_OSGB36.back())
    return LatLon(math.degrees(phi), math.degrees(lam))


def miles(a_easting: float, a_northing: float, b_easting: float, b_northing: float) -> float:
    """Measure the straight line between two grid points, in miles."""
    return math.hypot(a_easting - b_easting, a_northing - b_northing) / METRES_IN_A_MILE


def _change_datum(
    phi: float, lam: float, source: _Ellipsoid, target: _Ellipsoid, shift: _Helmert
) -> tuple[float, float]:
    """Move a latitude and longitude (radians, height 0) from one model of the Earth to another."""
    nu = source.a / math.sqrt(1 - source.e2 * math.sin(phi) ** 2)
    x = nu * math.cos(phi) * math.cos(lam)
    y = nu * math.cos(phi) * math.sin(lam)
    z = nu * (1 - source.e2) * math.sin(phi)
    return _to_angles(*_shift(x, y, z, shift), target)


def _shift(x: float, y: float, z: float, by: _Helmert) -> tuple[float, float, float]:
    """Apply a Helmert change to metres from the Earth's centre (equation 3 of the guide)."""
    scale = 1 + by.ppm / 1_000_000
    rx, ry, rz = (math.radians(turn / 3600) for turn in (by.rx, by.ry, by.rz))
    return (
        by.tx + scale * x - rz * y + ry * z,
        by.ty + rz * x + scale * y - rx * z,
        by.tz - ry * x + rx * y + scale * z,
    )


def _to_angles(x: float, y: float, z: float, on: _Ellipsoid) -> tuple[float, float]:
    """Turn metres from the Earth's centre into radians of latitude and longitude, in steps."""
    flat = math.hypot(x, y)
    phi = math.atan2(z, flat * (1 - on.e2))
    for _ in range(6):
        nu = on.a / math.sqrt(1 - on.e2 * math.sin(phi) ** 2)
        phi = math.atan2(z + on.e2 * nu * math.sin(phi), flat)
    return phi, math.atan2(y, x)


def _curvature(phi: float) -> tuple[float, float, float]:
    """Give nu and rho (scaled radii of curvature, metres) and eta squared at a latitude."""
    e2 = _AIRY_1830.e2
    part = 1 - e2 * math.sin(phi) ** 2
    nu = _AIRY_1830.a * _SCALE / math.sqrt(part)
    rho = _AIRY_1830.a * _SCALE * (1 - e2) / part**1.5
    return nu, rho, nu / rho - 1


def _meridian_arc(phi: float) -> float:
    """Give M, the scaled metres along the meridian from the true origin to a latitude."""
    n = (_AIRY_1830.a - _AIRY_1830.b) / (_AIRY_1830.a + _AIRY_1830.b)
    minus, plus = phi - _ORIGIN_LAT, phi + _ORIGIN_LAT
    terms = (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * minus
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(minus) * math.cos(plus)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * minus) * math.cos(2 * plus)
        - 35 / 24 * n**3 * math.sin(3 * minus) * math.cos(3 * plus)
    )
    return _AIRY_1830.b * _SCALE * terms


def _project(phi: float, lam: float) -> GridPoint:
    """Turn OSGB36 latitude and longitude (radians) into grid metres: annex C.1, terms I to VI."""
    nu, rho, eta2 = _curvature(phi)
    sin, cos, tan2 = math.sin(phi), math.cos(phi), math.tan(phi) ** 2
    i = _meridian_arc(phi) + _ORIGIN_NORTHING
    ii = nu / 2 * sin * cos
    iii = nu / 24 * sin * cos**3 * (5 - tan2 + 9 * eta2)
    iii_a = nu / 720 * sin * cos**5 * (61 - 58 * tan2 + tan2**2)
    iv = nu * cos
    v = nu / 6 * cos**3 * (nu / rho - tan2)
    vi = nu / 120 * cos**5 * (5 - 18 * tan2 + tan2**2 + 14 * eta2 - 58 * tan2 * eta2)
    d = lam - _ORIGIN_LON
    return GridPoint(
        _ORIGIN_EASTING + iv * d + v * d**3 + vi * d**5,
        i + ii * d**2 + iii * d**4 + iii_a * d**6,
    )


def _unproject(easting: float, northing: float) -> tuple[float, float]:
    """Turn grid metres into OSGB36 radians of latitude and longitude: annex C.2, VII to XIIA."""
    phi = _foot_latitude(northing)
    nu, rho, eta2 = _curvature(phi)
    tan = math.tan(phi)
    tan2, sec = tan**2, 1 / math.cos(phi)
    vii = tan / (2 * rho * nu)
    viii = tan / (24 * rho * nu**3) * (5 + 3 * tan2 + eta2 - 9 * tan2 * eta2)
    ix = tan / (720 * rho * nu**5) * (61 + 90 * tan2 + 45 * tan2**2)
    x = sec / nu
    xi = sec / (6 * nu**3) * (nu / rho + 2 * tan2)
    xii = sec / (120 * nu**5) * (5 + 28 * tan2 + 24 * tan2**2)
    xii_a = sec / (5040 * nu**7) * (61 + 662 * tan2 + 1320 * tan2**2 + 720 * tan2**3)
    d = easting - _ORIGIN_EASTING
    lat = phi - vii * d**2 + viii * d**4 - ix * d**6
    return lat, _ORIGIN_LON + x * d - xi * d**3 + xii * d**5 - xii_a * d**7


def _foot_latitude(northing: float) -> float:
    """Find the latitude (radians) on the central meridian at this northing, in steps."""
    phi = _ORIGIN_LAT
    for _ in range(10):
        gap = northing - _ORIGIN_NORTHING - _meridian_arc(phi)
        if abs(gap) < 0.00001:
            break
        phi += gap / (_AIRY_1830.a * _SCALE)
    return phi
