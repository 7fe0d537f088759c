"""What the council has still to settle: rules it has not agreed, and contacts nobody checked.

A site can run with both, and tells families so beside each. Whether it may open with them is
for whoever runs it to say, by the setting ACCEPT_UNAGREED_RULES.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.council import Contact, Council
from app.criteria.criteria import Criteria
from app.criteria.simple import simplify


def find_unsettled(criteria: Criteria, council: Council, today: date) -> Iterator[str]:
    """One line for the rules and one for the contacts; none for what is settled."""
    rules = unagreed_rules(criteria, council.code, today)
    if rules:
        yield (
            f"{len(rules)} of the rules that decide a result are not agreed by {council.name}:"
            f" {', '.join(rules)}"
        )
    contacts = unchecked_contacts(council)
    if contacts:
        yield (
            f"{len(contacts)} of the contacts that families are shown still need a check by a"
            f" person: {', '.join(contacts)}"
        )


def unagreed_rules(criteria: Criteria, council: str, today: date) -> list[str]:
    """Tier rules that count for a council, are not over, and that it has not agreed."""
    return [
        rule.id
        for rule in criteria.rules
        if rule.basis_for(council) == "derived"
        and (rule.row.until is None or rule.row.until >= today)
        and simplify(criteria, rule.condition, council) is not None
    ]


def unchecked_contacts(council: Council) -> list[str]:
    """Codes of the contacts that a signpost can show and that are marked to be verified."""
    return sorted({contact.code for contact in _shown(council) if contact.verify})


def _shown(council: Council) -> Iterator[Contact]:
    """Every contact a signpost leads to: the council's, its successors' and those elsewhere."""
    for signpost in council.national.signposts:
        if council.offers(signpost):
            yield from council.signpost_contacts(signpost)
    for served in council.national.elsewhere.values():
        for code in served.values():
            if contact := council.national.find_contact(code):
                yield contact
    if council.successors:
        for contacts in council.successors.contacts.values():
            yield from contacts
