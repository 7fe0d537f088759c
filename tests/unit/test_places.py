"""Whatever a family types is a place or a plain problem; the postcodes are right."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import postcodes
from app.council import council_codes, load_council
from app.grid import miles, to_lat_lon
from app.places import Place, PlaceFinder, PlaceProblem
from app.postcodes import PostcodeFileError, build_extract, extract_path, open_extract

FINDERS = {code: PlaceFinder(load_council(code)) for code in council_codes()}
DEVON = FINDERS["devon"]


def place(text: str, code: str = "devon") -> Place:
    """Find a place that must be there."""
    found = FINDERS[code].find(text)
    assert isinstance(found, Place), (text, found)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "EX14 1AA",
        "ex141aa",
        "  ex14   1aa ",
        "e x 1 4 1 a a",
        "EX14-1AA",
        "\u200bEX14\u200d 1AA\ufeff",
        "\u202eEX14 1AA",
        "\uff25\uff38\uff11\uff14 \uff11\uff21\uff21",
        "EX\u0661\u0664 \u0661AA",
        "High Street, Honiton, EX14 1AA",
        "EX14\u00a01AA\n",
    ],
)
def test_one_postcode_written_many_ways(text: str) -> None:
    """Case, spaces, invisible marks, other digits and an address before it make no difference."""
    found = place(text)
    assert (found.text, found.kind, found.district, found.locality) == (
        "EX14 1AA",
        "postcode",
        "E07000040",
        "east-devon",
    )
    assert miles(found.easting, found.northing, 316_230, 100_520) < 0.01


@pytest.mark.parametrize("text", ["EX8", "ex8", " ex 8 ", "EX8 1", "EX8 1a"])
def test_first_half_is_the_middle_of_its_postcodes(text: str) -> None:
    """An outcode, or a postcode not finished, is somewhere in Exmouth."""
    found = place(text)
    assert (found.text, found.kind, found.locality) == ("EX8", "outcode", "east-devon")
    town = place("Exmouth")
    assert miles(found.easting, found.northing, town.easting, town.northing) < 2


@pytest.mark.parametrize(
    ("code", "text", "name", "locality"),
    [
        ("devon", "HONITON", "Honiton", "east-devon"),
        ("devon", "Honiton, Devon", "Honiton", "east-devon"),
        ("devon", "honiton devon england", "Honiton", "east-devon"),
        ("devon", "ottery saint mary", "Ottery St Mary", "east-devon"),
        ("devon", "Ottery St. Mary", "Ottery St Mary", "east-devon"),
        ("devon", "westward ho", "Westward Ho!", "torridge"),
        ("devon", "Teignbridge", "Teignbridge", "teignbridge"),
        ("devon", "north devon", "North Devon", "north-devon"),
        ("devon", "Mid & East", "Mid and East", None),
        ("devon", "torquay", "Torquay", None),
        ("herefordshire", "ross on wye", "Ross-on-Wye", "ross-on-wye"),
        ("herefordshire", "Ross-On-Wye, Herefordshire", "Ross-on-Wye", "ross-on-wye"),
        ("herefordshire", "bishops frome", "Bishop's Frome", "bromyard"),
        ("surrey", "Staines, Middlesex", "Staines-upon-Thames", "spelthorne"),
        ("surrey", "Epsom & Ewell", "Epsom and Ewell", "epsom-and-ewell"),
        ("surrey", "east surrey", "East Surrey", None),
    ],
)
def test_names(code: str, text: str, name: str, locality: str | None) -> None:
    """Towns, neighbours' towns, localities and groups, as people write them."""
    found = place(text, code)
    assert (found.text, found.kind, found.locality) == (name, "town", locality)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u200b\u200b", "\x00", "\u202e", "\ud800"])
def test_nothing_typed(text: str) -> None:
    """Only things nobody can see count as nothing."""
    assert DEVON.find(text) is PlaceProblem.EMPTY


@pytest.mark.parametrize("text", ["EX99 9ZZ", "zz1 1zz", "ZZ9", "SW1A 1AA", "BT1 1AA"])
def test_a_postcode_we_do_not_have(text: str) -> None:
    """Written like a postcode, but not in or near this council (or nowhere at all)."""
    assert DEVON.find(text) is PlaceProblem.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "Atlantis",
        "Ashford, Kent",
        "Devon",
        "12",
        "EX",
        "-",
        "<script>alert(1)</script>",
        "'; DROP TABLE service; --",
        "x" * 10_000,
        "\u0661\u0662\u0663",
        "\u042d\u043a\u0441\u0435\u0442\u0435\u0440",
        "\U0001f600",
        "EX14 1AAA",
        "\ufdfa" * 200,
    ],
)
def test_not_a_place_we_know(text: str) -> None:
    """Anything else is a problem of form; markup and long texts too."""
    assert DEVON.find(text) is PlaceProblem.FORM


@given(
    st.text()
    | st.from_regex(r"(?i)[a-z]{1,2}\d[a-z\d]? ?(\d[a-z]{2})?")
    | st.text("EX0149 ADLwW,\u200b\x00-'", max_size=12)
)
def test_never_raises(text: str) -> None:
    """For every council, any text gives a place on the map or a problem."""
    for finder in FINDERS.values():
        found = finder.find(text)
        assert isinstance(found, Place | PlaceProblem)
        if isinstance(found, Place):
            assert 49 < to_lat_lon(found.easting, found.northing).lat < 56


@pytest.mark.parametrize("code", council_codes())
def test_every_town_stands_among_its_own_postcodes(code: str) -> None:
    """The nearest postcode to each town of the council is in the town's district and close by."""
    extract = open_extract(extract_path(code))
    for locality in load_council(code).localities:
        for town in (*locality.towns, *locality.villages):
            found = place(town.name, code)
            gaps = np.hypot(
                extract._easting * 10 - found.easting, extract._northing * 10 - found.northing
            )
            near = int(gaps.argmin())
            assert gaps[near] < 800, town.name
            assert extract._authorities[extract._authority[near]] == found.district, town.name


@pytest.mark.parametrize("code", council_codes())
def test_every_outcode_of_the_council_is_known(code: str) -> None:
    """Outcodes of the file have postcodes, and their rough middles are about right."""
    council, extract = load_council(code), open_extract(extract_path(code))
    for outcode, (lat, lon) in council.outcode_centres.items():
        row = extract.find_outcode(outcode)
        assert row is not None, outcode
        middle = to_lat_lon(row.easting, row.northing)
        assert abs(middle.lat - lat) < 0.1, outcode
        assert abs(middle.lon - lon) < 0.2, outcode


def test_unitary_localities_are_the_nearest_that_share_the_outcode() -> None:
    """One authority, nine localities: the postcode's outcode and then distance decide."""
    assert place("HR1 1AA", "herefordshire").locality == "hereford"
    assert place("HR6 9PN", "herefordshire").locality == "mortimer"
    assert place("HR9", "herefordshire").locality == "ross-on-wye"


def test_over_the_border() -> None:
    """Outside the council there is no district, but an authority and a country."""
    plymouth = place("PL6 5AA")
    assert (plymouth.district, plymouth.locality, plymouth.authority) == (None, None, "E06000026")
    hay = place("HR3 5DB", "herefordshire")
    assert (hay.district, hay.country) == (None, "wales")
    assert place("Knighton", "herefordshire").country == "wales"


def test_localities_on_the_map() -> None:
    """Each locality's middle is nearest to itself."""
    for code, finder in FINDERS.items():
        for locality in load_council(code).localities:
            assert finder.nearest_locality(*finder.locality_centre(locality.code)) == locality.code
    with pytest.raises(KeyError):
        DEVON.locality_centre("atlantis")


@pytest.mark.parametrize("code", council_codes())
def test_extracts_are_small(code: str) -> None:
    """A committed extract stays under a megabyte and has the whole council in it."""
    assert extract_path(code).stat().st_size < 1_000_000
    assert len(open_extract(extract_path(code))) > 50_000


def test_without_postcodes_towns_and_rough_outcodes_still_work(tmp_path: Path) -> None:
    """A missing file is logged, not shown to families."""
    finder = PlaceFinder(load_council("devon"), tmp_path / "none.xz")
    assert isinstance(finder.find("Honiton"), Place)
    found = finder.find("EX8")
    assert isinstance(found, Place)
    assert found.locality == "east-devon"
    neighbour = finder.find("TQ1")
    assert isinstance(neighbour, Place)
    assert neighbour.district is None
    assert finder.find("EX14 1AA") is PlaceProblem.UNKNOWN
    assert finder.find("ZZ9") is PlaceProblem.UNKNOWN


@pytest.mark.parametrize("damage", [b"", b"not a postcode file", b"short", b"version"])
def test_damaged_files_are_refused(tmp_path: Path, damage: bytes) -> None:
    """Cut, foreign or newer files raise one kind of error that names the file."""
    whole = extract_path("herefordshire").read_bytes()
    if damage == b"short":
        damage = lzma.compress(lzma.decompress(whole)[:-100])
    elif damage == b"version":
        head = json.dumps({"version": 99}).encode()
        damage = lzma.compress(len(head).to_bytes(4, "little") + head)
    path = tmp_path / "bad.postcodes.xz"
    path.write_bytes(damage)
    with pytest.raises(PostcodeFileError, match=r"bad\.postcodes\.xz: cannot be read"):
        open_extract(path)


def test_building_an_extract(tmp_path: Path) -> None:
    """Our districts and 15 miles around are kept; Northern Ireland and the unplaced are not."""
    brotli = pytest.importorskip("brotli")
    msgpack = pytest.importorskip("msgpack")
    metres = 1609.344
    rows = [
        ("EX141AA", "E07000040", 316_231.0, 100_518.0),
        ("EX141AB", "E07000040", 316_239.0, 100_518.0),
        ("TA1 1AA", "E06000066", 316_231.0, 100_518.0 + 14.9 * metres),
        ("TA1 1AB", "E06000066", 316_231.0, 100_518.0 + 17 * metres),
        ("BT1 1AA", "E07000040", 316_231.0, 100_518.0),
        ("EX149ZZ", None, float("nan"), float("nan")),
    ]
    columns = dict(
        zip(
            ("pcd", "laua", "oseast1m", "osnrth1m"), map(list, zip(*rows, strict=True)), strict=True
        )
    )
    source = tmp_path / "source"
    source.mkdir()
    packed = brotli.compress(msgpack.packb({"columns": list(columns), "data": columns}))
    (source / "postcodes_E.msgpack.br").write_bytes(packed)
    seen: list[str] = []
    out = tmp_path / "new.postcodes.xz"
    assert build_extract(source, load_council("devon"), out, seen.append) == 3
    assert seen == ["postcodes_E.msgpack.br"]
    extract = open_extract(out)
    assert extract.outcodes() == ["EX14", "TA1"]
    assert extract.find("EX14", "1AA") == (316_230, 100_520, "E07000040")
    assert extract.find_outcode("EX14") == (316_235, 100_518, "E07000040")
    assert extract.find("TA1", "1AA") is not None
    assert extract.find("TA1", "1AB") is None
    assert extract.find("TA1", "0AA") is None
    assert extract.find("BT1", "1AA") is None


def test_building_from_the_wrong_source(tmp_path: Path) -> None:
    """An empty folder is refused by name."""
    with pytest.raises(PostcodeFileError, match="holds no postcode files"):
        build_extract(tmp_path, load_council("devon"), tmp_path / "out.xz")


@given(st.integers(0, 9), st.sampled_from("ABZ"), st.sampled_from("AMZ"))
def test_inward_codes_keep_their_order(digit: int, first: str, second: str) -> None:
    """Numbers of inward codes sort as the codes do."""
    code = f"{digit}{first}{second}"
    assert 0 <= postcodes.inward_number(code) < 6760
    assert (postcodes.inward_number(code) < postcodes.inward_number("5MM")) == (code < "5MM")
