"""The closed lists as records: what the database needs before a service can have a term."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.models import Taxonomy, TaxonomyTerm
from app.vocabulary import SERVICE_LISTS, Terms


def term_id(name: str, code: str) -> str:
    """The id of a term's record: `<list>:<code>`, known without asking the database."""
    return f"{name}:{code}"


def sync_taxonomy(database: Session) -> int:
    """Bring the records of every list into step with `app/vocabulary.py`; gives how many terms.

    Works inside the caller's transaction and may be repeated. A term that has left its list
    stays as a record, since a service may still carry it.
    """
    for terms in SERVICE_LISTS.values():
        database.merge(Taxonomy(id=terms.name, name=terms.name))
    database.flush()
    for terms in SERVICE_LISTS.values():
        _sync_terms(database, terms)
    database.flush()
    return sum(len(terms) for terms in SERVICE_LISTS.values())


def _sync_terms(database: Session, terms: Terms) -> None:
    """Write each member of one list under its English words."""
    for term in terms.values():
        database.merge(
            TaxonomyTerm(
                id=term_id(terms.name, term.code),
                taxonomy_id=terms.name,
                code=term.code,
                name=str(term.label),
            )
        )
