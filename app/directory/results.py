"""The results page, from what was asked and what the search found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask_babel import LazyString

from app.council import Council
from app.counting import note_search
from app.directory import queries
from app.directory.asked import PAGE_SIZE, Asked
from app.directory.card_html import cards_html
from app.directory.chips import chips
from app.directory.help import first_help, other_help
from app.directory.loosen import close_matches, loosen
from app.directory.panel import panel_html
from app.directory.views import Chip, ExactLink, Option, Pager, ResultsPage
from app.kept import Ready
from app.labels import label_of
from app.languages import gettext, ngettext
from app.languages import lazy_gettext as _l
from app.places import Place, PlaceProblem
from app.search.criteria import Results

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
    """Search, and put the answer in words. What cannot be used is told beside its field."""
    place = found if isinstance(found, Place) else None
    engine = queries.search_engine()
    criteria = queries.to_criteria(asked, place)
    results = engine.find(criteria)
    note_search(criteria, results)
    label = label_of(council)
    here = asked.but(page=results.page)
    has_centre = place is not None or bool(results.centre)
    sort = "relevance" if criteria.sort == "distance" and not has_centre else criteria.sort
    words = frozenset(results.words)
    wrong = problems(asked, found, council, has_centre)
    ready = Ready()
    cards = cards_html(results.hits, words, today)
    close = cards_html(close_matches(criteria, results), words, today)
    return ResultsPage(
        heading=heading(asked, place),
        fields=fields(asked, wrong),
        problems=wrong,
        unseen=tuple(unseen(asked, sort, has_centre)),
        chips=chips(here, results, place, label),
        exact=exact_link(here, results),
        mended=results.mended,
        meant=meant_link(here, results),
        clear="/services",
        total=results.total,
        ready=ready,
        cards=ready.add(b"\n".join(cards[:2])),
        more_cards=ready.add(b"\n".join(cards[2:])),
        close=ready.add(not_results(b"\n".join(close))),
        panel=ready.add(panel_html(here, results)),
        filter_count=asked.filter_count,
        distances=distances(asked) if has_centre else (),
        orders=orders(here, sort, has_centre),
        sort_words=str(ORDERS[sort]),
        order_words=str(ORDER_WORDS[sort]),
        pager=pager(here, results),
        notes=(*asked.notes, *page_notes(asked, results, has_centre)),
        loosen=loosen(asked, criteria, results, label),
        help_first=first_help(results.help_cards, council),
        help_card=other_help(results.help_cards, council),
    )


def heading(asked: Asked, place: Place | None) -> str:
    """The page's name: what and where."""
    what = asked.q[:1].upper() + asked.q[1:] if asked.q else gettext("Services")
    if place is not None:
        return gettext("%(what)s near %(place)s", what=what, place=place.text)
    return what if asked.q else gettext("All services")


def problems(
    asked: Asked, found: Place | PlaceProblem, council: Council, has_centre: bool
) -> dict[str, str]:
    """What to type instead, by the names of the fields that hold what cannot be used."""
    wrong = {name: refused.words for name, refused in asked.refused.items()}
    if not has_centre:
        wrong.pop("within", "")  # its field comes with a place
    if isinstance(found, PlaceProblem) and found is not PlaceProblem.EMPTY:
        wrong["near"] = str(PROBLEMS[found]) % {"example": council.localities[0].outcodes[0]}
    elif asked.within and not has_centre:
        wrong["near"] = gettext("Type a town or postcode to look within some miles.")
    return wrong


def fields(asked: Asked, wrong: dict[str, str]) -> dict[str, str]:
    """What stands in the search box: what was typed, right or wrong."""
    refused = asked.refused.get("age")
    age = refused.typed if refused else str(next(iter(asked.years), ""))
    told = {f"{name}_problem": wrong[name] for name in ("near", "age") if name in wrong}
    return {"q": asked.q, "near": asked.near, "age": age, **told}


def unseen(asked: Asked, sort: str, has_centre: bool) -> Iterator[tuple[str, str]]:
    """What the page's form is to send again though it has no field for it to be seen in."""
    if sort != "relevance":
        yield "sort", sort
    if asked.exact and asked.q:
        yield "exact", "1"
    if asked.within and not has_centre:
        yield "within", str(asked.within)
    yield from (("age", str(years)) for years in asked.years["age" not in asked.refused :])


def not_results(cards: bytes) -> bytes:
    """Cards of services that only come close, told apart by their mark from what was found."""
    return cards.replace(b"data-service=", b"data-close=")


def exact_link(asked: Asked, results: Results) -> ExactLink | None:
    """The way to the very words typed, where more was read into them, and the way back."""
    if asked.exact and asked.q:
        return ExactLink(asked.but(exact=False).address(), is_on=True)
    if results.understood or results.mended:
        return ExactLink(asked.but(exact=True).address(), is_on=False)
    return None


def meant_link(asked: Asked, results: Results) -> Chip | None:
    """A search that may have been meant instead, when it finds something else."""
    if not results.did_you_mean:
        return None
    other = asked.but(q=results.did_you_mean)
    return Chip(results.did_you_mean, other.address())


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


def orders(asked: Asked, chosen: str, has_centre: bool) -> tuple[Option, ...]:
    """The orders that can be had: nearest first needs a place. An address ends with its order."""
    others = asked.but(sort="").address()
    start = f"{others}{'&' if '?' in others else '?'}sort="
    return tuple(
        Option(code, str(words), code == chosen, start + code)
        for code, words in ORDERS.items()
        if code != "distance" or has_centre
    )


def pager(asked: Asked, results: Results) -> Pager:
    """The pages before and after this one."""
    page, pages = results.page, results.pages
    before = asked.but(page=page - 1).address() if page > 1 else ""
    after = asked.but(page=page + 1).address() if page < pages else ""
    return Pager(page, pages, before, after, min(PAGE_SIZE, results.total - page * PAGE_SIZE))


def page_notes(asked: Asked, results: Results, has_centre: bool) -> list[str]:
    """What the reader should know of how the search went."""
    notes = []
    if asked.page > results.page:
        notes.append(gettext("There are no more pages. This is the last one."))
    if "within" in asked.refused and not has_centre:
        notes.append(asked.refused["within"].words)
    if asked.sort == "distance" and not has_centre:
        notes.append(gettext("Type a town or postcode to see the nearest first."))
    if results.limited:
        notes.append(
            gettext("Our search is resting. The list still works, but order and numbers are rough.")
        )
    return notes
