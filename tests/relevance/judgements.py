"""What a good answer is to each of the thirty judged searches, as predicates over facts.

A search is answered well when at least four of its first five listings are good. The
searches themselves are read from `domain/queries-dev.json` in the shared folder, so that
neither the directory nor the ranking can have been made from this file.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.relevance.facts import Facts

Judgement = Callable[[Facts], bool]

OVERNIGHT = ("overnight_family", "overnight_residential", "overnight_home")
SHORT_BREAK = (
    *OVERNIGHT,
    "after_school",
    "saturday_club",
    "holiday_club",
    "youth_club",
    "play_leisure",
    "enabling",
    "daytime_specialist",
    "home_support",
    "msi_support",
    "direct_payment",
    "allowance",
)
STAFFED = ("one_to_one", "two_to_one", "small_group", "behaviour_trained", "secure_site")
AUTISM_READY = ("relaxed_session", "small_group", "autism_trained", "quiet_space", "one_to_one")

JUDGEMENTS: dict[str, Judgement] = {
    # Swimming near Exeter for an autistic child, with some sign of being ready for one.
    "q-01": lambda f: (
        f.does("swimming")
        and f.near("Exeter", 12)
        and f.welcomes("autism")
        and f.has(*AUTISM_READY)
    ),
    "q-02": lambda f: (
        f.does("swimming")
        and f.near("Newton Abbot", 12)
        and f.has("pool_hoist", "one_to_one", "hydro_pool", "hoist", "small_group")
    ),
    "q-03": lambda f: f.is_kind(*SHORT_BREAK),
    "q-04": lambda f: (
        f.is_kind(*OVERNIGHT)
        and (f.names_need("autism", "behaviour") or f.has("behaviour_trained", "autism_trained"))
    ),
    "q-05": lambda f: (
        f.is_kind("holiday_club")
        and f.takes(12)
        and (f.serves("guildford") or f.near("Guildford", 10))
        and f.welcomes("adhd", "behaviour")
    ),
    "q-06": lambda f: (
        f.takes(13, 17)
        and f.runs("saturday", "sunday")
        and f.welcomes("learning_disability")
        and f.near("Woking", 12)
        and not f.is_for_carers
    ),
    "q-07": lambda f: f.costs("free", "haf_free", "donation") and f.runs("summer"),
    "q-08": lambda f: f.has("changing_places") and f.near("Leominster", 20),
    "q-09": lambda f: (
        f.does("horse_riding") and f.has("wheelchair", "hoist") and not f.refuses("wheelchair")
    ),
    "q-10": lambda f: (
        f.is_kind("enabling", "direct_payment", "daytime_specialist")
        or (f.does("trips_out") and f.has("one_to_one"))
    ),
    "q-11": lambda f: f.welcomes("autism") and f.near("Barnstaple", 15),
    "q-12": lambda f: (
        f.takes(6) and f.has(*STAFFED) and not f.is_for_carers and not f.refuses("one_to_one")
    ),
    "q-13": lambda f: f.has("makaton"),
    # A plan is not an activity: advice for parents, or listings that stay open to the child.
    "q-14": lambda f: (
        f.is_kind("parent_support", "direct_payment", "allowance")
        or f.welcomes("learning_disability", "autism")
    ),
    "q-15": lambda f: f.does("trampoline") and f.costs("direct_payment_ok"),
    "q-16": lambda f: (
        f.near("Ross-on-Wye", 15)
        and not f.is_kind("whole_family")
        and (
            f.costs("tsb_allowance", "pay_session", "pay_term")
            or f.is_kind("allowance", "play_leisure")
        )
    ),
    "q-17": lambda f: (
        (f.is_kind("sibling_group") or f.does("sibling_activity")) and f.near("Tiverton", 25)
    ),
    "q-18": lambda f: (
        f.is_kind("parent_support", "home_support", *OVERNIGHT) or f.does("carer_group")
    ),
    "q-19": lambda f: f.does("football") and f.has("wheelchair", "adapted_equipment"),
    "q-20": lambda f: (
        f.is_kind("holiday_club")
        and f.runs("summer")
        and (f.near("Leatherhead", 10) or f.serves("mole-valley"))
    ),
    "q-21": lambda f: (
        (f.does("sensory_play") or f.has("sensory_room"))
        and f.takes(1, 4)
        and f.near("Honiton", 15)
    ),
    "q-22": lambda f: f.has("bsl") or f.names_need("sensory"),
    "q-23": lambda f: (
        f.is_kind("after_school")
        and f.takes(9)
        and f.has("one_to_one")
        and f.welcomes("autism")
        and f.near("Redhill", 10)
    ),
    "q-24": lambda f: (
        (f.is_kind("youth_club") or f.does("youth_social"))
        and f.takes(17)
        and f.welcomes("learning_disability")
    ),
    "q-25": lambda f: f.near("Bideford", 15) and not f.is_for_carers,
    "q-26": lambda f: (
        (f.is_kind("whole_family") or f.does("family_fun"))
        and f.welcomes("autism")
        and f.near("Hereford", 15)
    ),
    "q-27": lambda f: (
        f.is_kind(*OVERNIGHT, "home_support")
        and f.has("epilepsy_rescue", "medicine", "nurse_on_site")
        and not f.refuses("medicine")
    ),
    "q-28": lambda f: f.does("uniformed") and bool(f.listing.needs),
    "q-29": lambda f: (
        f.is_kind("allowance", "direct_payment", "parent_support")
        or f.costs("bursary", "direct_payment_ok", "council_funded")
    ),
    "q-30": lambda f: (
        f.welcomes("learning_disability") and f.near("Caterham", 12) and not f.is_for_carers
    ),
}
