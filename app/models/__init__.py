"""The records, in the shape of Open Referral UK 3.0, split by subject."""

from app.models.feedback import Feedback, OutgoingMail
from app.models.listing import ChangeFeed, PublishedListing
from app.models.location import Location, Schedule, ServiceAtLocation
from app.models.organisation import Contact, Organisation, Phone
from app.models.service import (
    CostOption,
    Funding,
    Language,
    Service,
    ServiceArea,
    SupportAnswer,
)
from app.models.taxonomy import Attribute, Taxonomy, TaxonomyTerm

__all__ = [
    "Attribute",
    "ChangeFeed",
    "Contact",
    "CostOption",
    "Feedback",
    "Funding",
    "Language",
    "Location",
    "Organisation",
    "OutgoingMail",
    "Phone",
    "PublishedListing",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "SupportAnswer",
    "Taxonomy",
    "TaxonomyTerm",
]
