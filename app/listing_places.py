"""Where a listing is, in a family’s words: towns, areas, and no more where a place is withheld."""

from __future__ import annotations

from app.council import Council
from app.languages import gettext
from app.listing import Listing, Place


def place_name(place: Place, council: Council) -> str:
    """A town; for a withheld place only its locality."""
    if place.town and not place.withheld:
        return place.town
    return area_name(place.locality, council)


def area_name(code: str, council: Council) -> str:
    """The name of a locality; empty for none, or for one the council no longer has."""
    return next((item.label for item in council.localities if item.code == code), "")


def area_names(listing: Listing, council: Council) -> tuple[str, ...]:
    """The areas it takes families from; one name when it takes them from everywhere."""
    if {locality.code for locality in council.localities} <= set(listing.areas):
        return (gettext("All of %(area)s", area=council.area_name),)
    names = (area_name(code, council) for code in listing.areas)
    return tuple(name for name in names if name)


def where_in_short(listing: Listing, council: Council) -> str:
    """Up to two towns or areas, and how many more there are."""
    names = dict.fromkeys(place_name(place, council) for place in listing.places)
    shown = [name for name in names if name] or area_names(listing, council)
    return ", ".join(shown[:2]) + (f" +{len(shown) - 2}" if len(shown) > 2 else "")
