"""The results page, from what was asked and what the search found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask_babel import LazyString

from app.council import Council
from app.counting import note_search
from app.directory import queries
from app.directory.asked import GROUPS, PAGE_SIZE, Asked
from app.directory.card_html import cards_html
from app.directory.help import first_help, other_help
from app.directory.panel import panel_html
from app.directory.views import (
    Chip,
    Loosen,
    Option,
    Pager,
    ResultsPage,
)
from app.labels import Label, label_of
from app.languages import gettext, ngettext
from app.languages import lazy_gettext as _l
from app.places import Place, PlaceProblem
from app.search.criteria import Criteria, Results

DISTANCES = (3, 5, 10, 20, 40)
ORDERS: dict[str, LazyString] = {
    "relevance": _l("Best match"),
    "distance": _l("Nearest first"),
    "name": _l("A to Z"),
    "updated": _l("Newest check first"),
}
ORDER_WORDS: dict[str, LazyString] = {
    "relevance": _l(
        "Best match first. What you typed counts most. "
        "Then how near it is and how lately it was checked."
    ),
    "distance": _l("Nearest first. We measure in a straight line."),
    "name": _l("In order of name, A to Z."),
    "updated": _l("The ones checked most lately come first."),
}
PROBLEMS: dict[PlaceProblem, LazyString] = {
    PlaceProblem.FORM: _l("Type a town, or the start of a postcode such as %(example)s."),
    PlaceProblem.UNKNOWN: _l("We do not know this postcode. Try a town near you."),
}


def results_page(
    asked: Asked, found: Place | PlaceProblem, council: Council, today: date
) -> ResultsPage:
    """Search, and put the answer in words. A place not found is a problem beside its field."""
    place = found if isinstance(found, Place) else None
    engine = queries.search_engine()
    criteria = queries.to_criteria(asked, place)
    results = engine.find(criteria)
    note_search(criteria, results)
    label = label_of(council)
    here = replace(asked, page=results.page)
    return ResultsPage(
        heading=heading(asked, place),
        q=asked.q,
        near=asked.near,
        near_problem=place_problem(found, council),
        age=str(asked.years[0]) if asked.years else "",
        chips=chips(here, place, label),
        clear="/services",
        total=results.total,
        cards=cards_html(results.hits, frozenset(results.words), today),
        panel=panel_html(here, results),
        filter_count=asked.filter_count,
        distances=distances(asked),
        orders=orders(here, criteria.sort, place),
        sort=criteria.sort,
        sort_words=str(ORDERS[criteria.sort]),
        order_words=str(ORDER_WORDS[criteria.sort]),
        pager=pager(here, results),
        notes=(*asked.notes, *page_notes(asked, results, place)),
        is_limited=results.limited,
        loosen=loosen(asked, criteria, label) if results.total == 0 else (),
        help_first=first_help(results.help_cards, council),
        help_card=other_help(results.help_cards, council, in_list=results.total > 0),
    )


def heading(asked: Asked, place: Place | None) -> str:
    """The page's name: what and where."""
    what = asked.q[:1].upper() + asked.q[1:] if asked.q else gettext("Services")
    if place is not None:
        return gettext("%(what)s near %(place)s", what=what, place=place.text)
    return what if asked.q else gettext("All services")


def place_problem(found: Place | PlaceProblem, council: Council) -> str:
    """What to do about a place that was typed and not found; empty when all is well."""
    if isinstance(found, Place) or found is PlaceProblem.EMPTY:
        return ""
    return str(PROBLEMS[found]) % {"example": council.localities[0].outcodes[0]}


def chips(asked: Asked, place: Place | None, label: Label) -> tuple[Chip, ...]:
    """Everything in force, each with the search without it."""
    made: list[tuple[str, Asked]] = []
    if asked.q:
        made.append((gettext("“%(words)s”", words=asked.q), replace(asked, q="")))
    if place is not None and asked.within:
        words = ngettext(
            "Within %(num)s mile of %(place)s",
            "Within %(num)s miles of %(place)s",
            asked.within,
            place=place.text,
        )
        made.append((words, replace(asked, within=None)))
    elif place is not None:
        made.append((gettext("Near %(place)s", place=place.text), replace(asked, near="")))
    for years in asked.years:
        left = tuple(item for item in asked.years if item != years)
        made.append((gettext("Age %(years)s", years=years), replace(asked, years=left)))
    for group in GROUPS:
        for code in asked.ticked(group):
            words = label(group, code)
            if group == "age":
                words = gettext("Age %(years)s", years=words)
            made.append((words, asked.without(group, code)))
    return tuple(Chip(words, replace(left, page=1).address()) for words, left in made)


def distances(asked: Asked) -> tuple[Option, ...]:
    """How far the family will go; their own number is kept among the usual ones."""
    usual = sorted({*DISTANCES, *([asked.within] if asked.within else [])})
    any_distance = Option("", gettext("Any distance"), asked.within is None)
    return (
        any_distance,
        *(
            Option(
                str(miles),
                ngettext("Within %(num)s mile", "Within %(num)s miles", miles),
                miles == asked.within,
            )
            for miles in usual
        ),
    )


def orders(asked: Asked, chosen: str, place: Place | None) -> tuple[Option, ...]:
    """The orders that can be had: nearest first needs a place."""
    return tuple(
        Option(code, str(words), code == chosen, replace(asked, sort=code, page=1).address())
        for code, words in ORDERS.items()
        if code != "distance" or place is not None
    )


def pager(asked: Asked, results: Results) -> Pager:
    """The pages before and after this one."""
    page, pages = results.page, results.pages
    before = replace(asked, page=page - 1).address() if page > 1 else ""
    after = replace(asked, page=page + 1).address() if page < pages else ""
    return Pager(page, pages, before, after, min(PAGE_SIZE, results.total - page * PAGE_SIZE))


def page_notes(asked: Asked, results: Results, place: Place | None) -> list[str]:
    """What the reader should know of how the search went."""
    notes = []
    if asked.page > results.page:
        notes.append(gettext("There are no more pages. This is the last one."))
    if asked.within and place is None:
        notes.append(gettext("Type a town or postcode to look within some miles."))
    if asked.sort == "distance" and place is None:
        notes.append(gettext("Type a town or postcode to see the nearest first."))
    return notes


def loosen(asked: Asked, criteria: Criteria, label: Label) -> tuple[Loosen, ...]:
    """What to leave out to find more, best first, each with its count."""
    changes: list[tuple[str, Asked, Criteria]] = []
    if asked.q:
        changes.append((gettext("Any words"), replace(asked, q=""), replace(criteria, text="")))
    if criteria.within:
        changes.append(
            (
                gettext("Any distance"),
                replace(asked, within=None),
                replace(criteria, within=None),
            )
        )
    if asked.years:
        changes.append((gettext("Any age"), replace(asked, years=()), replace(criteria, years=())))
    for group in GROUPS:
        if asked.ticked(group):
            codes = {**asked.codes, group: ()}
            words = gettext("Without “%(filter)s”", filter=_joined(asked, group, label))
            left = queries.without(criteria, group)
            changes.append((words, replace(asked, codes=codes), left))
    return _counted(changes)


def _joined(asked: Asked, group: str, label: Label) -> str:
    return ", ".join(label(group, code) for code in asked.ticked(group))


def _counted(changes: list[tuple[str, Asked, Criteria]]) -> tuple[Loosen, ...]:
    engine = queries.search_engine()
    found = [
        Loosen(words, engine.count(criteria), replace(asked, page=1).address())
        for words, asked, criteria in changes
    ]
    return tuple(sorted((item for item in found if item.total), key=lambda item: -item.total)[:6])
