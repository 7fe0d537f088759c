"""`search …`: build, compare and follow the index, and search from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select

from app.extensions import db
from app.listing import Listing, from_json
from app.models import PublishedListing
from app.places import Place
from app.search.criteria import Criteria, Hit, Results
from app.search.engine import Search
from app.search.explain import Reason
from app.site import current_site
from app.vocabulary import AGE_BAND_BY_CODE, FILTER_LISTS

Command = Callable[..., None]
SORTS = ("relevance", "distance", "name", "updated")
group = AppGroup("search", help="The search index, and searching from the command line.")


def _engine() -> Search:
    """The search of the application."""
    engine: Search = current_app.extensions["search"]
    return engine


@group.command("rebuild")
def rebuild() -> None:
    """Build a new index beside the one in use, verify it and swap it in."""
    length = db.session.scalar(select(func.count()).select_from(PublishedListing)) or 0
    with click.progressbar(length=length, label="Indexing services") as bar:
        written = _engine().rebuild(bar.update)
    click.echo(f"Indexed {written} services.")


@group.command("check")
def check() -> None:
    """Compare the index with the database. Ends with status 1 when they differ, or when the
    index cannot be kept up to date."""
    faults = [*_engine().differences(), *filter(None, [_engine().hindrance()])]
    if faults:
        raise click.ClickException(f"the index differs: {'; '.join(faults)}")
    click.echo("The index and the database are alike.")


@group.command("catch-up")
def catch_up() -> None:
    """Index the changes that wait."""
    click.echo(f"Indexed {_engine().catch_up()} services.")


def _codes_of_every_list(command: Command) -> Command:
    """An option that may be repeated, for the codes of each list."""
    for name, terms in reversed(FILTER_LISTS.items()):
        field = "break_" if name == "break" else name
        kind = click.Choice(terms.codes)
        option = click.option(f"--{name}", field, multiple=True, type=kind, metavar="CODE")
        command = option(command)
    return command


@group.command("query")
@click.argument("text", default="")
@click.option("--near", default="", help="A postcode or town.")
@click.option("--within", type=click.IntRange(min=0), help="Miles from there.")
@click.option("--locality", multiple=True, metavar="CODE")
@click.option("--age", multiple=True, help="A number of years, or an age band.")
@_codes_of_every_list
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option("--page", type=click.IntRange(min=1), default=1)
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option("--exact", is_flag=True, help="Every word as it is, with no meaning read into it.")
@click.option("--explain", "is_explained", is_flag=True, help="Say why each service is there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def query(
    near: str,
    age: tuple[str, ...],
    limit: int,
    as_json: bool,
    is_explained: bool,
    **asked: Any,
) -> None:
    """Search as the page does. Options that repeat are alternatives."""
    place = _place(near)
    years, bands = _ages(age)
    criteria = Criteria(
        point=(place.easting, place.northing) if place else None,
        home=(place.locality or "") if place else "",
        years=years,
        age=bands,
        size=limit,
        **asked,
    )
    results = _engine().find(criteria)
    rows = _listings(results)
    hits = [hit for hit, _ in rows]
    reasons = _engine().explain(criteria, hits) if is_explained else []
    shown = _as_json(results, rows, reasons) if as_json else _as_text(results, rows, reasons)
    click.echo(shown)


def _place(near: str) -> Place | None:
    """The place named. Raises `click.ClickException` for one that is not known."""
    if not near:
        return None
    found = current_site().places.find(near)
    if not isinstance(found, Place):
        raise click.ClickException(f"--near: “{near}” is not a place we know")
    return found


def _ages(ages: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Numbers of years, and bands. Raises `click.ClickException` for anything else."""
    for age in ages:
        if age not in AGE_BAND_BY_CODE and not (age.isascii() and age.isdigit() and len(age) < 4):
            raise click.ClickException(f"--age: “{age}” is neither an age nor a band")
    bands = tuple(age for age in ages if age in AGE_BAND_BY_CODE)
    return tuple(int(age) for age in ages if age not in bands), bands


def _listings(results: Results) -> list[tuple[Hit, Listing]]:
    """Each service found with its public facts, in order."""
    held = select(PublishedListing.service_id, PublishedListing.document)
    wanted = held.where(PublishedListing.service_id.in_([hit.id for hit in results.hits]))
    documents = dict(db.session.execute(wanted).all())
    return [(hit, from_json(documents[hit.id])) for hit in results.hits if hit.id in documents]


def _with_reasons(
    rows: list[tuple[Hit, Listing]], reasons: list[tuple[Reason, ...]]
) -> Iterator[tuple[tuple[Hit, Listing], tuple[Reason, ...]]]:
    """Each service with its reasons, if any were asked for."""
    return zip(rows, reasons or [()] * len(rows), strict=False)


def _as_text(
    results: Results, rows: list[tuple[Hit, Listing]], reasons: list[tuple[Reason, ...]]
) -> str:
    """A line for each service and for each reason, and the total."""
    lines = [f"{results.total} services" + (" (limited: no index)" if results.limited else "")]
    lines += [f"“{typed}” was read as “{read}”." for typed, read in results.mended]
    if results.did_you_mean:
        lines.append(f"Did you mean “{results.did_you_mean}”?")
    for (hit, listing), why in _with_reasons(rows, reasons):
        miles = "" if hit.miles is None else f", {hit.miles:.1f} miles"
        lines.append(f"{hit.score:8.2f}  {listing.name} ({listing.tier}{miles})")
        lines += [f"{reason.points:14.2f}  {reason.what}" for reason in why]
    return "\n".join(lines)


def _as_json(
    results: Results, rows: list[tuple[Hit, Listing]], reasons: list[tuple[Reason, ...]]
) -> str:
    """What was found, with codes of the vocabulary."""
    understood = [
        {"text": item.text, "kind": item.kind, "code": item.code or None}
        for item in results.understood
    ]
    found = {
        "total": results.total,
        "understood": understood,
        "help_cards": _cards(results),
        "services": [
            _service(hit, listing) | ({"why": [reason._asdict() for reason in why]} if why else {})
            for (hit, listing), why in _with_reasons(rows, reasons)
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _cards(results: Results) -> list[str]:
    """The help cards, without those for a scheme that this council has not got."""
    council = current_site().council
    return [card for card in results.help_cards if council.offers(card)]


def _service(hit: Hit, listing: Listing) -> dict[str, Any]:
    """One service in the search's output."""
    return {
        "id": listing.id,
        "slug": listing.slug,
        "name": listing.name,
        "tier": listing.tier,
        "locality": next(iter(listing.localities), None),
        "ages": [listing.min_age, listing.max_age],
        "needs": listing.needs,
        "activities": listing.activities,
        "breaks": listing.breaks,
        "access": listing.access,
        "when": listing.when,
        "cost": listing.costs,
        "score": hit.score,
        "miles": hit.miles,
    }
