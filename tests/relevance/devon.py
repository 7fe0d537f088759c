"""Twenty-two searches as tired people type them on Devon's site."""

from __future__ import annotations

from tests.relevance.facts import NIGHTS
from tests.relevance.search import Search

SEARCHES: tuple[Search, ...] = (
    Search(
        "t-01",
        "devon",
        "somewhere quiet my autistic 7 year old can swim near cullompton not too noisy",
        why="a swim he can get into; a quiet one is better than one that only welcomes him",
        good=lambda f: (
            f.offers("swimming")
            and f.near("Cullompton", 15)
            and f.takes(7)
            and f.welcomes("autism")
        ),
        best=lambda f: f.has("relaxed_session", "quiet_space"),
    ),
    Search(
        "t-02",
        "devon",
        "weelchair dance class for my daughter 11 honiton way",
        why="dance where a wheelchair is no bar; best where users of one take part",
        good=lambda f: (
            f.offers("dance")
            and f.near("Honiton", 18)
            and f.takes(11)
            and not f.refuses("wheelchair")
        ),
        best=lambda f: f.has("wheelchair") or f.names_need("physical_disability"),
    ),
    Search(
        "t-03",
        "devon",
        "holiday club that does one to one for a ten year old who bites okehampton half term",
        why="without staff for it he is sent home, and the moor is wide, so they will drive",
        good=lambda f: (
            f.is_kind("holiday_club")
            and f.takes(10)
            and f.near("Okehampton", 22)
            and f.has("one_to_one", "two_to_one", "behaviour_trained")
            and not f.refuses("one_to_one")
        ),
        best=lambda f: f.has("one_to_one", "two_to_one"),
    ),
    Search(
        "t-04",
        "devon",
        "where can nan take my 4 and 6 yr old on a wednesday tiverton ones in a wheelchair",
        why="an outing both ages and the wheelchair fit; best when it is on that day",
        good=lambda f: (
            f.is_outing
            and f.takes(4)
            and f.takes(6)
            and f.near("Tiverton", 15)
            and f.has("wheelchair")
        ),
        best=lambda f: f.meets_on("WE"),
    ),
    Search(
        "t-05",
        "devon",
        "skint need something free for the kids easter hols dawlish one has adhd",
        why="it must cost nothing, be open then and be near; ADHD said is better",
        good=lambda f: (
            f.is_outing and f.is_without_charge and f.runs("easter") and f.near("Dawlish", 15)
        ),
        best=lambda f: f.welcomes("adhd"),
    ),
    Search(
        "t-06",
        "devon",
        "someone who can do peg feeds so i can leave my 3yr old a couple of hours bideford",
        why="trained in tube feeding, takes a toddler and lets the parent go; near or at home",
        good=lambda f: (
            f.is_for_the_child
            and f.has("tube_feeding")
            and f.takes(3)
            and f.lets_parents_go
            and (f.near("Bideford", 25) or f.serves("torridge"))
        ),
        best=lambda f: not f.is_kind(*NIGHTS),
    ),
    Search(
        "t-07",
        "devon",
        "leggo club totness",
        why="Lego stands with games and coding; a club one can go to, in or near Totnes",
        good=lambda f: f.offers("gaming_tech") and f.near("Totnes", 15),
        best=lambda f: f.is_kind("after_school", "saturday_club", "inclusive_mainstream"),
    ),
    Search(
        "t-08",
        "devon",
        "my lad is 15 hates people just wants to game online",
        why="games for a fifteen-year-old; from his room is what he asks for",
        good=lambda f: f.offers("gaming_tech", "online") and f.takes(15),
        best=lambda f: f.does("online"),
    ),
    Search(
        "t-09",
        "devon",
        "hes nearly 17 what happens when he turns 18 ivybridge",
        why="a plan for adult life (the card), and what gets him ready or advises them",
        good=lambda f: (
            f.takes(17)
            and (f.does("life_skills") or f.is_kind("parent_support"))
            and (f.near("Ivybridge", 18) or f.serves("south-hams"))
        ),
        best=lambda f: f.does("life_skills") and f.takes(18),
        cards=("transition_assessment",),
    ),
    Search(
        "t-10",
        "devon",
        "signing group for deaf toddler braunton",
        why="little ones, near, with signing or for children who do not hear",
        good=lambda f: (
            f.is_outing
            and f.takes(1, 3)
            and f.near("Braunton", 20)
            and (f.has("bsl", "makaton") or f.names_need("sensory"))
        ),
        best=lambda f: f.has("bsl") or f.names_need("sensory"),
    ),
    Search(
        "t-11",
        "devon",
        "how do i get a carers assesment on my own with two disabled boys",
        why="the card says how; beside it whoever supports a parent, then breaks at home",
        good=lambda f: f.is_kind("parent_support", "home_support") or f.does("carer_group"),
        best=lambda f: f.is_kind("parent_support") or f.does("carer_group"),
        cards=("parent_carer_assessment",),
    ),
    Search(
        "t-12",
        "devon",
        "i cant do this any more hes smashed the house up and hit me again exeter",
        why="the card first; then help for the parent, or with behaviour, that reaches Exeter",
        good=lambda f: (
            (f.near("Exeter", 12) or f.serves("exeter"))
            and (
                f.is_kind("parent_support", "home_support", *NIGHTS)
                or (f.names_need("behaviour") and f.has("behaviour_trained"))
            )
        ),
        best=lambda f: f.is_kind("parent_support", "home_support"),
        cards=("get_help",),
    ),
    Search(
        "t-13",
        "devon",
        "basen dla dziecka z autyzmem exeter",
        why="Polish: a pool for a child with autism",
        good=lambda f: f.offers("swimming") and f.near("Exeter", 12) and f.welcomes("autism"),
        best=lambda f: f.names_need("autism"),
    ),
    Search(
        "t-14",
        "devon",
        "zajęcia w soboty dla niepełnosprawnych dzieci newton abbot",
        why="Polish: Saturday activities for disabled children",
        good=lambda f: f.is_outing and f.runs("saturday") and f.near("Newton Abbot", 12),
        best=lambda f: f.is_kind("saturday_club") or f.listing.tier == "targeted",
    ),
    Search(
        "t-15",
        "devon",
        "hydropool",
        why="a warm pool, wherever it is; best where they may swim in it by day",
        good=lambda f: f.has("hydro_pool"),
        best=lambda f: f.offers("swimming"),
    ),
    Search(
        "t-16",
        "devon",
        "trampolining torquay",
        why="Torquay is next door: the card, and what can be reached from there",
        good=lambda f: f.offers("trampoline") and f.near("Torquay", 20),
        best=lambda f: f.near("Torquay", 12),
        cards=("other_council_offer",),
    ),
    Search(
        "t-17",
        "devon",
        "my 12 yr old helps look after her brother is there a young carers group honiton",
        why="a group for sisters; the nearest in reach is best",
        good=lambda f: (f.is_kind("sibling_group") or f.offers("sibling_activity")) and f.takes(12),
        best=lambda f: f.near("Honiton", 20),
        cards=("young_carer_assessment",),
    ),
    Search(
        "t-18",
        "devon",
        "need somone to sit with him at night he never sleeps 5 yrs old seaton",
        why="a carer who comes to the house and takes families of East Devon; at night is best",
        good=lambda f: (
            f.is_kind("overnight_home", "home_support") and f.takes(5) and f.serves("east-devon")
        ),
        best=lambda f: f.is_kind("overnight_home"),
        cards=("social_care_assessment",),
    ),
    Search(
        "t-19",
        "devon",
        "wheelchiar basketball exeter",
        why="nobody may run basketball; a ball game or mixed sport from a wheelchair will do",
        good=lambda f: (
            f.offers("sport_multi", "football")
            and f.near("Exeter", 18)
            and f.has("wheelchair", "adapted_equipment")
            and not f.refuses("wheelchair")
        ),
        best=lambda f: f.has("wheelchair") and f.names_need("physical_disability"),
    ),
    Search(
        "t-20",
        "devon",
        "portage",
        why="play at home for under-fives who develop late (the card); groups like it here",
        good=lambda f: (
            f.is_for_the_child and f.does("early_years_play", "sensory_play") and f.takes(1, 3)
        ),
        best=lambda f: (
            f.does("early_years_play") and f.welcomes("learning_disability", "no_diagnosis")
        ),
        cards=("early_years",),
    ),
    Search(
        "t-21",
        "devon",
        "beevers or cubs for boy with asd crediton",
        why="a uniformed pack for six to ten near Crediton that is ready for autism",
        good=lambda f: f.offers("uniformed") and f.takes(6, 10) and f.near("Crediton", 15),
        best=lambda f: f.welcomes("autism"),
    ),
    Search(
        "t-22",
        "devon",
        "cayaking for a wheelchair user ilfracombe",
        why="on the water from a wheelchair; the north coast is far from all else",
        good=lambda f: (
            f.offers("water_sports") and f.near("Ilfracombe", 30) and not f.refuses("wheelchair")
        ),
        best=lambda f: f.has("wheelchair", "hoist", "adapted_equipment"),
    ),
)
