"""The desk: queue order, series, referrals, ladders of contacts, roles that set policy."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "alarms",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
        sa.UniqueConstraint("message_id", name=op.f("uq_alarms_message_id")),
    )
    op.create_index(op.f("ix_alarms_state_due_at"), "alarms", ["state", "due_at"], unique=False)
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=8000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
    )
    op.create_table(
        "countries",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("hotline_name", sa.String(length=200), nullable=False),
        sa.Column("hotline_way", sa.String(length=2000), nullable=False),
        sa.Column("policy", sa.String(length=16), nullable=False),
        sa.Column("policy_hours", sa.Integer(), nullable=False),
        sa.Column("police_name", sa.String(length=200), nullable=False),
        sa.Column("police_way", sa.String(length=2000), nullable=False),
        sa.Column("legal_note", sa.String(length=2000), nullable=False),
        sa.Column("verified_on", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_countries")),
    )
    op.create_table(
        "openings",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("working_since", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_openings")),
    )
    op.create_table(
        "policies",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_policies")),
    )
    op.create_table(
        "queue_counts",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_queue_counts")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("series_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_table(
        "desk_notes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_desk_notes_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_notes")),
    )
    op.create_index(
        op.f("ix_desk_notes_request_id_number"), "desk_notes", ["request_id", "number"], unique=True
    )
    op.create_table(
        "provider_contacts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("fk_provider_contacts_provider_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_contacts")),
    )
    op.create_index(
        op.f("ix_provider_contacts_provider_id_rung"),
        "provider_contacts",
        ["provider_id", "rung"],
        unique=True,
    )
    op.create_table(
        "provider_upstreams",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("upstream_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("fk_provider_upstreams_provider_id")
        ),
        sa.ForeignKeyConstraint(
            ["upstream_id"], ["providers.id"], name=op.f("fk_provider_upstreams_upstream_id")
        ),
        sa.PrimaryKeyConstraint("provider_id", "upstream_id", name=op.f("pk_provider_upstreams")),
    )
    op.create_index(
        op.f("ix_provider_upstreams_upstream_id"), "provider_upstreams", ["upstream_id"], unique=False
    )
    op.create_table(
        "referrals",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("state_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("prepared_by", sa.String(length=32), nullable=False),
        sa.Column("prepared_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("package_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_referrals_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("reference", name=op.f("uq_referrals_reference")),
    )
    op.create_index(op.f("ix_referrals_due_at_id"), "referrals", ["due_at", "id"], unique=False)
    op.create_index(op.f("ix_referrals_request_id"), "referrals", ["request_id"], unique=False)
    op.create_table(
        "series_links",
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("link_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_series_links_request_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_series_links")),
    )
    op.create_table(
        "staged_lists",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("list_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staged_lists_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_lists")),
    )
    op.create_index(op.f("ix_staged_lists_staff_id"), "staged_lists", ["staff_id"], unique=False)
    op.create_table(
        "stepped_aside",
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("shelf", sa.String(length=16), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_stepped_aside_request_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_stepped_aside_staff_id")),
        sa.PrimaryKeyConstraint("request_id", "staff_id", name=op.f("pk_stepped_aside")),
    )
    op.create_index(op.f("ix_stepped_aside_staff_id"), "stepped_aside", ["staff_id"], unique=False)
    op.create_table(
        "place_digests",
        sa.Column("location_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("place_digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_place_digests_location_id")),
        sa.PrimaryKeyConstraint("location_id", "kind", name=op.f("pk_place_digests")),
    )
    op.create_index(op.f("ix_place_digests_place_digest"), "place_digests", ["place_digest"], unique=False)
    op.create_table(
        "referral_locations",
        sa.Column("referral_id", sa.String(length=32), nullable=False),
        sa.Column("location_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"], ["locations.id"], name=op.f("fk_referral_locations_location_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_locations_referral_id")
        ),
        sa.PrimaryKeyConstraint("referral_id", "location_id", name=op.f("pk_referral_locations")),
    )
    op.create_index(
        op.f("ix_referral_locations_location_id"), "referral_locations", ["location_id"], unique=False
    )
    op.add_column("locations", sa.Column("since_at", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column(
        "locations", sa.Column("known", sa.String(length=64), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("locations", sa.Column("threat_at", sa.BigInteger(), nullable=True))
    op.add_column("locations", sa.Column("shown_state", sa.String(length=16), nullable=True))
    op.add_column("locations", sa.Column("shown_at", sa.BigInteger(), nullable=True))
    op.add_column("locations", sa.Column("shown_due_at", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_locations_waiting", "locations", ["request_id", "state", "since_at", "threat_at"], unique=False
    )
    op.add_column(
        "providers",
        sa.Column("behaviours", sa.String(length=120), server_default=sa.text("''"), nullable=False),
    )
    op.add_column(
        "providers", sa.Column("notes", sa.String(length=4000), server_default=sa.text("''"), nullable=False)
    )
    op.execute(
        "INSERT INTO provider_contacts (id, provider_id, rung, scope, channel, address, language) "
        "SELECT id, id, 1, 'content', channel, email, language FROM providers"
    )
    op.drop_column("providers", "email")
    op.drop_column("providers", "language")
    op.drop_column("providers", "channel")
    op.add_column(
        "requests", sa.Column("danger", sa.String(length=8), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("requests", sa.Column("queue_at", sa.BigInteger(), nullable=True))
    op.add_column("requests", sa.Column("since_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "requests", sa.Column("why", sa.String(length=64), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("requests", sa.Column("put_at", sa.BigInteger(), nullable=True))
    op.add_column("requests", sa.Column("hold_until", sa.BigInteger(), nullable=True))
    op.add_column("requests", sa.Column("offered_to", sa.String(length=32), nullable=True))
    op.add_column("requests", sa.Column("police_from", sa.BigInteger(), nullable=True))
    op.add_column("requests", sa.Column("police_until", sa.BigInteger(), nullable=True))
    op.add_column("requests", sa.Column("doubted_by", sa.String(length=32), nullable=True))
    op.drop_index(op.f("ix_requests_received_at_id"), table_name="requests")
    op.drop_index(op.f("ix_requests_taken_by_received_at_id"), table_name="requests")
    op.create_index(
        "ix_requests_doubted",
        "requests",
        ["doubted_by", "since_at", "lease_until", "hold_until"],
        unique=False,
        sqlite_where=sa.text("doubted_by IS NOT NULL"),
        postgresql_where=sa.text("doubted_by IS NOT NULL"),
    )
    op.create_index(
        "ix_requests_later",
        "requests",
        ["since_at"],
        unique=False,
        sqlite_where=sa.text("since_at IS NOT NULL"),
        postgresql_where=sa.text("since_at IS NOT NULL"),
    )
    op.create_index(
        "ix_requests_leased",
        "requests",
        ["lease_until", "since_at"],
        unique=False,
        sqlite_where=sa.text("lease_until IS NOT NULL"),
        postgresql_where=sa.text("lease_until IS NOT NULL"),
    )
    op.create_index(
        "ix_requests_offered",
        "requests",
        ["offered_to"],
        unique=False,
        sqlite_where=sa.text("offered_to IS NOT NULL"),
        postgresql_where=sa.text("offered_to IS NOT NULL"),
    )
    op.create_index(
        "ix_requests_on_hold",
        "requests",
        ["hold_until", "since_at", "lease_until"],
        unique=False,
        sqlite_where=sa.text("hold_until IS NOT NULL"),
        postgresql_where=sa.text("hold_until IS NOT NULL"),
    )
    op.create_index(
        "ix_requests_order",
        "requests",
        ["queue_at", "id", "since_at", "lease_until", "hold_until", "doubted_by", "open_places"],
        unique=False,
        sqlite_where=sa.text("queue_at IS NOT NULL"),
        postgresql_where=sa.text("queue_at IS NOT NULL"),
    )
    # What waited before stands by when it came in, until the next move brings it to its place.
    op.execute("UPDATE locations SET since_at = state_at")
    op.execute(
        "UPDATE requests SET queue_at = received_at, since_at = received_at "
        "WHERE open_places > 0 AND state = 'open'"
    )
    op.execute(
        "INSERT INTO queue_counts (name, count) SELECT 'open', count(*) "
        "FROM requests WHERE queue_at IS NOT NULL"
    )
    op.execute(
        "INSERT INTO queue_counts (name, count) SELECT 'places', coalesce(sum(open_places), 0) "
        "FROM requests WHERE queue_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_index(
        "ix_requests_order",
        table_name="requests",
        sqlite_where=sa.text("queue_at IS NOT NULL"),
        postgresql_where=sa.text("queue_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_requests_on_hold",
        table_name="requests",
        sqlite_where=sa.text("hold_until IS NOT NULL"),
        postgresql_where=sa.text("hold_until IS NOT NULL"),
    )
    op.drop_index(
        "ix_requests_offered",
        table_name="requests",
        sqlite_where=sa.text("offered_to IS NOT NULL"),
        postgresql_where=sa.text("offered_to IS NOT NULL"),
    )
    op.drop_index(
        "ix_requests_leased",
        table_name="requests",
        sqlite_where=sa.text("lease_until IS NOT NULL"),
        postgresql_where=sa.text("lease_until IS NOT NULL"),
    )
    op.drop_index(
        "ix_requests_later",
        table_name="requests",
        sqlite_where=sa.text("since_at IS NOT NULL"),
        postgresql_where=sa.text("since_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_requests_doubted",
        table_name="requests",
        sqlite_where=sa.text("doubted_by IS NOT NULL"),
        postgresql_where=sa.text("doubted_by IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_requests_taken_by_received_at_id"),
        "requests",
        ["taken_by", "received_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_requests_received_at_id"), "requests", ["received_at", "id"], unique=False)
    op.drop_column("requests", "doubted_by")
    op.drop_column("requests", "police_until")
    op.drop_column("requests", "police_from")
    op.drop_column("requests", "offered_to")
    op.drop_column("requests", "hold_until")
    op.drop_column("requests", "put_at")
    op.drop_column("requests", "why")
    op.drop_column("requests", "since_at")
    op.drop_column("requests", "queue_at")
    op.drop_column("requests", "danger")
    op.add_column("providers", sa.Column("channel", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("providers", sa.Column("language", sa.String(length=8), nullable=False, server_default=""))
    op.add_column("providers", sa.Column("email", sa.String(length=254), nullable=False, server_default=""))
    for column, kept in (("email", "address"), ("language", "language"), ("channel", "channel")):
        op.execute(
            f"UPDATE providers SET {column} = coalesce((SELECT {kept} FROM provider_contacts "  # noqa: S608, no value
            "WHERE provider_id = providers.id AND rung = 1), '')"
        )
    op.drop_column("providers", "notes")
    op.drop_column("providers", "behaviours")
    op.drop_index("ix_locations_waiting", table_name="locations")
    op.drop_column("locations", "shown_due_at")
    op.drop_column("locations", "shown_at")
    op.drop_column("locations", "shown_state")
    op.drop_column("locations", "threat_at")
    op.drop_column("locations", "known")
    op.drop_column("locations", "since_at")
    op.drop_index(op.f("ix_referral_locations_location_id"), table_name="referral_locations")
    op.drop_table("referral_locations")
    op.drop_index(op.f("ix_place_digests_place_digest"), table_name="place_digests")
    op.drop_table("place_digests")
    op.drop_index(op.f("ix_stepped_aside_staff_id"), table_name="stepped_aside")
    op.drop_table("stepped_aside")
    op.drop_index(op.f("ix_staged_lists_staff_id"), table_name="staged_lists")
    op.drop_table("staged_lists")
    op.drop_table("series_links")
    op.drop_index(op.f("ix_referrals_request_id"), table_name="referrals")
    op.drop_index(op.f("ix_referrals_due_at_id"), table_name="referrals")
    op.drop_table("referrals")
    op.drop_index(op.f("ix_provider_upstreams_upstream_id"), table_name="provider_upstreams")
    op.drop_table("provider_upstreams")
    op.drop_index(op.f("ix_provider_contacts_provider_id_rung"), table_name="provider_contacts")
    op.drop_table("provider_contacts")
    op.drop_index(op.f("ix_desk_notes_request_id_number"), table_name="desk_notes")
    op.drop_table("desk_notes")
    op.drop_table("series")
    op.drop_table("queue_counts")
    op.drop_table("policies")
    op.drop_table("openings")
    op.drop_table("countries")
    op.drop_table("canned_replies")
    op.drop_index(op.f("ix_alarms_state_due_at"), table_name="alarms")
    op.drop_table("alarms")
