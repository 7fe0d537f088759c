"""Eighteen searches as tired people type them on Herefordshire's site."""

from __future__ import annotations

from tests.relevance.judgements import SHORT_BREAK
from tests.relevance.search import Search

SEARCHES: tuple[Search, ...] = (
    Search(
        "t-43",
        "herefordshire",
        "jazda konna kington 5 lat",
        why="Polish: horse riding, five years old; the county is small and they will drive",
        good=lambda f: f.offers("horse_riding") and f.takes(5),
        best=lambda f: f.near("Kington", 20),
    ),
    Search(
        "t-44",
        "herefordshire",
        "what can i spend tsb money on",
        why="whatever takes the allowance (the card says what it may not pay for)",
        good=lambda f: f.costs("tsb_allowance") or f.is_kind("allowance"),
        best=lambda f: f.costs("tsb_allowance") and f.is_for_the_child,
        cards=("tsb_allowance",),
    ),
    Search(
        "t-45",
        "herefordshire",
        "ledbury youthclub age 14 gets very anxious",
        why="a place for fourteen-year-olds to meet; one that knows about worry is best",
        good=lambda f: (
            f.is_outing
            and (f.is_kind("youth_club") or f.does("youth_social"))
            and f.takes(14)
            and f.near("Ledbury", 18)
        ),
        best=lambda f: f.names_need("mental_health") or f.has("quiet_space", "small_group"),
    ),
    Search(
        "t-46",
        "herefordshire",
        "opieka wytchnieniowa",
        why="Polish: respite care",
        good=lambda f: f.is_kind(*SHORT_BREAK) and f.lets_parents_go,
        best=lambda f: f.listing.tier in {"targeted", "specialist"},
        cards=("short_break",),
    ),
    Search(
        "t-47",
        "herefordshire",
        "plac zabaw dla dziecka na wózku hereford",
        why="Polish: a playground for a child in a wheelchair",
        good=lambda f: (
            f.offers("play_sessions", "soft_play", "sensory_play")
            and f.has("wheelchair")
            and f.near("Hereford", 12)
        ),
        best=lambda f: f.offers("play_sessions", "soft_play"),
    ),
    Search(
        "t-48",
        "herefordshire",
        "półkolonie letnie ledbury 9 lat",
        why="Polish: a summer day camp, nine years old",
        good=lambda f: (
            f.is_kind("holiday_club") and f.runs("summer") and f.takes(9) and f.near("Ledbury", 18)
        ),
        best=lambda f: f.lets_parents_go and f.near("Ledbury", 12),
    ),
    Search(
        "t-49",
        "herefordshire",
        "soft play fenced in so she cant run off under 5s hereford",
        why="play for the little ones near Hereford; a secure site is what she fears for",
        good=lambda f: (
            f.offers("soft_play", "early_years_play", "play_sessions")
            and f.takes(1, 4)
            and f.near("Hereford", 12)
            and not f.refuses("secure_site")
        ),
        best=lambda f: f.has("secure_site"),
    ),
    Search(
        "t-50",
        "herefordshire",
        "anything for disabled kids hay on wye",
        why="Hay is in Wales (the card); what a child can go to from there",
        good=lambda f: (
            f.is_outing
            and f.near("Hay-on-Wye", 15)
            and f.names_need("any_send", "learning_disability", "physical_disability")
        ),
        best=lambda f: f.listing.tier == "targeted",
        cards=("other_council_offer",),
    ),
    Search(
        "t-51",
        "herefordshire",
        "blind boy 9 wants to do climbing leominster",
        why="something to climb, else another sport ready for a child who does not see",
        good=lambda f: (
            f.takes(9)
            and f.near("Leominster", 20)
            and (
                f.offers("climbing")
                or (
                    f.offers("sport_multi", "athletics_gym", "cycling", "martial_arts")
                    and (f.names_need("sensory") or f.has("vi_support"))
                )
            )
        ),
        best=lambda f: f.offers("climbing"),
    ),
    Search(
        "t-52",
        "herefordshire",
        "nurse to look after my baby at home life limiting condition",
        why="nursing for a baby, at home above all; the NHS pays for some of it (the card)",
        good=lambda f: (
            f.is_for_the_child
            and f.takes(0)
            and f.welcomes("complex_health")
            and (f.has("nurse_on_site", "tube_feeding") or f.is_kind("home_support"))
        ),
        best=lambda f: f.is_kind("home_support", "overnight_home"),
        cards=("continuing_care",),
    ),
    Search(
        "t-53",
        "herefordshire",
        "his sister is 8 and misses out on everything group for her ross on wye",
        why="a group of her own; in reach of Ross is best",
        good=lambda f: (f.is_kind("sibling_group") or f.offers("sibling_activity")) and f.takes(8),
        best=lambda f: f.near("Ross-on-Wye", 20),
        cards=("sibling_support",),
    ),
    Search(
        "t-54",
        "herefordshire",
        "cooking or life skills for my 19 yr old daughter learning disability colwall",
        why="few things go on past 18: what takes her, near, and teaches her something",
        good=lambda f: (
            f.offers("cooking", "life_skills")
            and f.takes(19)
            and f.near("Colwall", 25)
            and f.welcomes("learning_disability")
        ),
        best=lambda f: f.names_need("learning_disability"),
    ),
    Search(
        "t-55",
        "herefordshire",
        "help with dla form bromyard",
        why="somebody who sits down with them; the card says what DLA is",
        good=lambda f: (
            (f.is_kind("parent_support", "allowance", "direct_payment") or f.does("carer_group"))
            and (f.near("Bromyard", 18) or f.serves("bromyard"))
        ),
        best=lambda f: f.is_kind("parent_support") and f.near("Bromyard", 18),
        cards=("dla",),
    ),
    Search(
        "t-56",
        "herefordshire",
        "hes not in school farm or forest in the week ewyas harold age 10",
        why="outdoors for ten, in reach of the valley; not only at weekends is best",
        good=lambda f: f.offers("outdoor_nature") and f.takes(10) and f.near("Ewyas Harold", 20),
        best=lambda f: f.meets_on("MO", "TU", "WE", "TH", "FR"),
    ),
    Search(
        "t-57",
        "herefordshire",
        "cup of tea with other mums who get it leominster",
        why="a group of parents like her, near; when the children are at school is best",
        good=lambda f: f.does("carer_group") and f.near("Leominster", 18),
        best=lambda f: f.runs("school_hours"),
    ),
    Search(
        "t-58",
        "herefordshire",
        "xmas holiday club 8 yr old back at work on the 27th hereford",
        why="open at Christmas, takes him and lets her go to work",
        good=lambda f: (
            f.is_kind("holiday_club", "daytime_specialist", "after_school")
            and f.is_outing
            and f.runs("christmas")
            and f.takes(8)
            and f.near("Hereford", 18)
            and f.lets_parents_go
        ),
        best=lambda f: f.is_kind("holiday_club"),
    ),
    Search(
        "t-59",
        "herefordshire",
        "SW here looking for 2:1 support in the home 15yo self injurious",
        why="a social worker: two people at home, else people trained for it who come there",
        good=lambda f: (
            f.takes(15)
            and (
                f.has("two_to_one")
                or (
                    f.is_kind("home_support", "enabling", "daytime_specialist")
                    and (f.names_need("behaviour") or f.has("behaviour_trained"))
                )
            )
        ),
        best=lambda f: f.has("two_to_one") or f.is_kind("home_support"),
    ),
    Search(
        "t-60",
        "herefordshire",
        "killing time on a wet sunday with 3 kids one autistic weobley",
        why="no danger in these words; a Sunday out for all of them in reach of Weobley",
        good=lambda f: (
            f.is_outing
            and f.runs("sunday")
            and f.near("Weobley", 20)
            and (
                f.is_kind("whole_family")
                or f.does("family_fun", "soft_play")
                or f.has("siblings_welcome")
            )
        ),
        best=lambda f: f.is_kind("whole_family") and f.welcomes("autism"),
        never=("get_help",),
    ),
)
