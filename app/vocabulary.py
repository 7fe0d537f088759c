"""Every closed list of the directory: codes that are stored, and the words families see.

A code is a stable key of the database, the addresses and the open data; its label is
translated. Lists follow the SEND census, the Breaks for Carers of Disabled Children
Regulations 2011 (regulation 4) and the three councils' commissioning papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Term:
    """One member of a closed list."""

    code: str
    label: LazyString


class Terms(Mapping[str, Term]):
    """A closed list in the order families see it."""

    def __init__(self, name: str, *members: tuple[str, LazyString]) -> None:
        self.name = name
        self._terms = {code: Term(code, label) for code, label in members}
        self.codes: tuple[str, ...] = tuple(self._terms)

    def __getitem__(self, code: str) -> Term:
        return self._terms[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def label(self, code: str) -> str:
        """The words for a code, in the reader's language.

        Raises KeyError for a code that is not on the list.
        """
        return str(self._terms[code].label)

    def only_known(self, codes: list[str]) -> list[str]:
        """Those codes that are on the list, without repeats, in the list's order."""
        wanted = set(codes)
        return [code for code in self.codes if code in wanted]


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Whole years, both ends in. Bands follow Devon's data, split at 16 and 18."""

    code: str
    low: int
    high: int


AGE_BANDS: tuple[AgeBand, ...] = (
    AgeBand("0-4", 0, 4),
    AgeBand("5-10", 5, 10),
    AgeBand("11-15", 11, 15),
    AgeBand("16-17", 16, 17),
    AgeBand("18-25", 18, 25),
)
OLDEST = 25
AGE_BAND_BY_CODE: dict[str, AgeBand] = {band.code: band for band in AGE_BANDS}

TIERS = Terms(
    "tier",
    ("universal", _l("Open to everyone")),
    ("targeted", _l("Extra help")),
    ("specialist", _l("After an assessment")),
)

BREAKS = Terms(
    "break",
    ("inclusive_mainstream", _l("Everyday club that includes everyone")),
    ("after_school", _l("After-school club")),
    ("saturday_club", _l("Saturday or weekend club")),
    ("holiday_club", _l("Holiday club or playscheme")),
    ("youth_club", _l("Youth club")),
    ("play_leisure", _l("Play and leisure short break")),
    ("enabling", _l("Enabler, buddy or support worker to go out with")),
    ("daytime_specialist", _l("One-to-one or small group day care")),
    ("home_support", _l("Help in your home (sitting or personal care)")),
    ("overnight_family", _l("Overnight stay with an approved family")),
    ("overnight_residential", _l("Overnight stay in a children’s home or unit")),
    ("overnight_home", _l("Overnight carer in your home")),
    ("msi_support", _l("Support for deafblind children out of school")),
    ("whole_family", _l("Fun for the whole family")),
    ("sibling_group", _l("Groups for brothers and sisters")),
    ("parent_support", _l("Support or courses for parents and carers")),
    ("direct_payment", _l("Money to arrange your own break")),
    ("allowance", _l("Allowance or grant for activities")),
)

ACTIVITIES = Terms(
    "activity",
    ("swimming", _l("Swimming")),
    ("football", _l("Football")),
    ("sport_multi", _l("Mixed sports")),
    ("athletics_gym", _l("Gym and athletics")),
    ("trampoline", _l("Trampolining and rebound")),
    ("horse_riding", _l("Horse riding")),
    ("cycling", _l("Cycling and adapted bikes")),
    ("climbing", _l("Climbing and adventure")),
    ("water_sports", _l("Sailing, surf and water sports")),
    ("outdoor_nature", _l("Outdoors, forest and farm")),
    ("martial_arts", _l("Martial arts")),
    ("dance", _l("Dance")),
    ("music", _l("Music and singing")),
    ("drama", _l("Drama and theatre")),
    ("arts_crafts", _l("Art and crafts")),
    ("cooking", _l("Cooking")),
    ("gaming_tech", _l("Gaming, coding and Lego")),
    ("sensory_play", _l("Sensory play and sensory room")),
    ("soft_play", _l("Soft play")),
    ("play_sessions", _l("Play sessions and adventure playground")),
    ("cinema_relaxed", _l("Relaxed cinema and shows")),
    ("trips_out", _l("Trips out")),
    ("uniformed", _l("Scouts, Guides and other uniformed groups")),
    ("youth_social", _l("Youth club and meeting friends")),
    ("life_skills", _l("Life skills and getting ready for adult life")),
    ("early_years_play", _l("Toddler and early years play")),
    ("libraries_museums", _l("Libraries and museums")),
    ("online", _l("Online activity")),
    ("family_fun", _l("Family activity")),
    ("carer_group", _l("Parent carer group")),
    ("sibling_activity", _l("Activity for brothers and sisters")),
)

NEEDS = Terms(
    "need",
    ("learning_disability", _l("Learning disability")),
    ("physical_disability", _l("Physical disability")),
    ("sensory", _l("Sight or hearing")),
    ("complex_health", _l("Complex health needs")),
    ("autism", _l("Autism")),
    ("adhd", _l("ADHD")),
    ("behaviour", _l("Behaviour that challenges")),
    ("mental_health", _l("Mental health needs linked to a disability")),
    ("communication", _l("Talking and understanding")),
    ("any_send", _l("Any SEND need")),
    ("no_diagnosis", _l("No diagnosis or waiting")),
)

ACCESS = Terms(
    "access",
    ("step_free", _l("Step-free way in")),
    ("wheelchair", _l("Wheelchair users can take part")),
    ("accessible_toilet", _l("Accessible toilet")),
    ("changing_places", _l("Changing Places toilet (hoist and adult-size bench)")),
    ("hoist", _l("Hoist")),
    ("pool_hoist", _l("Pool hoist or easy steps")),
    ("hydro_pool", _l("Warm or hydrotherapy pool")),
    ("blue_badge", _l("Blue Badge parking")),
    ("minibus", _l("Transport or minibus")),
    ("public_transport", _l("Near a bus or train")),
    ("secure_site", _l("Secure or fenced site")),
    ("quiet_space", _l("Quiet space")),
    ("sensory_room", _l("Sensory room")),
    ("relaxed_session", _l("Relaxed or low-noise session")),
    ("small_group", _l("Small group")),
    ("one_to_one", _l("One-to-one support")),
    ("two_to_one", _l("Two-to-one support")),
    ("personal_care", _l("Help with toilet, washing or changing")),
    ("medicine", _l("Staff can give medicine")),
    ("epilepsy_rescue", _l("Staff trained in epilepsy rescue medicine")),
    ("tube_feeding", _l("Staff trained in tube feeding")),
    ("nurse_on_site", _l("Nurse on site")),
    ("behaviour_trained", _l("Staff trained in positive behaviour support")),
    ("autism_trained", _l("Staff trained in autism")),
    ("makaton", _l("Makaton")),
    ("bsl", _l("British Sign Language")),
    ("pecs_aac", _l("Pictures, PECS or talking aids")),
    ("visual_timetable", _l("Visual timetable")),
    ("hearing_loop", _l("Hearing loop")),
    ("vi_support", _l("Support for sight loss")),
    ("assistance_dogs", _l("Assistance dogs welcome")),
    ("adapted_equipment", _l("Adapted equipment")),
    ("easy_read", _l("Easy Read information")),
    ("taster", _l("Try-before-you-join visit")),
    ("siblings_welcome", _l("Brothers and sisters welcome")),
    ("parent_stays", _l("Parent or carer must stay")),
    ("parent_leaves", _l("Parent or carer can leave")),
)

COSTS = Terms(
    "cost",
    ("free", _l("Free")),
    ("pay_session", _l("Pay each time")),
    ("pay_term", _l("Pay by term or membership")),
    ("donation", _l("Pay what you can")),
    (
        "haf_free",
        _l("Free in the holidays if your child gets benefits-related free school meals (HAF)"),
    ),
    ("council_funded", _l("Council-funded place")),
    ("tsb_allowance", _l("The council’s short breaks allowance accepted")),
    ("direct_payment_ok", _l("Direct payment accepted")),
    ("personal_health_budget", _l("Personal health budget accepted")),
    ("bursary", _l("Help with the cost")),
    ("carer_free", _l("Carer or helper goes free")),
    ("max_card", _l("Max Card discount")),
    ("childcare_funding", _l("Childcare funding or Tax-Free Childcare accepted")),
    ("assessed_no_charge", _l("No charge when agreed in a care plan")),
)

ROUTES = Terms(
    "route",
    ("drop_in", _l("Just turn up")),
    ("book_direct", _l("Book with the provider")),
    ("ask_first", _l("Talk to the provider first")),
    ("register_card", _l("Register or get a card first")),
    ("apply_council", _l("Apply to the council (no social worker needed)")),
    ("professional", _l("A professional refers you")),
    ("early_help", _l("Through Early Help")),
    ("social_care", _l("After a social care assessment")),
    ("health", _l("Through health (continuing care)")),
)

WHEN = Terms(
    "when",
    ("term_weekday", _l("After school in term time")),
    ("evening", _l("Evenings")),
    ("saturday", _l("Saturdays")),
    ("sunday", _l("Sundays")),
    ("easter", _l("Easter holidays")),
    ("summer", _l("Summer holidays")),
    ("christmas", _l("Christmas holidays")),
    ("half_term", _l("Half term")),
    ("overnight", _l("Overnight")),
    ("school_hours", _l("In school hours")),
)

OUTCOMES = Terms(
    "outcome",
    ("1", _l("Children grow their independence and get ready for adult life")),
    ("2", _l("Children are healthier in body and mind")),
    ("3", _l("Parents and carers feel able to meet their child’s needs")),
    ("4", _l("The whole family can do well")),
    ("5", _l("Parents and carers are healthier in body and mind")),
)

MARKS = Terms(
    "mark",
    ("approved", _l("Approved by the council")),
    ("visited", _l("Visited by the council")),
    ("trained", _l("Trained by the council")),
)

WRONG: dict[str, LazyString] = {
    "closed": _l("It has closed or moved"),
    "times": _l("The days or times are wrong"),
    "cost": _l("The price is wrong"),
    "contact": _l("The phone, email or link does not work"),
    "support": _l("The help for children is not as it says"),
    "other": _l("Something else"),
}
"""What may be wrong with a listing, as the form that reports it asks."""

SERVICE_LISTS: dict[str, Terms] = {
    terms.name: terms for terms in (BREAKS, ACTIVITIES, NEEDS, COSTS, ROUTES, WHEN, OUTCOMES)
}
"""The lists whose members a service carries as attributes (access is answered one by one)."""

FILTER_LISTS: dict[str, Terms] = {
    terms.name: terms for terms in (NEEDS, ACTIVITIES, BREAKS, TIERS, COSTS, ACCESS, WHEN)
}
"""The lists by whose codes families narrow a search (ages and areas are read otherwise)."""

WITHHELD_BREAKS = frozenset(
    {"overnight_family", "overnight_residential", "overnight_home", "home_support"}
)
"""Breaks whose place is withheld unless staff decide otherwise: a child sleeps or lives there."""
