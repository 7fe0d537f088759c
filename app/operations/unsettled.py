"""What the council has still to settle: rules it has not agreed, and contacts nobody checked.

A site can run with both, and tells families so beside each. Whether it may open with them is
for whoever runs it to say, by the setting ACCEPT_UNAGREED_RULES.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from app.council import Contact, Council
from app.criteria.criteria import Criteria
from app.criteria.help_cards import contacts_of, load_help_cards
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
    """Codes of contacts marked to be verified that a signpost or a help card can show."""
    return sorted({contact.code for contact in _shown(council) if contact.verify})


def _shown(council: Council) -> Iterator[Contact]:
    """Every contact families are led to: the council's, its successors' and those elsewhere."""
    for signpost in filter(council.offers, council.national.signposts):
        yield from council.signpost_contacts(signpost)
    for card in load_help_cards().values():
        if card.is_for(council.code):
            yield from contacts_of(card, council)
    served = {code for codes in council.national.elsewhere.values() for code in codes.values()}
    yield from (contact for contact in council.national.contacts if contact.code in served)
    if council.successors:
        yield from chain.from_iterable(council.successors.contacts.values())
