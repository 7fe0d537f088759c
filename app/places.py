"""Understand where a family says they are: a postcode, its first half, or the name of a place.

People type on phones: small letters, no space, a county after the town, characters pasted from
messages. All of that is understood; anything else is a plain problem to show beside the field,
never an exception.
"""

import logging
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final, Literal

from app.council import Council, Country, Locality, Town
from app.grid import GridPoint, miles, to_grid
from app.postcodes import (
    PostcodeExtract,
    PostcodeFileError,
    PostcodeRow,
    extract_path,
    open_extract,
)

LONGEST: Final = 200

_log = logging.getLogger(__name__)

_POSTCODE: Final = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_AT_THE_END: Final = re.compile(r".*[\s,]([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
_FIRST_HALF: Final = re.compile(r"([A-Z]{1,2}) ?([0-9][A-Z0-9]?)(?: [0-9][A-Z]?)?")
_EVERYWHERE: Final = ("england", "wales", "uk", "united kingdom")


class PlaceProblem(StrEnum):
    """Why we cannot say where a text is."""

    EMPTY = "empty"
    """Nothing was typed."""
    FORM = "form"
    """It is neither written like a postcode nor a place we know by name."""
    UNKNOWN = "unknown"
    """It is written like a postcode, but we do not have that one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere on the National Grid (metres), with the name to show for it.

    `authority` is the ONS code of the district or council it is in, when known; `district` is the
    same code but only inside this site's council; `locality` is a code of the council's localities,
    None outside it or when the place is larger than one.
    """

    text: str
    easting: float
    northing: float
    kind: Literal["postcode", "outcode", "town"]
    district: str | None = None
    locality: str | None = None
    authority: str | None = None
    country: Country = "england"


class PlaceFinder:
    """Finds places in and around one council; make one for each council and keep it."""

    def __init__(self, council: Council, extract: Path | None = None) -> None:
        """Take the council, and a file of postcodes if not its own; reads no file yet."""
        self._council = council
        self._path = extract or extract_path(council.code)

    def find(self, text: str) -> Place | PlaceProblem:
        """Say where a family's text is, or why we cannot."""
        tidy = _tidy(text)
        if not tidy:
            return PlaceProblem.EMPTY
        capitals = tidy.upper()
        if whole := _POSTCODE.fullmatch(re.sub(r"[ .\-]", "", capitals)) or _AT_THE_END.fullmatch(
            capitals
        ):
            return self._postcode(whole[1], whole[2]) or PlaceProblem.UNKNOWN
        if half := _FIRST_HALF.fullmatch(capitals):
            return self._outcode(half[1] + half[2]) or PlaceProblem.UNKNOWN
        return self._name(_name_key(tidy)) or PlaceProblem.FORM

    def locality_centre(self, code: str) -> GridPoint:
        """Give the middle of a locality; raises KeyError when there is none with this code."""
        locality = self._council.locality(code)
        return to_grid(locality.lat, locality.lon)

    def nearest_locality(self, easting: float, northing: float) -> str:
        """Give the code of the locality whose middle or nearest town is closest."""
        return self._nearest(self._council.localities, easting, northing)

    @cached_property
    def _extract(self) -> PostcodeExtract | None:
        """The postcodes, read when first needed; towns and rough outcodes work without."""
        try:
            return open_extract(self._path)
        except PostcodeFileError as fault:
            _log.error("postcodes cannot be looked up: %s", fault)
            return None

    def _postcode(self, outcode: str, inward: str) -> Place | None:
        """Find a whole postcode."""
        row = self._extract.find(outcode, inward) if self._extract else None
        return self._from_row(f"{outcode} {inward}", "postcode", outcode, row) if row else None

    def _outcode(self, outcode: str) -> Place | None:
        """Find the middle of a first half: of its postcodes, or roughly from the council's file."""
        row = self._extract.find_outcode(outcode) if self._extract else None
        if row:
            return self._from_row(outcode, "outcode", outcode, row)
        if outcode not in self._council.outcode_centres:
            return None
        point = to_grid(*self._council.outcode_centres[outcode])
        nearby = any(outcode in other.outcodes for other in self._council.nearby_other_councils)
        ours = (
            []
            if nearby
            else [place for place in self._council.localities if outcode in place.outcodes]
        )
        locality = self._council.locality(self._nearest(ours, *point)) if ours else None
        return _own_place(outcode, "outcode", point, locality)

    def _from_row(
        self,
        text: str,
        kind: Literal["postcode", "outcode"],
        outcode: str,
        row: PostcodeRow,
    ) -> Place:
        """Make a place of a row of the postcode file."""
        locality = self._locality(outcode, row)
        return Place(
            text,
            row.easting,
            row.northing,
            kind,
            row.authority if locality else None,
            locality,
            row.authority,
            "wales" if row.authority.startswith("W") else "england",
        )

    def _locality(self, outcode: str, row: PostcodeRow) -> str | None:
        """Say which locality a row is in: its district's.

        When several localities share the district, the nearest that has this outcode.
        """
        ours = [place for place in self._council.localities if place.authority == row.authority]
        sharing = [place for place in ours if outcode in place.outcodes]
        return self._nearest(sharing or ours, row.easting, row.northing) if ours else None

    def _nearest(self, localities: Iterable[Locality], easting: float, northing: float) -> str:
        """Give the code of the one of these localities whose middle or nearest town is closest."""
        return min(
            (miles(easting, northing, *point), place.code)
            for place in localities
            for point in self._points[place.code]
        )[1]

    @cached_property
    def _points(self) -> dict[str, list[GridPoint]]:
        """The middle and the towns of each locality."""
        return {
            place.code: [
                to_grid(place.lat, place.lon),
                *(to_grid(town.lat, town.lon) for town in place.towns),
            ]
            for place in self._council.localities
        }

    def _name(self, key: str) -> Place | None:
        """Find a place by name, leaving off up to three larger areas (county, country)."""
        for _ in range(4):
            if key in self._names:
                return self._names[key]
            area = next((area for area in self._areas if key.endswith(f" {area}")), None)
            if area is None:
                return None
            key = key.removesuffix(f" {area}")
        return None

    @cached_property
    def _areas(self) -> list[str]:
        """Names people write after a town, the longest first."""
        council = self._council
        others = (other.council for other in council.nearby_other_councils)
        names = chain([council.area_name, council.name], council.area_also, others, _EVERYWHERE)
        return sorted({_name_key(name) for name in names}, key=lambda name: (-len(name), name))

    @cached_property
    def _names(self) -> dict[str, Place]:
        """Every name we know; the first wins: our towns, neighbours' towns, localities, groups."""
        names: dict[str, Place] = {}
        for town, place in self._towns():
            for name in (town.name, *town.also):
                names.setdefault(_name_key(name), place)
        for locality in self._council.localities:
            place = _own_place(
                locality.label, "town", to_grid(locality.lat, locality.lon), locality
            )
            names.setdefault(_name_key(locality.label), place)
        for group in self._council.groups:
            names.setdefault(_name_key(group), self._group(group))
        return names

    def _towns(self) -> Iterable[tuple[Town, Place]]:
        """Give each town with its place: the council's own, then its neighbours'."""
        for locality in self._council.localities:
            for town in (*locality.towns, *locality.villages):
                yield (
                    town,
                    _own_place(town.name, "town", to_grid(town.lat, town.lon), locality),
                )
        for other in self._council.nearby_other_councils:
            for town in other.towns:
                yield (
                    town,
                    Place(
                        town.name,
                        *to_grid(town.lat, town.lon),
                        "town",
                        country=other.country,
                    ),
                )

    def _group(self, group: str) -> Place:
        """Give the middle of a group of localities."""
        points = [
            self.locality_centre(place.code)
            for place in self._council.localities
            if place.group == group
        ]
        eastings, northings = zip(*points, strict=True)
        return Place(group, sum(eastings) / len(points), sum(northings) / len(points), "town")


def _own_place(
    text: str,
    kind: Literal["outcode", "town"],
    point: GridPoint,
    locality: Locality | None,
) -> Place:
    """Make a place that takes its district from the locality it is in, if any."""
    authority = locality.authority if locality else None
    return Place(text, *point, kind, authority, locality.code if locality else None, authority)


def _tidy(text: str) -> str:
    """Cut to a sane length and drop what cannot be seen, such as zero-width marks.

    Digits of every script become 0 to 9, and full-width letters plain ones.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    seen = (" " if letter.isspace() else _digit(letter) for letter in plain)
    return " ".join(
        "".join(letter for letter in seen if unicodedata.category(letter)[0] != "C").split()
    )


def _digit(letter: str) -> str:
    """Give the digit 0 to 9 that a character stands for, or the character itself."""
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def _name_key(name: str) -> str:
    """Reduce a name to what people agree on: no capitals, accents or marks, one form of "St"."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name)
        if not unicodedata.combining(letter)
    )
    words = re.sub(
        r"[^a-z0-9]+",
        " ",
        re.sub(r"['\u2019`]", "", bare.casefold()).replace("&", " and "),
    ).split()
    return " ".join("st" if word == "saint" else word for word in words)
