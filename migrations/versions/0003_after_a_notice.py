"""After a notice: ladder, answers, signals, counter-claims, received mails, laws, numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "laws",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("use", sa.String(length=16), nullable=False),
        sa.Column("kinds", sa.String(length=64), nullable=False),
        sa.Column("citation", sa.String(length=300), nullable=False),
        sa.Column("is_on", sa.Integer(), nullable=False),
        sa.Column("verified_on", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laws")),
    )
    op.create_table(
        "mailbox_counts",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mailbox_counts")),
    )
    op.create_table(
        "outcome_counts",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("age_band", sa.String(length=16), nullable=False),
        sa.Column("identified", sa.String(length=8), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("days", sa.String(length=8), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "year", "kind", "age_band", "identified", "outcome", "days", name=op.f("pk_outcome_counts")
        ),
    )
    op.create_table(
        "paces",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f("fk_paces_provider_id")),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_paces")),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("location_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("state_at", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_claims_location_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_claims_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_location_id"), "claims", ["location_id"], unique=False)
    op.create_index(op.f("ix_claims_notice_id"), "claims", ["notice_id"], unique=False)
    op.create_table(
        "received_mails",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("dropped_parts", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("raw_digest", sa.LargeBinary(), nullable=False),
        sa.Column("mail_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_received_mails_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_mails")),
        sa.UniqueConstraint("raw_digest", name=op.f("uq_received_mails_raw_digest")),
    )
    op.create_index(op.f("ix_received_mails_notice_id"), "received_mails", ["notice_id"], unique=False)
    op.create_index(
        op.f("ix_received_mails_settled_at_arrived_at"),
        "received_mails",
        ["settled_at", "arrived_at"],
        unique=False,
    )
    op.create_table(
        "signals",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("location_id", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("seen", sa.String(length=8), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_signals_location_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signals")),
    )
    op.create_index(op.f("ix_signals_location_id"), "signals", ["location_id"], unique=False)
    op.add_column(
        "countries",
        sa.Column("regulator_name", sa.String(length=200), server_default=sa.text("''"), nullable=False),
    )
    op.add_column(
        "countries",
        sa.Column("regulator_way", sa.String(length=2000), server_default=sa.text("''"), nullable=False),
    )
    op.add_column(
        "letters", sa.Column("kind", sa.String(length=16), server_default=sa.text("'first'"), nullable=False)
    )
    op.add_column(
        "letters",
        sa.Column("provider_id", sa.String(length=32), server_default=sa.text("''"), nullable=False),
    )
    op.drop_index(op.f("ix_letters_state_due_at"), table_name="letters")
    op.create_index(
        op.f("ix_letters_state_due_at_provider_id"),
        "letters",
        ["state", "due_at", "provider_id"],
        unique=False,
    )
    op.add_column("locations", sa.Column("provider_id", sa.String(length=32), nullable=True))
    op.add_column(
        "locations", sa.Column("back_count", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "locations", sa.Column("watch_step", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.create_index(
        "ix_locations_stalled",
        "locations",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'stalled'"),
        postgresql_where=sa.text("state = 'stalled'"),
    )
    op.add_column("notice_locations", sa.Column("reply", sa.String(length=16), nullable=True))
    op.add_column("notice_locations", sa.Column("replied_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "notices", sa.Column("kind", sa.String(length=16), server_default=sa.text("'csam'"), nullable=False)
    )
    op.add_column(
        "notices",
        sa.Column("channel", sa.String(length=16), server_default=sa.text("'plain'"), nullable=False),
    )
    op.add_column("notices", sa.Column("root_id", sa.String(length=32), nullable=True))
    op.add_column(
        "notices", sa.Column("step", sa.String(length=16), server_default=sa.text("''"), nullable=False)
    )
    op.add_column(
        "notices", sa.Column("chase_done", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("notices", sa.Column("chase_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "notices", sa.Column("wants", sa.String(length=16), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("notices", sa.Column("verify_digest", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_notices_chase_at"), "notices", ["chase_at"], unique=False)
    op.create_index(op.f("ix_notices_root_id"), "notices", ["root_id"], unique=False)
    op.create_index(
        "ix_notices_wanting",
        "notices",
        ["wants"],
        unique=False,
        sqlite_where=sa.text("wants != ''"),
        postgresql_where=sa.text("wants != ''"),
    )
    op.add_column(
        "providers", sa.Column("kind", sa.String(length=16), server_default=sa.text("'host'"), nullable=False)
    )
    op.add_column(
        "providers", sa.Column("is_covered", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "providers", sa.Column("letters_per_hour", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.execute(
        "UPDATE letters SET provider_id = "
        "coalesce((SELECT provider_id FROM notices WHERE notices.id = letters.notice_id), '')"
    )
    # What was gone before there was a watch list is looked at a day later, as everything from now on.
    op.execute("UPDATE locations SET due_at = state_at + 86400 WHERE state = 'gone' AND due_at IS NULL")
    first = "(SELECT min(due_at) FROM locations WHERE request_id = requests.id AND state = 'gone')"
    op.execute(
        f"UPDATE requests SET due_by = {first} "  # noqa: S608, no value
        f"WHERE state = 'open' AND {first} IS NOT NULL AND (due_by IS NULL OR due_by > {first})"
    )
    # What went out before there was a ladder is chased from now on, by the time that has passed.
    op.execute(
        "UPDATE notices SET chase_at = sent_at + 86400 "
        "WHERE sent_at IS NOT NULL AND state IN ('sent', 'answered')"
    )


def downgrade() -> None:
    op.drop_column("providers", "letters_per_hour")
    op.drop_column("providers", "is_covered")
    op.drop_column("providers", "kind")
    op.drop_index(
        "ix_notices_wanting",
        table_name="notices",
        sqlite_where=sa.text("wants != ''"),
        postgresql_where=sa.text("wants != ''"),
    )
    op.drop_index(op.f("ix_notices_root_id"), table_name="notices")
    op.drop_index(op.f("ix_notices_chase_at"), table_name="notices")
    op.drop_column("notices", "verify_digest")
    op.drop_column("notices", "wants")
    op.drop_column("notices", "chase_at")
    op.drop_column("notices", "chase_done")
    op.drop_column("notices", "step")
    op.drop_column("notices", "root_id")
    op.drop_column("notices", "channel")
    op.drop_column("notices", "kind")
    op.drop_column("notice_locations", "replied_at")
    op.drop_column("notice_locations", "reply")
    op.drop_index(
        "ix_locations_stalled",
        table_name="locations",
        sqlite_where=sa.text("state = 'stalled'"),
        postgresql_where=sa.text("state = 'stalled'"),
    )
    op.drop_column("locations", "watch_step")
    op.drop_column("locations", "back_count")
    op.drop_column("locations", "provider_id")
    op.drop_index(op.f("ix_letters_state_due_at_provider_id"), table_name="letters")
    op.create_index(op.f("ix_letters_state_due_at"), "letters", ["state", "due_at"], unique=False)
    op.drop_column("letters", "provider_id")
    op.drop_column("letters", "kind")
    op.drop_column("countries", "regulator_way")
    op.drop_column("countries", "regulator_name")
    op.drop_index(op.f("ix_signals_location_id"), table_name="signals")
    op.drop_table("signals")
    op.drop_index(op.f("ix_received_mails_settled_at_arrived_at"), table_name="received_mails")
    op.drop_index(op.f("ix_received_mails_notice_id"), table_name="received_mails")
    op.drop_table("received_mails")
    op.drop_index(op.f("ix_claims_notice_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_location_id"), table_name="claims")
    op.drop_table("claims")
    op.drop_table("paces")
    op.drop_table("outcome_counts")
    op.drop_table("mailbox_counts")
    op.drop_table("laws")
