"""How we decide and the short breaks statement: they follow the rules and the directory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from app.council import Council, Statement, council_codes
from app.criteria.load import load_criteria
from app.criteria.simple import simplify
from app.pages import routes
from app.pages import statement as statement_page
from app.pages.counts import BESIDE, CLASSES
from app.site import Site, set_site
from app.vocabulary import BREAKS, COSTS, TIERS
from tests import factories
from tests.conftest import close
from tests.strict import StrictClient
from tests.unit.criteria.altered import altered

DECIDE, STATEMENT = "/about/how-we-decide", "/about/short-breaks-statement"


@pytest.fixture(params=council_codes())
def any_council(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Flask]:
    """The site of each council in turn."""
    app = create_app(replace(settings, council=request.param), testing=True)
    app.test_client_class = StrictClient
    yield app
    close(app)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have the pages read other criteria."""
    return lambda criteria: monkeypatch.setattr(routes, "load_criteria", lambda: criteria)


def text(client: FlaskClient, address: str) -> str:
    html = client.get(address).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&amp;", "&").split())


def html_of(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def shown_rules(html: str) -> list[str]:
    return re.findall(r'data-rule="([TS]-\d\d)"', html)


def count_of(html: str, words: str) -> int:
    """The number beside these words in a list of counts."""
    found = re.search(
        rf'data-count="(\d+)"><span>(?:<a [^>]+>)?{re.escape(words)}(?:</a>)?</span>', html
    )
    assert found is not None, words
    return int(found[1])


# How we decide


def test_every_question_and_every_rule_that_can_hold_is_there(any_council: Flask) -> None:
    html = html_of(any_council.test_client(), DECIDE)
    criteria, council = load_criteria(), any_council.extensions["local-offer-site"].council
    wanted = {
        rule.id
        for rule in (*criteria.rules, *criteria.signposts)
        if simplify(criteria, rule.condition, council.code) is not None
    }
    assert set(shown_rules(html)) == wanted
    assert re.findall(r'id="question-([\w-]+)"', html) == [item.id for item in criteria.questions]
    assert criteria.version in html
    for promise in criteria.guide.promises:
        assert promise.to("child") in html


def test_no_rule_names_a_code(client: FlaskClient) -> None:
    said = text(client, DECIDE)
    for code in ("needs_support", "help_vs_same_age", "cannot_carry_on", "social_care_assessment"):
        assert code not in said


def test_a_rule_says_how_sure_it_is_and_where_it_was_read(client: FlaskClient) -> None:
    html = html_of(client, DECIDE)
    rule = html.split('data-rule="T-11"')[1].split("</article>")[0]
    assert "Worked out from several councils; this council has not agreed it." in rule
    assert "It has held since 1 April 2026." in rule
    assert "read in November 2026" in rule
    rule = html.split('data-rule="T-10"')[1].split("</article>")[0]
    assert "A council has published this" in rule
    assert "www.devon.gov.uk" in rule
    assert "surrey" not in rule, "the council's own page comes before the others'"


def test_a_source_that_is_no_council_or_law_is_not_shown(client: FlaskClient) -> None:
    assert "wiltshireparentcarercouncil" not in html_of(client, DECIDE)


def test_the_page_follows_a_rule(client: FlaskClient, use: Any, tmp_path: Path) -> None:
    before = text(client, DECIDE)
    assert "Age: 18 or over" in before
    use(altered(tmp_path, "rules.toml", "T-04", "age >= 18", "age >= 19"))
    assert "Age: 19 or over" in text(client, DECIDE)


def test_a_rule_that_a_council_agreed_says_who_and_when(
    client: FlaskClient, use: Any, tmp_path: Path
) -> None:
    agreed = (
        'basis = "derived"\n'
        'agreed = [{ council = "devon", by = "Head of short breaks", on = 2026-12-01 }]'
    )
    use(altered(tmp_path, "rules.toml", "T-11", 'basis = "derived"', agreed))
    rule = html_of(client, DECIDE).split('data-rule="T-11"')[1].split("</article>")[0]
    assert "Agreed by Devon County Council on 1 December 2026" in rule
    assert "Head of short breaks" in rule


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("from = 2026-04-01\nuntil = 2026-05-01", ""),
        ("from = 2026-04-01\nuntil = 2199-05-01", "Its last day is 1 May 2199."),
        ("from = 2199-04-01", "It will hold from 1 April 2199."),
    ],
)
def test_days_of_a_rule(
    client: FlaskClient, use: Any, tmp_path: Path, days: str, words: str
) -> None:
    use(altered(tmp_path, "rules.toml", "T-12", "from = 2026-04-01", days))
    html = html_of(client, DECIDE)
    assert ("T-12" in shown_rules(html)) == bool(words)
    assert words in html


def test_what_changed_is_told(client: FlaskClient, use: Any, tmp_path: Path) -> None:
    newer = (
        '[[versions]]\nnumber = "2"\nday = 2026-12-24\nchanged = ["Rule T-11 is agreed."]\n\n'
        '[[versions]]\nnumber = "1"'
    )
    use(altered(tmp_path, "versions.toml", "", '[[versions]]\nnumber = "1"', newer))
    said = text(client, DECIDE)
    assert "You are reading version 2-" in said
    assert said.index("Version 2, 24 December 2026") < said.index("Version 1, 22 November 2026")
    assert "Rule T-11 is agreed." in said


# The short breaks statement


def test_every_kind_of_break_is_in_one_class_of_the_regulation() -> None:
    listed = [code for _words, codes in (*CLASSES, BESIDE) for code in codes]
    assert sorted(listed) == sorted(BREAKS)


def test_the_classes_are_those_of_the_domain(shared: Path) -> None:
    listed = msgspec.json.decode((shared / "domain" / "vocabulary.json").read_bytes())
    kinds = listed["short_break_types"]
    items = kinds["items"] if isinstance(kinds, dict) else kinds
    named = ("day_care", "overnight", "leisure", "evening_weekend_holiday")
    for name, (_words, codes) in zip(named, CLASSES, strict=True):
        assert set(codes) == {item["code"] for item in items if item["reg4"] == name}


def test_the_statement_has_what_the_regulation_asks_for(any_council: Flask) -> None:
    client = any_council.test_client()
    council: Council = any_council.extensions["local-offer-site"].council
    said = text(client, STATEMENT)
    for level in council.levels_shown:
        assert level.council in said
    for place in council.localities:
        assert place.label in said
    for code in BREAKS:
        assert BREAKS.label(code) in said
    front_door = council.contact("front_door")
    assert front_door.phone in said
    assert "two kinds of carer" in said
    assert "Clubs may not charge you for fair changes" in said
    html = html_of(client, STATEMENT)
    assert set(TIERS) == set(re.findall(r'data-tier="(\w+)"', html))
    assert ("tsb_allowance" in html) == council.offers("tsb_allowance")


def test_a_service_published_raises_the_counts(app: Flask, site: Site) -> None:
    client = app.test_client()
    factories.published(site, "One", breaks=["overnight_home"])
    app.extensions["search"].rebuild()
    before = html_of(client, STATEMENT)
    assert "There is 1 service on this site now." in before
    factories.published(site, "Two", breaks=["overnight_home"], costs=["free"])
    app.extensions["search"].rebuild()
    after = html_of(client, STATEMENT)
    assert "There are 2 services on this site now." in after
    for words in ("Overnight carer in your home", "Exeter", "A night away, or a carer at night"):
        assert count_of(after, words) == count_of(before, words) + 1 == 2, words
    assert (count_of(before, COSTS.label("free")), count_of(after, COSTS.label("free"))) == (0, 1)


def test_the_counts_are_those_of_the_search(demo_app: Flask) -> None:
    client = demo_app.test_client()
    html = html_of(client, STATEMENT)
    rows = re.findall(r'data-count="(\d+)"><span><a href="([^"]+)"', html)
    assert len(rows) > 30
    for count, address in rows[::3]:
        found = html_of(client, address.replace("&amp;", "&"))
        assert f'data-total="{count}"' in found, address


def test_without_the_index_the_numbers_are_said_to_be_rough(app: Flask, site: Site) -> None:
    factories.published(site, "One", breaks=["overnight_home"])
    html = html_of(app.test_client(), STATEMENT)
    assert "so the numbers are rough now" in html
    assert count_of(html, "Overnight carer in your home") == 1
    app.extensions["search"].rebuild()
    assert "rough now" not in html_of(app.test_client(), STATEMENT)


def test_the_statement_follows_a_rule(client: FlaskClient, use: Any, tmp_path: Path) -> None:
    assert "Nights: “Up most nights, or someone must stay awake”" in text(client, STATEMENT)
    use(
        altered(
            tmp_path, "facts.toml", "", '"nights", codes = ["most_', '"nights", codes = ["some_'
        )
    )
    assert "Nights: “Up some nights”" in text(client, STATEMENT)


def test_what_nobody_has_published_is_said_to_be_missing(client: FlaskClient) -> None:
    said = text(client, STATEMENT)
    assert said.count("The council has not published this yet.") == 4
    assert "Tell us what you think" in said


def test_what_the_council_has_published_is_shown(app: Flask, site: Site) -> None:
    told = Statement(
        source="https://example.org/read",
        published=date(2026, 1, 5),
        url="https://example.org/statement",
        review=date(2027, 1, 5),
        kept_by="The short breaks board",
        shaped_by=("The forum asked 300 families.",),
    )
    set_site(app, replace(site, council=msgspec.structs.replace(site.council, statement=told)))
    said = text(app.test_client(), STATEMENT)
    for words in ("5 January 2026", "5 January 2027", told.kept_by, told.shaped_by[0]):
        assert words in said
    assert "has not published this yet" not in said


def test_a_contact_that_is_not_the_councils_own_says_so(client: FlaskClient) -> None:
    html = html_of(client, STATEMENT)
    way = html.split('data-signpost="parent_carer_assessment"')[1].split("</section>")[0]
    assert "has not published its own contact" in way
    way = html.split('data-signpost="early_help"')[1].split("</section>")[0]
    assert "has not published its own contact" not in way


def test_the_pdf_is_made_where_it_can_be(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "pdf_available", lambda: False)
    plain = client.get(f"{STATEMENT}?format=pdf")
    assert plain.mimetype == "text/html"
    assert "format=pdf" not in html_of(client, STATEMENT).split("<main")[1]
    monkeypatch.setattr(routes, "pdf_available", lambda: True)
    monkeypatch.setattr(statement_page, "make_pdf", lambda html, _base: html[:15].encode())
    made = client.get(f"{STATEMENT}?format=pdf")
    assert made.mimetype == "application/pdf"
    assert made.data.lower() == b"<!doctype html>"
    assert "short-breaks-statement-devon.pdf" in made.headers["Content-Disposition"]
    assert "format=pdf" in html_of(client, STATEMENT)


@pytest.mark.parametrize("address", [DECIDE, STATEMENT])
def test_both_stand_in_the_foot_of_every_page(client: FlaskClient, address: str) -> None:
    assert f'href="{address}"' in html_of(client, "/about").split("<footer")[1]
