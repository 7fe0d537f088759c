"""Small made-up records in the forms that feeds have."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.feeds.notes import Notes
from app.feeds.records import Read, read_record

TODAY = date(2026, 6, 1)
ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
PLACE_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def oruk1(**changes: Any) -> dict[str, Any]:
    """A 1.0 record with little in it."""
    base = {
        "id": ID,
        "name": "Copper Kettle Club",
        "description": "<p>We cook together. Everyone helps.</p>",
        "status": "active",
        "organization": {"id": "kettle", "name": "Kettle Trust", "url": "https://kettle.example"},
    }
    return {**base, **changes}


def oruk3(**changes: Any) -> dict[str, Any]:
    """A 3.0 record with something of everything."""
    base = {
        "id": ID,
        "name": "Copper Kettle Club",
        "description": "We cook together.",
        "status": "active",
        "last_modified": "2026-05-01T10:00:00Z",
        "url": "kettle.example/club",
        "email": "club@kettle.example",
        "minimum_age": 11,
        "maximum_age": 17,
        "assured_date": "2026-04-30",
        "alert": "No session on 1 July.",
        "fees": "Ask us about help with the cost.",
        "organization": {"id": ID, "name": "Kettle Trust", "website": "https://kettle.example"},
        "contacts": [
            {"name": "Sam Example", "title": "Leader", "phones": [{"number": "01632 960000"}]},
            {"name": "Pat Example", "phones": [{"number": "0117 496 0123 or 0117 496 0124"}]},
        ],
        "service_at_locations": [
            {
                "location": {
                    "location_type": "physical",
                    "name": "Old School Kitchen",
                    "latitude": 50.7996,
                    "longitude": -3.1889,
                    "addresses": [
                        {
                            "address_1": "1 Example Road",
                            "city": "Honiton",
                            "postal_code": "ex141aa",
                            "address_type": "physical",
                        }
                    ],
                    "accessibility": [{"description": "Level floor."}],
                },
                "schedules": [
                    {
                        "freq": "WEEKLY",
                        "byday": "SA",
                        "opens_at": "10:00:00",
                        "closes_at": "12pm",
                        "description": "Term time only",
                    }
                ],
            }
        ],
        "cost_options": [{"amount": 4.5, "amount_description": "per session", "option": "child"}],
        "service_areas": [{"name": "East Devon"}, {"name": "Somerset"}],
        "languages": [{"name": "Makaton"}, {"id": "nameless"}],
        "funding": [{"source": "Ticket income"}],
        "attributes": [
            {"taxonomy_term": {"name": "Cooking", "term": "cooking", "taxonomy": "activity"}},
            {"taxonomy_term": {"name": "Wheelchair", "term": "wheelchair", "taxonomy": "access"}},
            {"taxonomy_term": {"name": "Extra help", "term": "targeted", "taxonomy": "tier"}},
            {"taxonomy_term": {"name": "Basket weaving"}},
        ],
    }
    return {**base, **changes}


def read(raw: object, *, is_table: bool = False) -> Read:
    """One record read, number 1."""
    return read_record(raw, 1, TODAY, is_table=is_table)


def notes_of(raw: object) -> Notes:
    """What was noted of one record."""
    return read(raw).notes
