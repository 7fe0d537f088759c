"""The pictogram and stone of a service: the same code always has the same ones.

Icons are names of the sprite `app/static/icons.svg`; a test checks that each is there.
Stones: `day` for clubs, `person` for somebody who helps, `night` for overnight stays and
`advice` for money and advice. Never a tier's colour.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.listing import Listing


@dataclass(frozen=True, slots=True)
class Pebble:
    """An icon on a stone."""

    icon: str
    stone: str


STONE_OF_BREAK = {
    "enabling": "person",
    "daytime_specialist": "person",
    "home_support": "person",
    "msi_support": "person",
    "overnight_family": "night",
    "overnight_residential": "night",
    "overnight_home": "night",
    "parent_support": "advice",
    "direct_payment": "advice",
    "allowance": "advice",
}
ICON_OF_BREAK = {
    "inclusive_mainstream": "users-group",
    "after_school": "school-bell",
    "saturday_club": "sun",
    "holiday_club": "beach",
    "youth_club": "messages",
    "play_leisure": "balloon",
    "enabling": "walk",
    "daytime_specialist": "heart-handshake",
    "home_support": "home-heart",
    "overnight_family": "moon-stars",
    "overnight_residential": "moon-stars",
    "overnight_home": "moon-stars",
    "msi_support": "hand-finger",
    "whole_family": "users",
    "sibling_group": "friends",
    "parent_support": "coffee",
    "direct_payment": "wallet",
    "allowance": "wallet",
}
ICON_OF_ACTIVITY = {
    "swimming": "swimming",
    "football": "ball-football",
    "sport_multi": "ball-basketball",
    "athletics_gym": "run",
    "trampoline": "stretching",
    "horse_riding": "horse-toy",
    "cycling": "bike",
    "climbing": "mountain",
    "water_sports": "sailboat",
    "outdoor_nature": "trees",
    "martial_arts": "karate",
    "dance": "music-heart",
    "music": "music",
    "drama": "masks-theater",
    "arts_crafts": "palette",
    "cooking": "chef-hat",
    "gaming_tech": "device-gamepad-2",
    "sensory_play": "sparkles",
    "soft_play": "horse-toy",
    "play_sessions": "balloon",
    "cinema_relaxed": "movie",
    "trips_out": "bus",
    "uniformed": "tent",
    "youth_social": "messages",
    "life_skills": "tools-kitchen-2",
    "early_years_play": "baby-carriage",
    "libraries_museums": "books",
    "online": "device-laptop",
    "family_fun": "users",
    "carer_group": "coffee",
    "sibling_activity": "friends",
}
FALLBACK = Pebble("users-group", "day")


def pebble_of(listing: Listing) -> Pebble:
    """A night, a helper or advice shows as such; anything else by what is done there."""
    for code in listing.breaks:
        if code in STONE_OF_BREAK:
            return Pebble(ICON_OF_BREAK[code], STONE_OF_BREAK[code])
    for code in listing.activities:
        if code in ICON_OF_ACTIVITY:
            return Pebble(ICON_OF_ACTIVITY[code], "day")
    for code in listing.breaks:
        if code in ICON_OF_BREAK:
            return Pebble(ICON_OF_BREAK[code], "day")
    return FALLBACK
