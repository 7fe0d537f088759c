"""The site a request is answered for: its settings, its council and its map of places."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from app.config import Settings
from app.council import Council
from app.places import PlaceFinder

_KEY = "local-offer-site"


@dataclass(frozen=True, slots=True)
class Site:
    """What is read once when a process starts, and never changes after."""

    settings: Settings
    council: Council
    places: PlaceFinder

    def centre_of(self, locality: str) -> tuple[int, int] | None:
        """The grid point of a locality's centre in whole metres; None for an unknown code."""
        if locality not in {item.code for item in self.council.localities}:
            return None
        easting, northing = self.places.locality_centre(locality)
        return round(easting), round(northing)

    def address_of(self, path: str) -> str:
        """The whole address of a page, for mail: never made from what a request says."""
        base = self.settings.public_url or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
        return f"{base}{path}"


def set_site(app: Flask, site: Site) -> None:
    """Give an application its site. Called once, by `create_app`."""
    app.extensions[_KEY] = site


def current_site() -> Site:
    """The site of the running application."""
    return cast(Site, current_app.extensions[_KEY])
