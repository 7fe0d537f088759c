"""The councils' files are complete, and a mistake in one is named."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app import council as councils
from app.council import CouncilFileError, council_codes, load_council, load_national

CODES = council_codes()
Edit = Callable[[str, str], CouncilFileError]


@pytest.fixture
def broken(tmp_path: Path) -> Edit:
    """Copy the files, change one text in devon.toml, and give the error that loading it raises."""
    for path in councils.COUNCILS_FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)

    def edit(old: str, new: str, name: str = "devon") -> CouncilFileError:
        path = tmp_path / f"{name}.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(CouncilFileError) as caught:
            load_council("devon", tmp_path)
        return caught.value

    return edit


def test_three_councils() -> None:
    """The folder says which councils there are; the shared file is not one."""
    assert CODES == ["devon", "herefordshire", "surrey"]


@pytest.mark.parametrize("code", CODES)
def test_each_council_has_what_pages_need(code: str) -> None:
    """Names, a line to ring, every tier, and somebody behind every signpost."""
    council = load_council(code)
    assert council.site_name == f"{council.area_name} Local Offer"
    assert council.advice.phone
    assert {level.tier for level in council.levels_shown} == {"universal", "targeted", "specialist"}
    assert council.reminders.months == (6, 9, 12)
    for signpost in council.national.signposts:
        first, *_ = council.signpost_contacts(signpost)
        assert all([first.label, first.source, not first.none_found]), signpost


def test_counts_of_localities() -> None:
    """As published: eight districts, eleven districts, nine localities."""
    assert [len(load_council(code).localities) for code in CODES] == [8, 9, 11]
    assert len(load_council("herefordshire").authorities) == 1


def test_localities_and_groups() -> None:
    """A locality has a label, a middle and, where the council has groups, a group."""
    devon = load_council("devon")
    assert devon.locality_label("teignbridge") == "Teignbridge"
    assert devon.locality("teignbridge").group == "South"
    assert (devon.locality("teignbridge").lat, devon.locality("teignbridge").lon) == (
        50.546,
        -3.606,
    )
    with pytest.raises(KeyError):
        devon.locality("atlantis")


def test_surreys_new_councils() -> None:
    """From 1 April 2027 every district belongs to one of the two new councils."""
    surrey = load_council("surrey")
    assert surrey.successors is not None
    assert surrey.successors.starts == date(2027, 4, 1)
    assert {place.from_april_2027 for place in surrey.localities} == {"East Surrey", "West Surrey"}


def test_contacts_follow_gaps_to_someone_real() -> None:
    """A gap leads to a contact of the council, or to a national one, even under the same name."""
    devon = load_council("devon")
    assert devon.contact("tell_social_worker").code == "front_door"
    assert devon.contact("sibling_support").code == "sibs"
    assert not devon.contact("continuing_care").none_found
    assert devon.contact("childline").phone == "0800 1111"
    assert devon.find_contact("nobody") is None
    with pytest.raises(KeyError):
        devon.contact("nobody")
    assert [contact.code for contact in devon.signpost_contacts("urgent_front_door")] == [
        "front_door",
        "out_of_hours",
    ]


def test_phone_numbers_to_dial() -> None:
    """Words after a number are not dialled."""
    assert load_council("devon").contact("dct").dial == "01392385276"
    assert load_council("devon").contact("complaints").dial is None


def test_one_councils_scheme_is_not_offered_elsewhere() -> None:
    """The Herefordshire allowance is only Herefordshire's."""
    assert [load_council(code).offers("tsb_allowance") for code in CODES] == [False, True, False]


def test_families_elsewhere() -> None:
    """England and Wales have their own fall-backs."""
    national = load_national()
    countries: tuple[councils.Country, councils.Country] = ("england", "wales")
    advice = [national.elsewhere_contact(country, "sendiass") for country in countries]
    assert [contact and contact.code for contact in advice] == ["sendiass_finder", "snap_cymru"]
    assert national.elsewhere_contact("england", "haf") is None


def test_verify_flags_are_kept() -> None:
    """What a person must still check stays marked."""
    marked = {
        code: {contact.code for contact in load_council(code).contacts if contact.verify}
        for code in CODES
    }
    assert marked["devon"] == {"sendiass", "local_offer", "direct_payments", "adult_social_care"}
    assert {"out_of_hours", "sendiass", "carers"} <= marked["herefordshire"]
    assert marked["surrey"] == {"lspa", "adult_social_care", "mental_health"}


def test_records_do_not_change() -> None:
    """A council read once cannot be altered by a page."""
    council = load_council("devon")
    for field in council.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(council, field, "Elsewhere")


def test_unknown_council() -> None:
    """The message lists the councils there are, and a path is not a code."""
    for code in ("narnia", "national", "../devon", ""):
        with pytest.raises(CouncilFileError, match="devon, herefordshire, surrey"):
            load_council(code)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'fallback = "eass"',
            'fallback = "fooo"',
            r"devon.toml: contacts\[\d+\].fallback: no contact is called 'fooo'",
        ),
        (
            'fallback = "eass"',
            'fallback = "sibling_support"',
            r"fallback: no contact is called 'sibling_support'",
        ),
        ('phone = "0345 155 1071"', 'phone = ""', r"contacts\[0\].phone: '' is not a phone number"),
        (
            'phone = "0345 155 1071"',
            "phone = 3451551071",
            r"contacts\[0\].phone: Expected `str \| null`, got `int`",
        ),
        (
            'code = "out_of_hours"',
            'code = "front_door"',
            r"contacts: 'front_door' stands here 2 times",
        ),
        (
            'signposts = ["sendiass"]',
            "signposts = []",
            r"signpost 'sendiass' is served 0 times, not once",
        ),
        (
            'signposts = ["sendiass"]',
            'signposts = ["sendiass", "haf"]',
            r"signpost 'haf' is served 2 times",
        ),
        (
            'signposts = ["sendiass"]',
            'signposts = ["tea"]',
            r"contacts\[3\].signposts: no signpost is called 'tea'",
        ),
        (
            'verify = true\nnote = "Service',
            'verfy = true\nnote = "Service',
            r"contacts\[3\]: Object contains unknown field `verfy`",
        ),
        (
            'group = "South"',
            'group = "Sooth"',
            r"localities\[5\].group: no group is called 'Sooth'",
        ),
        ('code = "torridge"', 'code = "exeter"', r"localities: 'exeter' stands here 2 times"),
        (
            "lat = 50.722, lon = -3.533",
            "lat = -3.533, lon = 50.722",
            r"localities\[0\].towns: -3.533, 50.722 is not in",
        ),
        (
            'authority = "E07000041"',
            'authority = "Exeter"',
            r"localities\[0\].authority: 'Exeter' is not an ONS code",
        ),
        ('"EX1", ', '"EX1 1AA", ', r"localities\[0\].outcodes: 'EX1 1AA' is not the first half"),
        (
            "short_breaks = [0, 17]",
            "short_breaks = [17, 0]",
            r"ages.short_breaks: 17 to 0 is not a span of ages",
        ),
        ("months = [6, 9, 12]", "months = [9, 6]", r"reminders.months: give whole months"),
        ("months = [6, 9, 12]", "months = []", r"reminders.months: give whole months"),
        (
            "months = [6, 9, 12]",
            "months = [6]\nunpublish_after_months = 7",
            r"reminders.unpublish_after_months: give at least 8",
        ),
        (
            'tier = "universal"',
            'tier = "everyone"',
            r"levels_shown\[0\].tier: Invalid enum value 'everyone'",
        ),
        (
            'name = "Devon County Council"',
            "",
            r"top of the file: Object missing required field `name`",
        ),
        ('name = "Devon County Council"', "name = ", r"devon.toml: cannot be read: .*line \d+"),
        (
            'area_name = "Devon"',
            'area_name = "Devon"\ncode = "x"',
            r"devon.toml: code: this key is not set in the file",
        ),
        ('{ name = "Topsham"', '{ name = "Exeter"', r"towns: 'Exeter' stands here 2 times"),
        ("[reminders]", '[statement]\nsource = " "\n[reminders]', r"statement.source: say where"),
        (
            "[reminders]",
            "[statement]\nreview = 2027-01-05\n[reminders]",
            r"statement: Object missing required field `source`",
        ),
        (
            "[reminders]",
            '[statement]\nsource = "x"\nurl = "devon"\n[reminders]',
            r"statement.url: 'devon' is not a full address",
        ),
        (
            "[reminders]",
            '[statement]\nsource = "x"\npublished = 2026-01-05\nreview = 2026-01-05\n[reminders]',
            r"statement.review: 2026-01-05 is not after 2026-01-05",
        ),
        (
            "[reminders]",
            '[statement]\nsource = "x"\nshaped_by = ["a", ""]\n[reminders]',
            r"statement.shaped_by\[1\]: this is empty",
        ),
    ],
)
def test_each_mistake_is_named(broken: Edit, old: str, new: str, message: str) -> None:
    """The error says which file, which key and what is wrong there."""
    assert re.search(message, str(broken(old, new)))


def test_mistakes_in_the_shared_file_are_named(tmp_path: Path) -> None:
    """A fall-back for families elsewhere must be somebody."""
    for path in councils.COUNCILS_FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    shared = tmp_path / "national.toml"
    shared.write_text(shared.read_text("utf-8").replace('"snap_cymru"', '"snap"', 1), "utf-8")
    with pytest.raises(
        CouncilFileError,
        match=r"national.toml: elsewhere.wales.sendiass: no contact is called 'snap'",
    ):
        load_council("devon", tmp_path)


def test_no_council_is_named_in_code() -> None:
    """Another council can use this without a change of code: only files name councils."""
    names = re.compile("|".join(CODES), re.IGNORECASE)
    for name in (
        "council",
        "council_checks",
        "council_records",
        "places",
        "postcodes",
        "postcode_file",
        "grid",
    ):
        text = (councils.COUNCILS_FOLDER.parent / f"{name}.py").read_text("utf-8")
        assert not names.search(text), name
