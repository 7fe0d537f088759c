"""People who sign in, what they propose and decide, the log, and what keeps listings true."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, those that others refer to first."""
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(), nullable=True),
        sa.Column("totp_secret", sa.String(length=255), nullable=False),
        sa.Column("totp_confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=False),
        sa.Column("actor", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=36), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_action", "audit_entry", ["action"])
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject_kind", "subject_id"])
    op.create_table(
        "rate_count",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("stretch", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", "stretch", name="pk_rate_count"),
    )
    op.create_index("ix_rate_count_stretch", "rate_count", ["stretch"])
    op.create_table(
        "wish_count",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("locality", sa.String(length=40), nullable=False),
        sa.Column("wish", sa.String(length=60), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "locality", "wish", name="pk_wish_count"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["account.id"], name="fk_invitation_invited_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_invitation_organisation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("link_hash", name="uq_invitation_link_hash"),
    )
    op.create_index("ix_invitation_email", "invitation", ["email"])
    op.create_index("ix_invitation_organisation_id", "invitation", ["organisation_id"])
    op.create_table(
        "login_session",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("second_factor_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_login_session_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id_hash", name="pk_login_session"),
    )
    op.create_index("ix_login_session_account_id", "login_session", ["account_id"])
    op.create_table(
        "membership",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_membership_account_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_membership_organisation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.UniqueConstraint("account_id", "organisation_id", name="uq_membership_account_id"),
    )
    op.create_index("ix_membership_account_id", "membership", ["account_id"])
    op.create_index("ix_membership_organisation_id", "membership", ["organisation_id"])
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_recovery_code_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
    )
    op.create_index("ix_recovery_code_account_id", "recovery_code", ["account_id"])
    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_sign_in_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
        sa.UniqueConstraint("link_hash", name="uq_sign_in_link_hash"),
    )
    op.create_index("ix_sign_in_account_id", "sign_in", ["account_id"])
    op.create_table(
        "cancellation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_cancellation_service_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cancellation"),
        sa.UniqueConstraint("service_id", "on", name="uq_cancellation_service_id"),
    )
    op.create_index("ix_cancellation_service_id", "cancellation", ["service_id"])
    op.create_table(
        "day_count",
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("contacted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_day_count_service_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("service_id", "day", name="pk_day_count"),
    )
    op.create_table(
        "join_request",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("organisation_name", sa.String(length=255), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=50), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("taken_by", sa.String(length=36), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name="fk_join_request_decided_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_join_request_service_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["account.id"], name="fk_join_request_taken_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_join_request"),
    )
    op.create_index("ix_join_request_created_at", "join_request", ["created_at"])
    op.create_index("ix_join_request_service_id", "join_request", ["service_id"])
    op.create_index("ix_join_request_status", "join_request", ["status"])
    op.create_table(
        "old_address",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_old_address_service_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("slug", name="pk_old_address"),
    )
    op.create_index("ix_old_address_service_id", "old_address", ["service_id"])
    op.create_table(
        "quality_mark",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=255), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["given_by"], ["account.id"], name="fk_quality_mark_given_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_quality_mark_service_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quality_mark"),
    )
    op.create_index("ix_quality_mark_service_id", "quality_mark", ["service_id"])
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("assured", sa.Date(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_reminder_service_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("link_hash", name="uq_reminder_link_hash"),
    )
    op.create_index("ix_reminder_service_id_stage", "reminder", ["service_id", "stage"])
    op.create_table(
        "revision",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("sections", sa.String(length=255), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("flags", sa.String(length=120), nullable=False),
        sa.Column("taken_by", sa.String(length=36), nullable=True),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name="fk_revision_author_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name="fk_revision_decided_by", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_revision_organisation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_revision_service_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["account.id"], name="fk_revision_taken_by", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
    )
    op.create_index("ix_revision_organisation_id", "revision", ["organisation_id"])
    op.create_index("ix_revision_service_id", "revision", ["service_id"])
    op.create_index(
        "ix_revision_status_submitted_at",
        "revision",
        [
            "status",
            "submitted_at",
            "service_id",
            "organisation_id",
            "taken_by",
            "flags",
            "id",
        ],
    )
    op.create_table(
        "field_comment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision_id", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name="fk_field_comment_author_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name="fk_field_comment_revision_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_field_comment"),
    )
    op.create_index("ix_field_comment_revision_id", "field_comment", ["revision_id"])
    op.create_table(
        "listing_version",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.String(length=36), nullable=True),
        sa.Column("published_by", sa.String(length=36), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("why", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["account.id"],
            name="fk_listing_version_published_by",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name="fk_listing_version_revision_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_listing_version_service_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_listing_version"),
        sa.UniqueConstraint("service_id", "number", name="uq_listing_version_service_id"),
    )
    op.create_index("ix_listing_version_service_id", "listing_version", ["service_id"])
    op.add_column("outgoing_mail", sa.Column("claimed_until", sa.DateTime(), nullable=True))
    op.add_column("outgoing_mail", sa.Column("next_try_at", sa.DateTime(), nullable=True))
    op.create_index("ix_outgoing_mail_sent_at", "outgoing_mail", ["sent_at"])
    op.add_column("service", sa.Column("closed_until", sa.Date(), nullable=True))
    op.add_column("service", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    _let_listings_age()
    op.create_index("ix_service_name", "service", ["name"])
    op.create_index("ix_location_postcode", "location", ["postcode"])
    with op.batch_alter_table("feedback") as batch:
        batch.add_column(
            sa.Column("reporter", sa.String(length=64), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("settled_at", sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("settled_by", sa.String(length=36), nullable=True))
        batch.create_foreign_key(
            "fk_feedback_settled_by", "account", ["settled_by"], ["id"], ondelete="SET NULL"
        )
        batch.create_index(
            "ix_feedback_settled_at_service_id",
            ["settled_at", "service_id", "created_at", "reporter"],
        )


LOCALITY = """
    SELECT location.locality FROM service_at_location
    JOIN location ON location.id = service_at_location.location_id
    WHERE service_at_location.service_id = listing.service_id AND location.locality != ''
    ORDER BY service_at_location.position, service_at_location.id LIMIT 1
"""
AREA = """
    SELECT service_area.locality FROM service_area
    WHERE service_area.service_id = listing.service_id AND service_area.locality != ''
    ORDER BY service_area.name LIMIT 1
"""
OF_SERVICE = "SELECT service.{column} FROM service WHERE service.id = listing.service_id"


def _let_listings_age() -> None:
    """Keep beside each listing what staff count freshness by, for those published already."""
    for column in ("organisation_id", "locality"):
        length = 36 if column == "organisation_id" else 40
        kind = sa.String(length=length)
        op.add_column("listing", sa.Column(column, kind, nullable=False, server_default=""))
    op.add_column("listing", sa.Column("assured", sa.Date(), nullable=True))
    op.add_column(
        "listing", sa.Column("fresh_from", sa.Date(), nullable=False, server_default="2000-01-01")
    )
    organisation, assured = (
        OF_SERVICE.format(column=column) for column in ("organisation_id", "assured_date")
    )
    op.execute(
        f"UPDATE listing SET organisation_id = COALESCE(({organisation}), ''),"
        f" locality = COALESCE(({LOCALITY}), ({AREA}), ''), assured = ({assured})"
    )
    op.execute("UPDATE listing SET fresh_from = COALESCE(assured, DATE(published_at))")
    op.create_index("ix_listing_fresh_from_service_id", "listing", ["fresh_from", "service_id"])
    for column in ("organisation_id", "locality", "tier"):
        op.create_index(
            f"ix_listing_{column}_assured",
            "listing",
            [column, "assured", "fresh_from", "service_id"],
        )


def downgrade() -> None:
    """Take away what upgrade made, in the opposite order."""
    with op.batch_alter_table("feedback") as batch:
        batch.drop_index("ix_feedback_settled_at_service_id")
        batch.drop_constraint("fk_feedback_settled_by", type_="foreignkey")
        batch.drop_column("settled_by")
        batch.drop_column("settled_at")
        batch.drop_column("reporter")
    op.drop_index("ix_location_postcode", table_name="location")
    op.drop_index("ix_service_name", table_name="service")
    for column in ("tier", "locality", "organisation_id"):
        op.drop_index(f"ix_listing_{column}_assured", table_name="listing")
    op.drop_index("ix_listing_fresh_from_service_id", table_name="listing")
    with op.batch_alter_table("listing") as batch:
        for column in ("fresh_from", "assured", "locality", "organisation_id"):
            batch.drop_column(column)
    op.drop_column("service", "version")
    op.drop_column("service", "closed_until")
    op.drop_index("ix_outgoing_mail_sent_at", table_name="outgoing_mail")
    op.drop_column("outgoing_mail", "next_try_at")
    op.drop_column("outgoing_mail", "claimed_until")
    op.drop_index("ix_listing_version_service_id", table_name="listing_version")
    op.drop_table("listing_version")
    op.drop_index("ix_field_comment_revision_id", table_name="field_comment")
    op.drop_table("field_comment")
    op.drop_index("ix_revision_status_submitted_at", table_name="revision")
    op.drop_index("ix_revision_service_id", table_name="revision")
    op.drop_index("ix_revision_organisation_id", table_name="revision")
    op.drop_table("revision")
    op.drop_index("ix_reminder_service_id_stage", table_name="reminder")
    op.drop_table("reminder")
    op.drop_index("ix_quality_mark_service_id", table_name="quality_mark")
    op.drop_table("quality_mark")
    op.drop_index("ix_old_address_service_id", table_name="old_address")
    op.drop_table("old_address")
    op.drop_index("ix_join_request_status", table_name="join_request")
    op.drop_index("ix_join_request_service_id", table_name="join_request")
    op.drop_index("ix_join_request_created_at", table_name="join_request")
    op.drop_table("join_request")
    op.drop_table("day_count")
    op.drop_index("ix_cancellation_service_id", table_name="cancellation")
    op.drop_table("cancellation")
    op.drop_index("ix_sign_in_account_id", table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index("ix_recovery_code_account_id", table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_index("ix_membership_organisation_id", table_name="membership")
    op.drop_index("ix_membership_account_id", table_name="membership")
    op.drop_table("membership")
    op.drop_index("ix_login_session_account_id", table_name="login_session")
    op.drop_table("login_session")
    op.drop_index("ix_invitation_organisation_id", table_name="invitation")
    op.drop_index("ix_invitation_email", table_name="invitation")
    op.drop_table("invitation")
    op.drop_table("wish_count")
    op.drop_index("ix_rate_count_stretch", table_name="rate_count")
    op.drop_table("rate_count")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_index("ix_audit_entry_action", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("account")
