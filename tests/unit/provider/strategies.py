"""Drafts that a provider could have typed, for tests that try many."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from app import draft as drafts
from app.forms import tidy, tidy_line
from app.listing_words import DAYS, PER, WHOM
from app.states import Answer, Period, Space, Stays
from app.vocabulary import ACCESS, ACTIVITIES, BREAKS, COSTS, NEEDS, OUTCOMES, ROUTES, WHEN, Terms

line = st.text(max_size=40).map(tidy_line)
text = st.text(max_size=120).map(tidy)
day = st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))
clock = st.just("") | st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
web = st.just("") | st.sampled_from(["https://example.org/otters", "http://a.example.com/?x=1&y=2"])
phone = st.sampled_from(["01632 960123", "07700 900123", "+44 20 7946 0000"])
mail = st.sampled_from(["", "hello@example.org", "o.b+c@example.co.uk"])


def some(terms: Terms) -> st.SearchStrategy[tuple[str, ...]]:
    """Some codes of a list, in its order."""
    return st.sets(st.sampled_from(terms.codes)).map(
        lambda codes: tuple(terms.only_known([*codes]))
    )


def lines(most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    """Different names, in the order of the alphabet, as records keep them."""
    return st.sets(line.filter(bool), max_size=most).map(lambda names: tuple(sorted(names)))


about = st.builds(
    drafts.About,
    line.filter(bool), text, text, web, some(BREAKS), some(ACTIVITIES), some(OUTCOMES), lines(),
)  # fmt: skip
ages = st.tuples(st.none() | st.integers(0, 12), st.none() | st.integers(12, 25))
who = st.builds(
    lambda pair, needs, areas: drafts.Who(*pair, needs, tuple(sorted(areas))),
    ages, some(NEEDS), st.sets(st.sampled_from(["exeter", "teignbridge"])),
)  # fmt: skip
support = st.dictionaries(
    st.sampled_from(ACCESS.codes), st.tuples(st.sampled_from(list(Answer)), line, day), max_size=6
).map(lambda said: tuple(drafts.Support(code, *said[code]) for code in sorted(said)))
ratio = st.just((None, None)) | st.tuples(st.integers(1, 9), st.integers(1, 30))
could = st.builds(
    lambda items, pair, *rest: drafts.Could(items, *pair, *rest),
    support, ratio, text, text, st.sampled_from(list(Stays)), text, text,
    st.sampled_from(["", "ofsted", "cqc"]), line.map(lambda said: said[:40].strip()), web, day,
)  # fmt: skip
session = st.builds(
    drafts.Session,
    st.sampled_from(list(Period)).map(str),
    st.sets(st.sampled_from(list(DAYS))).map(lambda days: tuple(d for d in DAYS if d in days)),
    clock.filter(bool), clock, st.integers(1, 4), st.none(), day, line,
)  # fmt: skip
place = st.builds(
    drafts.Place,
    st.uuids().map(lambda key: f"new-{key.hex[:12]}"), line, text.map(lambda said: "\n".join(
        row for row in said.split("\n") if row.strip())), line.filter(bool),
    st.sampled_from(["", "EX1 9CM"]), st.just("exeter"), text,
    st.lists(session, max_size=3).map(tuple),
)  # fmt: skip
when = st.builds(drafts.WhenWhere, st.lists(place, max_size=3).map(tuple), some(WHEN))
price = st.builds(
    drafts.Price,
    st.none() | st.integers(0, 99_999_99),
    st.sampled_from(["", *(per for per in PER if per != "visit")]),
    st.sampled_from(["", *WHOM]),
    line,
).filter(lambda item: item != drafts.Price())
cost = st.builds(drafts.Cost, st.lists(price, max_size=4).map(tuple), some(COSTS), text, lines())
joining = st.builds(
    drafts.Joining,
    some(ROUTES),
    text.map(lambda said: "\n".join(row for row in said.split("\n")[:12] if row.strip())),
)
contact = st.builds(
    drafts.Contact, line, line, st.lists(phone, min_size=1, max_size=3).map(tuple), mail, line
)
contacts = st.builds(drafts.Contacts, st.lists(contact, max_size=3).map(tuple))
availability = st.builds(
    lambda space, weeks, note, said: drafts.Availability(
        space, weeks if space is Space.WAITING else None, note, said
    ),
    st.sampled_from([Space.SPACES, Space.WAITING, Space.FULL]),
    st.none() | st.integers(1, 200), line, st.just(date.today()),
)  # fmt: skip
SECTIONS = {
    "about": about,
    "who": who,
    "could": could,
    "when": when,
    "cost": cost,
    "joining": joining,
    "contact": contacts,
    "availability": availability,
}
draft = st.builds(
    drafts.Draft, about, who, could, when, cost, joining, contacts, availability,
    st.just(drafts.StaffOnly()),
)  # fmt: skip
