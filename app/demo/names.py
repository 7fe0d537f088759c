"""Made-up names of organisations, venues, streets and people.

Words were chosen so that no real organisation is meant. Telephone numbers are from the
range kept for drama (01632 960000 to 960999), mail is at `example.org`, and postcodes end
in letters that the Royal Mail never uses there.
"""

from __future__ import annotations

from random import Random

STEMS = tuple(
    "Larkrise Copperbeech Tidewell Brackenfold Hazelmoor Wrenfield Otterbrook Saltmarrow "
    "Thistledown Foxcombe Marlpit Heronsgate Quillwood Bramblewick Silverlade Fernhollow "
    "Cobblestream Merrydown Windrush Oakapple Puddlecote Starling Kitehill Ravensmead "
    "Sorrelbank Cloverlea Millrace Swallowtail Badgerholt Greenwhistle Tallowmere Applegarth "
    "Harebell Nutcombe Ploverdale Rushymead Sandpiper Teasel Underwood Velvetleaf Willowherb "
    "Yarrowfield Ashenbrook Bellwether Catkin Dovecroft Elderflower Firefly Goosefoot Hopscotch "
    "Inkberry Jackdaw Kestrelgate Lanternfold Moonseed Nightjar Orchardside Peppermoth Quayle "
    "Redwing Skylark Treehouse Umbel Vetchling Wagtail Acornshell Bluebelle Cowslip Driftwell "
    "Eiderdown Foxglovewood Gorseland Heatherlight Ivybank Juniperfold Kingcup Limpet Mossycup "
    "Nettlebed Oxeye Pondskater Quince Rowanlea Speedwell Toadflax Upalong Violetstone "
    "Whinchat".split()
)
ORGANISATION: dict[str, tuple[tuple[str, str], ...]] = {
    "charity": (
        ("{stem} Trust", "a charity"),
        ("The {stem} Project", "a charity"),
        ("{stem} Children’s Charity", "a charity"),
    ),
    "leisure": (
        ("{stem} Leisure", "a leisure trust"),
        ("{stem} Active", "a not-for-profit company"),
    ),
    "council": (
        ("{stem} Play and Leisure Team", "a council team"),
        ("{stem} Short Breaks Team", "a council team"),
    ),
    "school": (("{stem} School", "a school"), ("{stem} Academy", "a school")),
    "faith": (
        ("{stem} Church Rooms", "a church group"),
        ("{stem} Fellowship", "a faith group"),
    ),
    "sports_club": (
        ("{stem} Sports Club", "a sports club"),
        ("{stem} Juniors", "a sports club"),
    ),
    "arts": (
        ("{stem} Arts", "an arts charity"),
        ("{stem} Studio", "a community company"),
    ),
    "company": (("{stem} Activities", "a company"), ("{stem} Play Ltd", "a company")),
    "health": (
        ("{stem} Children’s Health", "a health service"),
        ("{stem} Hospice Care", "a charity"),
    ),
    "parent_group": (
        ("{stem} Parents", "a parent group"),
        ("{stem} Families Together", "a parent group"),
    ),
    "library": (
        ("{stem} Library Friends", "a library group"),
        ("{stem} Libraries and Museums", "a public service"),
    ),
    "uniformed": (
        ("{stem} Pathfinders Group", "a youth group"),
        ("{stem} Troop", "a youth group"),
    ),
    "farm": (("{stem} Farm", "a working farm"), ("{stem} City Farm", "a charity")),
    "care_provider": (
        ("{stem} Care", "a care company"),
        ("{stem} Homes for Children", "a charity"),
    ),
}
FIRST_NAMES = tuple(
    "Priya Martin Agnieszka Dawn Tom Fatima Ros Kwame Ellen Joe Nia Sanjay Bridget Leon Marta Huw "
    "Grace Oluwaseun Pat Yusuf Claire Dev Annette Callum Mei Rowan Sheila Tariq Beth Ivo Lorna "
    "Winston".split()
)
JOBS = (
    "club leader",
    "bookings",
    "family worker",
    "manager",
    "volunteer coordinator",
    "first-contact worker",
)
HOURS = (
    "Monday to Friday, 9am to 5pm",
    "Monday to Thursday, 10am to 3pm",
    "Weekdays in term time, 9:30am to 2:30pm",
    "Tuesdays and Thursdays, 6pm to 8pm",
    "Leave a message. We ring back within three days.",
    "",
)
STREETS = (
    "Chapel Lane",
    "Old Mill Road",
    "Quarry Hill",
    "Station Approach",
    "Fore Street",
    "Orchard Way",
    "Meadow Close",
    "Tannery Row",
    "School Lane",
    "Market Hill",
    "Church Path",
    "Ropewalk",
    "Brook Street",
)
UNUSED_INWARD = "CIKMOV"
"""Letters that never stand after the space of a real postcode."""
DIRECTIONS = (
    "The door is round the back. Ring the bell.",
    "Turn in beside the post box.",
    "Blue Badge spaces are by the main door.",
    "There is a bus stop across the road.",
    "Park in the car park behind. It is free for two hours.",
    "",
    "",
)


SMALL_WORDS = frozenset("a an and at by for in of on or the to with".split())


def organisation_name(rng: Random, runner: str) -> tuple[str, str]:
    """A new organisation's name and what it is."""
    pattern, kind = rng.choice(ORGANISATION[runner])
    return pattern.format(stem=rng.choice(STEMS)), kind


def venue_name(rng: Random, venue: str) -> str:
    """A made-up venue: "Wagtail Community Centre"."""
    words = [word if word in {"or", "and", "of"} else word.capitalize() for word in venue.split()]
    return f"{rng.choice(STEMS)} {' '.join(words)}"


def street(rng: Random) -> str:
    """A line of an address."""
    return f"{rng.randint(1, 140)} {rng.choice(STREETS)}"


def postcode(rng: Random, outcode: str) -> str:
    """A postcode whose form is right and which no house has."""
    return f"{outcode} {rng.randint(1, 9)}{rng.choice(UNUSED_INWARD)}{rng.choice(UNUSED_INWARD)}"


def phone(rng: Random) -> str:
    """A number that rings nowhere."""
    return f"01632 960{rng.randint(0, 999):03}"
