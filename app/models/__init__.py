"""The records, in the shape of Open Referral UK 3.0, split by subject."""

from app.models.account import (
    Account,
    Invitation,
    JoinRequest,
    LoginSession,
    Membership,
    RateCount,
    RecoveryCode,
    SignIn,
)
from app.models.audit import AuditEntry
from app.models.feedback import Feedback, OutgoingMail
from app.models.freshness import DayCount, Reminder, WishCount
from app.models.listing import ChangeFeed, PublishedListing
from app.models.location import Location, Schedule, ServiceAtLocation
from app.models.organisation import Contact, Organisation, Phone
from app.models.revision import (
    Cancellation,
    FieldComment,
    ListingVersion,
    OldAddress,
    QualityMark,
    Revision,
)
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
    "Account",
    "Attribute",
    "AuditEntry",
    "Cancellation",
    "ChangeFeed",
    "Contact",
    "CostOption",
    "DayCount",
    "Feedback",
    "FieldComment",
    "Funding",
    "Invitation",
    "JoinRequest",
    "Language",
    "ListingVersion",
    "Location",
    "LoginSession",
    "Membership",
    "OldAddress",
    "Organisation",
    "OutgoingMail",
    "Phone",
    "PublishedListing",
    "QualityMark",
    "RateCount",
    "RecoveryCode",
    "Reminder",
    "Revision",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "SignIn",
    "SupportAnswer",
    "Taxonomy",
    "TaxonomyTerm",
    "WishCount",
]
