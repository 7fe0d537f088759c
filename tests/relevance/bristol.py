"""Fifteen searches of families on a real council's feed, which says little in codes.

Its services have names, words and runners, but hardly an age, a place or a feature. So each
judgement names its good services, chosen by reading what the feed says of them, before any
search was run on it. Most of the feed is for adults; a service for adults is no answer here
unless the search is about one.
"""

from __future__ import annotations

from tests.relevance.facts import Facts
from tests.relevance.search import Search

AUTISM_FAMILIES = (
    "Bristol Autism Support",
    "National Autistic Society - Bristol Branch",
    "The National Autistic Society",
    "National Autistic Society - Head Office",
)
PARENT_CARERS = "South Glos Parent Carers"
SPORT = (
    "Access Sport",
    "Bristol City Robins Foundation",
    "Project Inc. Pan Disability Football Programme",
    "Sailability, Paddleability, and Powerbaility Sessions",
    "Disability Inclusive Sport & Physical Activity Updates",
    "Bristol Family Cycling Centre",
    "Ride Out Ride On (RORO)",
    "Youth Visual Impairment Friendly After-School Club",
    "Chance to Shine Street",
)
YOUNG_MINDS = (
    "Off The Record (Bristol & South Gloucestershire)",
    "Papyrus - Suicide Prevention Charity",
    "Shout!",
    "Bristol Samaritans",
    "Suicide Prevention Bristol",
    "Muslim Youth Helpline",
    "Off The Record (North Somerset)",
)
BREAKS = (
    "The Jessie May Trust",
    "KIDS - South West",
    "KHAAS",
    "Sense Centre South West",
    "Carers Support Centre - Bristol and South Glos",
    "Angel Care Support Limited",
)


def helps_parents(f: Facts) -> bool:
    """Helps parents of disabled children, whatever the disability."""
    return f.is_run_by(PARENT_CARERS) or f.is_named(
        "Send and You",
        "KHAAS",
        "Carers Support Centre - Bristol and South Glos",
        "KIDS - South West",
        "Sense Centre South West",
        "Unique",
    )


SEARCHES: tuple[Search, ...] = (
    Search(
        "b-01",
        "bristol",
        "autism support for parents",
        why="for parents of autistic children; services for autistic adults are not",
        good=lambda f: f.is_named(*AUTISM_FAMILIES) or f.is_run_by(PARENT_CARERS),
        best=lambda f: f.is_named(*AUTISM_FAMILIES[:2]),
    ),
    Search(
        "b-02",
        "bristol",
        "other parents of disabled kids to talk to",
        why="parent carers who meet; advice for them is good, a group is best",
        good=helps_parents,
        best=lambda f: f.is_run_by(PARENT_CARERS),
    ),
    Search(
        "b-03",
        "bristol",
        "sport for disabled teenager",
        why="sport that is ready for disabled young people",
        good=lambda f: f.is_named(*SPORT),
        best=lambda f: f.is_named(*SPORT[:4]),
    ),
    Search(
        "b-04",
        "bristol",
        "respite for my child with complex needs",
        why="breaks from caring for a child; homes and day centres for adults are not",
        good=lambda f: f.is_named(*BREAKS),
        best=lambda f: f.is_named(*BREAKS[:3]),
        cards=("short_break",),
    ),
    Search(
        "b-05",
        "bristol",
        "young carers",
        why="for children who care",
        good=lambda f: f.is_named(
            "Bristol Young Carers",
            "South Gloucestershire Young Carers",
            "Siblings and Young Carers Project",
            "Carers Support Centre - Bristol and South Glos",
            "Bristol Black Carers",
            "Sense Centre South West",
        ),
        best=lambda f: f.is_named("Bristol Young Carers", "South Gloucestershire Young Carers"),
        cards=("young_carer_assessment",),
    ),
    Search(
        "b-06",
        "bristol",
        "my son is 12 and going blind who can help",
        why="sight loss, for a child above all",
        good=lambda f: f.is_named(
            "Children and Young Peoples' services",
            "Guide Dogs",
            "Sight Support West of England",
            "Youth Visual Impairment Friendly After-School Club",
            "Sense Centre South West",
            "Visual impairment rehabilitation service",
        ),
        best=lambda f: f.is_named(
            "Children and Young Peoples' services",
            "Youth Visual Impairment Friendly After-School Club",
        ),
    ),
    Search(
        "b-07",
        "bristol",
        "deaf children family group",
        why="one centre is for exactly them; other services of deaf people come next",
        good=lambda f: f.is_named(
            "The Family Centre (Deaf Children)",
            "CfD - Centre for Deaf and Hard of Hearing People",
            "Sense Centre South West",
            "Sign Health - The Deaf Health Charity",
        ),
        best=lambda f: f.is_named("The Family Centre (Deaf Children)"),
    ),
    Search(
        "b-08",
        "bristol",
        "swiming pool with hoist yate or kingswood",
        why="pools of the trust that has a hoist in each",
        good=lambda f: f.is_named(
            "Yate Leisure Centre",
            "Longwell Green Leisure Centre",
            "Bradley Stoke Leisure Centre",
            "Thornbury Leisure Centre",
            "Circadian Trust Leisure Centres - Accessibility",
        ),
        best=lambda f: f.is_named(
            "Yate Leisure Centre",
            "Longwell Green Leisure Centre",
            "Circadian Trust Leisure Centres - Accessibility",
        ),
    ),
    Search(
        "b-09",
        "bristol",
        "cerebal palsy",
        why="one charity is for it; a football club names it among its players",
        good=lambda f: f.is_named("Cerebral Palsy Plus", "Bristol Rovers Ability FC"),
        best=lambda f: f.is_named("Cerebral Palsy Plus"),
    ),
    Search(
        "b-10",
        "bristol",
        "youthclub for disabled 14 year old",
        why="youth groups; those for disabled young people are best",
        good=lambda f: f.is_named(
            "OAA Youth Groups",
            "KIDS - South West",
            "Youth Centres in South Gloucestershire",
            "Hanham Youth Club",
            "Hillfields Youth Centre",
            "Southmead Adventure Playground and Youth Centre",
            "FACE @ Frampton - Brockeridge Youth Club",
            "Link Club",
            "Turnberrie's Community Centre",
        ),
        best=lambda f: f.is_named("OAA Youth Groups", "KIDS - South West"),
    ),
    Search(
        "b-11",
        "bristol",
        "my daughter is self harming and camhs wont see her",
        why="the card first; then who listens to young people now",
        good=lambda f: f.is_named(*YOUNG_MINDS),
        best=lambda f: f.is_named(*YOUNG_MINDS[:3]),
        cards=("get_help",),
    ),
    Search(
        "b-12",
        "bristol",
        "toddler group animals outdoors under 5",
        why="little ones and animals: the farms",
        good=lambda f: f.is_named(
            "Farm Tots",
            "Lawrence Weston Community Farm",
            "Windmill Hill City Farm",
            "St Werburghs City Farm",
            "Grimsbury Farm",
            "Little Treasures",
        ),
        best=lambda f: f.is_named("Farm Tots"),
    ),
    Search(
        "b-13",
        "bristol",
        "what is there for my daughter 20 with learning disabilities in the day",
        why="grown up: day services and clubs for adults with a learning disability",
        good=lambda f: f.is_named(
            "Buddies",
            "Choices 4 U",
            "Day Service",
            "Freeways",
            "Link Club",
            "Supported Farm Placements",
            "Brandon Trust",
            "Misfits Theatre Company",
            "LD Awareness Support Services",
            "Gig Buddies Bristol",
            "Best Life Day Club",
            "New Key - Bristol",
            "Sense Centre South West",
        ),
        best=lambda f: f.is_named("Buddies", "Choices 4 U", "Day Service", "Freeways"),
    ),
    Search(
        "b-14",
        "bristol",
        "music or druming for kids with learning difficulties",
        why="making music; one workshop is for such children, a few others take the young",
        good=lambda f: f.is_named(
            "Inclusive drumming",
            "PULSE - Music and movement to improve mental health",
            "Gathering Voices",
            "Little Stoke Community Hall",
            "Hanham Youth Club",
        ),
        best=lambda f: f.is_named("Inclusive drumming"),
    ),
    Search(
        "b-15",
        "bristol",
        "talking aid for child who cant speak",
        why="communication aids",
        good=lambda f: f.is_named(
            "The Sequal Trust",
            "HFT Personalised Assistive Technology Services",
            "Sense Centre South West",
        ),
        best=lambda f: f.is_named("The Sequal Trust"),
    ),
)
