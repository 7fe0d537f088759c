"""The grid agrees with Ordnance Survey's own points and with itself."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import grid

# Ordnance Survey's published points: ETRS89/WGS84 degrees and their exact OSTN15 grid metres (OS
# Net test data, and the Caister water tower of the guide's worked example). The one-step Helmert
# change is good to about 5 metres.
OS_POINTS = [
    (49.92226393730, -6.29977752014, 91492.146, 11318.804),
    (50.43885825610, -4.10864563561, 250359.811, 62016.569),
    (50.57563665000, -1.29782277240, 449816.371, 75335.861),
    (51.40078220140, -3.55128349240, 292184.870, 168003.465),
    (51.42754743020, -2.54407618349, 362269.991, 169978.690),
    (51.48936564950, -0.11992557180, 530624.974, 178388.464),
    (52.25529381630, -2.15458614387, 389544.190, 261912.153),
    (52 + 39 / 60 + 28.8282 / 3600, 1 + 42 / 60 + 57.8663 / 3600, 651409.804, 313177.450),
]


@pytest.mark.parametrize(("lat", "lon", "easting", "northing"), OS_POINTS)
def test_published_points_are_within_five_metres(
    lat: float, lon: float, easting: float, northing: float
) -> None:
    """Both ways: degrees to metres, and metres to degrees."""
    point = grid.to_grid(lat, lon)
    assert math.hypot(point.easting - easting, point.northing - northing) < 5
    back = grid.to_lat_lon(easting, northing)
    assert abs(back.lat - lat) * 111_320 < 5
    assert abs(back.lon - lon) * 111_320 * math.cos(math.radians(lat)) < 5


def test_the_guides_worked_example_to_a_centimetre() -> None:
    """The projection alone (no change of datum) gives the guide's annex C figures."""
    lat, lon = 52 + 39 / 60 + 27.2531 / 3600, 1 + 43 / 60 + 4.5177 / 3600
    assert grid._project(math.radians(lat), math.radians(lon)) == pytest.approx(
        (651409.903, 313177.270), abs=0.01
    )
    phi, lam = grid._unproject(651409.903, 313177.270)
    assert (math.degrees(phi), math.degrees(lam)) == pytest.approx((lat, lon), abs=1e-7)


@given(st.floats(200_000, 600_000), st.floats(30_000, 300_000))
def test_there_and_back_is_the_same_place(easting: float, northing: float) -> None:
    """Metres to degrees to metres comes back within a centimetre."""
    back = grid.to_grid(*grid.to_lat_lon(easting, northing))
    assert math.hypot(back.easting - easting, back.northing - northing) < 0.01


def test_miles() -> None:
    """A mile is 1,609.344 metres, in a straight line."""
    assert grid.miles(0, 0, 0, 0) == 0
    assert grid.miles(300_000, 90_000, 300_000, 91_609.344) == pytest.approx(1)
    assert grid.miles(0, 0, 3 * 1609.344, 4 * 1609.344) == pytest.approx(5)
