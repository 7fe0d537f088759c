"""Twenty searches as tired people type them on Surrey's site."""

from __future__ import annotations

from tests.relevance.facts import NIGHTS
from tests.relevance.judgements import SHORT_BREAK
from tests.relevance.search import Search

SEARCHES: tuple[Search, ...] = (
    Search(
        "t-23",
        "surrey",
        "afterschool club year 9 boy asd camberley",
        why="year 9 is thirteen or fourteen, when many after-school clubs have stopped",
        good=lambda f: (
            f.is_kind("after_school")
            and f.is_outing
            and f.takes(13, 14)
            and f.near("Camberley", 10)
            and f.welcomes("autism")
        ),
        best=lambda f: f.takes(13) and f.takes(14) and f.names_need("autism"),
    ),
    Search(
        "t-24",
        "surrey",
        "saturdayclub for my foster son 8 fasd epsom",
        why="no list names FASD: any Saturday club that takes him; ready for behaviour is best",
        good=lambda f: f.is_outing and f.runs("saturday") and f.takes(8) and f.near("Epsom", 8),
        best=lambda f: (
            f.is_kind("saturday_club")
            and (f.welcomes("behaviour", "learning_disability") or f.has("behaviour_trained"))
        ),
    ),
    Search(
        "t-25",
        "surrey",
        "can direct payments get me a p.a. to take my 10yr old out woking",
        why="helpers to go out with, or help to hire one; the card says what the money is for",
        good=lambda f: (
            f.is_kind("enabling", "direct_payment")
            and f.takes(10)
            and (f.near("Woking", 12) or f.serves("woking"))
        ),
        best=lambda f: f.costs("direct_payment_ok") or f.is_kind("direct_payment"),
        cards=("direct_payments_info",),
    ),
    Search(
        "t-26",
        "surrey",
        "quiet cinema sunday guildford",
        why="a softened showing they can go to; Sunday is best",
        good=lambda f: f.offers("cinema_relaxed") and f.near("Guildford", 12),
        best=lambda f: f.runs("sunday"),
    ),
    Search(
        "t-27",
        "surrey",
        "hoist swimming redhill 14yr old cerebral palsy",
        why="too heavy to be lifted: without a hoist or a ramp they cannot swim",
        good=lambda f: (
            f.offers("swimming")
            and f.takes(14)
            and f.near("Redhill", 12)
            and f.has("pool_hoist", "hoist", "hydro_pool")
        ),
        best=lambda f: f.welcomes("physical_disability") and f.has("pool_hoist"),
    ),
    Search(
        "t-28",
        "surrey",
        "single dad need respite 9 yr old severe learning disabilities dorking",
        why="a break from caring, by day or night, with the help that need takes, in reach",
        good=lambda f: (
            f.is_kind(*SHORT_BREAK)
            and f.listing.tier in {"targeted", "specialist"}
            and f.takes(9)
            and f.welcomes("learning_disability")
            and (f.near("Dorking", 12) or f.serves("mole-valley"))
            and f.lets_parents_go
        ),
        best=lambda f: f.names_need("learning_disability") and f.near("Dorking", 12),
        cards=("short_break",),
    ),
    Search(
        "t-29",
        "surrey",
        "nobody will take him holiday club walton on thames challenging behaviour",
        why="a holiday club that will not send him home; fair changes are a right (the card)",
        good=lambda f: (
            f.is_kind("holiday_club")
            and f.near("Walton-on-Thames", 10)
            and (f.welcomes("behaviour") or f.has("behaviour_trained", "one_to_one"))
        ),
        best=lambda f: f.names_need("behaviour") or f.has("behaviour_trained"),
        cards=("reasonable_adjustments",),
    ),
    Search(
        "t-30",
        "surrey",
        "football for girl with downs farnham",
        why="football that welcomes a child with Down syndrome; said by name is best",
        good=lambda f: (
            f.offers("football") and f.near("Farnham", 15) and f.welcomes("learning_disability")
        ),
        best=lambda f: f.names_need("learning_disability"),
    ),
    Search(
        "t-31",
        "surrey",
        "ehcp refused what now",
        why="not an activity: the cards, and people who help parents with forms and courage",
        good=lambda f: f.is_kind("parent_support") or f.does("carer_group"),
        best=lambda f: f.is_kind("parent_support") and not f.is_outing,
        cards=("ehcp", "complaint_route"),
    ),
    Search(
        "t-32",
        "surrey",
        "grupa wsparcia dla rodziców dzieci z autyzmem woking",
        why="Polish: a support group for parents of children with autism",
        good=lambda f: (
            (f.is_kind("parent_support") or f.does("carer_group"))
            and (f.near("Woking", 10) or f.serves("woking"))
        ),
        best=lambda f: f.does("carer_group") and f.welcomes("autism"),
    ),
    Search(
        "t-33",
        "surrey",
        "nie daję już rady syn mnie bije",
        why="Polish: I cannot cope any more, my son hits me. The card first, then support",
        good=lambda f: (
            f.is_kind("parent_support", "home_support", *NIGHTS)
            or f.does("carer_group")
            or (f.names_need("behaviour") and f.has("behaviour_trained"))
        ),
        best=lambda f: f.is_kind("parent_support", "home_support"),
        cards=("get_help",),
    ),
    Search(
        "t-34",
        "surrey",
        "not talking at 5 need speech therapy or groups caterham",
        why="therapy is not listed here; groups that are ready for a child who does not talk",
        good=lambda f: (
            f.is_outing
            and f.takes(5)
            and f.near("Caterham", 12)
            and (f.names_need("communication") or f.has("pecs_aac", "makaton"))
        ),
        best=lambda f: f.names_need("communication"),
    ),
    Search(
        "t-35",
        "surrey",
        "cheap summer play sceme nr cheam age 6",
        why="Cheam is next door (the card); a summer playscheme for six in reach, help to pay",
        good=lambda f: (
            f.is_kind("holiday_club") and f.runs("summer") and f.takes(6) and f.near("Cheam", 12)
        ),
        best=lambda f: f.is_without_charge or f.costs("bursary", "council_funded"),
        cards=("other_council_offer",),
    ),
    Search(
        "t-36",
        "surrey",
        "camhs",
        why="a health service, not here (the card); what says that it knows about feelings",
        good=lambda f: f.names_need("mental_health"),
        best=lambda f: f.listing.tier == "targeted" or f.is_kind("parent_support"),
        cards=("mental_health_support",),
    ),
    Search(
        "t-37",
        "surrey",
        "baby sign makaton godalming 1 year old",
        why="takes babies, signs and is near",
        good=lambda f: f.is_outing and f.has("makaton") and f.takes(1) and f.near("Godalming", 15),
        best=lambda f: f.does("early_years_play", "music"),
    ),
    Search(
        "t-38",
        "surrey",
        "been on the autism waiting list 2 years what can we go to staines",
        why="no diagnosis needed (the card); a thing to go to that says so, near Staines",
        good=lambda f: (
            f.is_outing and f.near("Staines-upon-Thames", 10) and f.names_need("no_diagnosis")
        ),
        best=lambda f: f.names_need("autism"),
        cards=("no_diagnosis_note",),
    ),
    Search(
        "t-39",
        "surrey",
        "gran here grandson 13 loves trains what can we do together esher",
        why="no trains here; an outing a boy of thirteen and his gran can make together",
        good=lambda f: (
            f.is_outing
            and f.takes(13)
            and f.near("Esher", 10)
            and (f.is_kind("whole_family") or f.does("trips_out", "libraries_museums"))
        ),
        best=lambda f: f.is_kind("whole_family"),
    ),
    Search(
        "t-40",
        "surrey",
        "club with transport for wheelchair user addlestone",
        why="they cannot get there otherwise: transport, near, and a way in for the chair",
        good=lambda f: (
            f.is_outing
            and f.has("minibus")
            and f.near("Addlestone", 12)
            and not f.refuses("wheelchair")
        ),
        best=lambda f: f.has("wheelchair"),
    ),
    Search(
        "t-41",
        "surrey",
        "drama groop thursdays haslemere 15yr old",
        why="drama for fifteen in reach of Haslemere; Thursday is best",
        good=lambda f: f.offers("drama") and f.takes(15) and f.near("Haslemere", 18),
        best=lambda f: f.meets_on("TH"),
    ),
    Search(
        "t-42",
        "surrey",
        "i dont want to be here anymore im 15",
        why="a young person in danger: the card first; then people who know about feelings",
        good=lambda f: f.is_for_the_child and f.takes(15) and f.names_need("mental_health"),
        best=lambda f: f.is_kind("youth_club") or f.does("youth_social"),
        cards=("get_help",),
    ),
)
