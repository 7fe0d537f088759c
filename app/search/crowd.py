"""Whom a listing is for, by its words, where it tells no age.

The directory of a whole city holds clubs for adults among those for children, and few of them say
an age. Families look for a child: what speaks of adults alone comes later, and is never left out.
"""

from __future__ import annotations

from enum import IntEnum

from app.listing import Listing
from app.search.text import words


class Crowd(IntEnum):
    """Whom a listing is for."""

    CHILDREN = 0
    """It tells ages, or speaks of children, young people or families."""
    ANYBODY = 1
    """It speaks of nobody's age."""
    ADULTS = 2
    """It speaks of adults and not of children."""


OF_CHILDREN = frozenset(
    """child children childrens kid kids baby babies toddler toddlers infant infants under5s tot
    tots teen teens teenage teenager teenagers youth youths young youngsters junior juniors boy
    boys girl girls son daughter pupil pupils school schools preschool nursery playgroup family
    families parent parents parenting mum mums dad dads sibling siblings grandparents send camhs
    ages""".split()
)
OF_ADULTS = frozenset(
    """adult adults adulthood elderly older senior seniors pensioner pensioners retired retirement
    dementia alzheimers parkinsons stroke menopause maternity veteran veterans homeless women
    womens men mens over50 over55s over50s employment unemployed jobseekers carers refugees
    addiction alcohol offenders""".split()
)


def crowd_of(listing: Listing) -> Crowd:
    """Whom a listing is for. Ages that it tells are sure; else its own words are all there is."""
    if listing.min_age is not None or listing.max_age is not None:
        return Crowd.CHILDREN
    said = {*words(listing.name), *words(listing.summary), *words(listing.description)}
    if not OF_CHILDREN.isdisjoint(said):
        return Crowd.CHILDREN
    return Crowd.ANYBODY if OF_ADULTS.isdisjoint(said) else Crowd.ADULTS
