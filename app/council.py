"""The council this site belongs to: names, places, contacts, routes, ages and dates.

Everything that differs between councils is in `app/councils/<code>.toml`; what is the same for all
of them (helplines, fall-backs, the list of signposts) is in `app/councils/national.toml`. Both are
read once and checked, for form and for meaning, before anything is shown to a family.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from app.council_checks import council_faults, national_faults
from app.council_habits import Moderation, Reminders
from app.council_records import (
    Allowance,
    AutoTargetedRule,
    ChangingSoon,
    Contact,
    Council,
    Country,
    HolidayProgramme,
    Level,
    Locality,
    National,
    NearbyCouncil,
    Statement,
    Successors,
    Tier,
    Town,
)

__all__ = [
    "COUNCILS_FOLDER",
    "Allowance",
    "AutoTargetedRule",
    "ChangingSoon",
    "Contact",
    "Council",
    "CouncilFileError",
    "Country",
    "HolidayProgramme",
    "Level",
    "Locality",
    "Moderation",
    "National",
    "NearbyCouncil",
    "Reminders",
    "Statement",
    "Successors",
    "Tier",
    "Town",
    "council_codes",
    "load_council",
    "load_national",
]

COUNCILS_FOLDER: Final = Path(__file__).parent / "councils"
NATIONAL_FILE: Final = "national.toml"

_R = TypeVar("_R", Council, National)


class CouncilFileError(ValueError):
    """A council's file is missing or wrong; the message names the file, the key and the fault."""


def council_codes(folder: Path = COUNCILS_FOLDER) -> list[str]:
    """List the councils there are files for, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.toml") if path.name != NATIONAL_FILE)


@cache
def load_council(code: str, folder: Path = COUNCILS_FOLDER) -> Council:
    """Read and check one council's file, once; raises CouncilFileError naming the first fault."""
    codes = council_codes(folder)
    if code not in codes:
        raise CouncilFileError(
            f"there is no council called {code!r}; there are: {', '.join(codes) or 'none'}"
        )
    national = load_national(folder)
    council = _read(folder / f"{code}.toml", Council, code=code, national=national)
    _refuse(f"{code}.toml", council_faults(council))
    return council


@cache
def load_national(folder: Path = COUNCILS_FOLDER) -> National:
    """Read and check what all councils share, once; raises CouncilFileError."""
    national = _read(folder / NATIONAL_FILE, National)
    _refuse(NATIONAL_FILE, national_faults(national))
    return national


def _read(path: Path, kind: type[_R], **beside: object) -> _R:
    """Read one file into its record, together with values that do not stand in the file."""
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        if taken := sorted(beside.keys() & table.keys()):
            raise CouncilFileError(f"{path.name}: {taken[0]}: this key is not set in the file")
        return msgspec.convert(table | beside, kind)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise CouncilFileError(f"{path.name}: cannot be read: {fault}") from fault
    except msgspec.ValidationError as fault:
        raise CouncilFileError(f"{path.name}: {_key_first(str(fault))}") from fault


def _key_first(fault: str) -> str:
    """Turn "Expected ... - at `$.contacts[3].phone`" into "contacts[3].phone: Expected ..."."""
    words, _, path = fault.partition(" - at `$")
    return f"{path.strip('`').lstrip('.') or 'top of the file'}: {words}"


def _refuse(name: str, faults: Iterator[str]) -> None:
    """Raise the first fault found in the file of this name, if there is one."""
    for fault in faults:
        raise CouncilFileError(f"{name}: {fault}")
