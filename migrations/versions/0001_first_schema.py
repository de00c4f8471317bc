"""The first schema: requests, staff and keys, providers, notices, sessions, trail."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "courier_processes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("public_mac", sa.LargeBinary(), nullable=False),
        sa.Column("courier_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courier_processes")),
    )
    op.create_table(
        "hotline_keys",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("public_mac", sa.LargeBinary(), nullable=False),
        sa.Column("installation_mac", sa.LargeBinary(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotline_keys")),
    )
    op.create_index(op.f("ix_hotline_keys_kind"), "hotline_keys", ["kind"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("link_digest", sa.LargeBinary(), nullable=False),
        sa.Column("sign_in_digest", sa.LargeBinary(), nullable=False),
        sa.Column("team_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_invitations_link_digest")),
        sa.UniqueConstraint("sign_in_digest", name=op.f("uq_invitations_sign_in_digest")),
    )
    op.create_table(
        "providers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("terms_clause", sa.String(length=2000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_providers")),
    )
    op.create_table(
        "recovery_keys",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("shares_needed", sa.Integer(), nullable=False),
        sa.Column("shares_made", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("drilled_at", sa.BigInteger(), nullable=True),
        sa.Column("public_mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_keys")),
    )
    op.create_table(
        "requests",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("trail_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("open_places", sa.Integer(), nullable=False),
        sa.Column("taken_by", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("destroy_at", sa.BigInteger(), nullable=True),
        sa.Column("safety", sa.String(length=8), nullable=False),
        sa.Column("safety_by", sa.BigInteger(), nullable=True),
        sa.Column("due_by", sa.BigInteger(), nullable=True),
        sa.Column("filing_digest", sa.LargeBinary(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
        sa.UniqueConstraint("filing_digest", name=op.f("uq_requests_filing_digest")),
        sa.UniqueConstraint("trail_id", name=op.f("uq_requests_trail_id")),
    )
    op.create_index(op.f("ix_requests_destroy_at"), "requests", ["destroy_at"], unique=False)
    op.create_index(op.f("ix_requests_due_by_id"), "requests", ["due_by", "id"], unique=False)
    op.create_index(op.f("ix_requests_received_at_id"), "requests", ["received_at", "id"], unique=False)
    op.create_index(
        op.f("ix_requests_taken_by_received_at_id"),
        "requests",
        ["taken_by", "received_at", "id"],
        unique=False,
    )
    op.create_table(
        "sessions",
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_seen_at"), "sessions", ["seen_at"], unique=False)
    op.create_index(op.f("ix_sessions_staff_id"), "sessions", ["staff_id"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), server_default="active", nullable=False),
        sa.Column("sign_in_digest", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("totp_counter", sa.BigInteger(), nullable=False),
        sa.Column("public_mac", sa.LargeBinary(), nullable=False),
        sa.Column("pair_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("sign_in_digest", name=op.f("uq_staff_sign_in_digest")),
    )
    op.create_table(
        "team_keys",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), server_default="current", nullable=False),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_keys")),
    )
    op.create_index(op.f("ix_team_keys_state"), "team_keys", ["state"], unique=False)
    op.create_table(
        "trail",
        sa.Column("trail_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("previous_digest", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("trail_id", "position", name=op.f("pk_trail")),
    )
    op.create_table(
        "factor_codes",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_factor_codes_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "code_digest", name=op.f("pk_factor_codes")),
    )
    op.create_table(
        "grant_proposals",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("public_mac", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_grant_proposals_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_grant_proposals")),
    )
    op.create_table(
        "grants",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("team_key_id", sa.String(length=32), nullable=False),
        sa.Column("team_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_grants_staff_id")),
        sa.ForeignKeyConstraint(["team_key_id"], ["team_keys.id"], name=op.f("fk_grants_team_key_id")),
        sa.PrimaryKeyConstraint("staff_id", "team_key_id", name=op.f("pk_grants")),
    )
    op.create_table(
        "locations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("state_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_locations_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locations")),
    )
    op.create_index(
        op.f("ix_locations_request_id_number"), "locations", ["request_id", "number"], unique=True
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("approved_by", sa.String(length=32), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("link_ends_at", sa.BigInteger(), nullable=False),
        sa.Column("link_digest", sa.LargeBinary(), nullable=False),
        sa.Column("places_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f("fk_notices_provider_id")),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_notices_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_notices_link_digest")),
        sa.UniqueConstraint("reference", name=op.f("uq_notices_reference")),
    )
    op.create_index(op.f("ix_notices_provider_id"), "notices", ["provider_id"], unique=False)
    op.create_index(op.f("ix_notices_request_id"), "notices", ["request_id"], unique=False)
    op.create_table(
        "parties",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("is_handed_over", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("frozen_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_parties_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_parties_code_digest")),
    )
    op.create_index(op.f("ix_parties_request_id"), "parties", ["request_id"], unique=False)
    op.create_table(
        "passkeys",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("label_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_passkeys_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_index(op.f("ix_passkeys_staff_id"), "passkeys", ["staff_id"], unique=False)
    op.create_table(
        "provider_suffixes",
        sa.Column("suffix", sa.String(length=253), nullable=False),
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("fk_provider_suffixes_provider_id")
        ),
        sa.PrimaryKeyConstraint("suffix", name=op.f("pk_provider_suffixes")),
    )
    op.create_index(
        op.f("ix_provider_suffixes_provider_id"), "provider_suffixes", ["provider_id"], unique=False
    )
    op.create_table(
        "recovery_grants",
        sa.Column("recovery_key_id", sa.String(length=32), nullable=False),
        sa.Column("team_key_id", sa.String(length=32), nullable=False),
        sa.Column("team_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recovery_key_id"], ["recovery_keys.id"], name=op.f("fk_recovery_grants_recovery_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["team_key_id"], ["team_keys.id"], name=op.f("fk_recovery_grants_team_key_id")
        ),
        sa.PrimaryKeyConstraint("recovery_key_id", "team_key_id", name=op.f("pk_recovery_grants")),
    )
    op.create_table(
        "safety_notes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_safety_notes_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_notes")),
    )
    op.create_index(
        op.f("ix_safety_notes_request_id_number"), "safety_notes", ["request_id", "number"], unique=True
    )
    op.create_table(
        "wraps",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("key_kind", sa.String(length=16), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("sealed_to", sa.String(length=16), nullable=False),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_wraps_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wraps")),
    )
    op.create_index(
        op.f("ix_wraps_owner_id_key_kind_holder"), "wraps", ["owner_id", "key_kind", "holder"], unique=True
    )
    op.create_index(op.f("ix_wraps_request_id"), "wraps", ["request_id"], unique=False)
    op.create_index(op.f("ix_wraps_sealed_to_id"), "wraps", ["sealed_to", "id"], unique=False)
    op.create_table(
        "answers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed_to", sa.String(length=16), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_answers_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_notice_id"), "answers", ["notice_id"], unique=False)
    op.create_index(op.f("ix_answers_sealed_to_id"), "answers", ["sealed_to", "id"], unique=False)
    op.create_table(
        "assessments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("location_id", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("finding_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_assessments_location_id")),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_assessments_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    op.create_index(op.f("ix_assessments_location_id"), "assessments", ["location_id"], unique=False)
    op.create_index(op.f("ix_assessments_request_id"), "assessments", ["request_id"], unique=False)
    op.create_table(
        "chase_packs",
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("pack_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_chase_packs_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_chase_packs")),
    )
    op.create_table(
        "contact_mails",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_contact_mails_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_mails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_contact_mails_message_id")),
    )
    op.create_index(op.f("ix_contact_mails_party_id"), "contact_mails", ["party_id"], unique=False)
    op.create_index(op.f("ix_contact_mails_state_due_at"), "contact_mails", ["state", "due_at"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("number_until", sa.BigInteger(), nullable=True),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("for_courier_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_contacts_party_id")),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_contacts")),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_letters_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
    )
    op.create_index(op.f("ix_letters_notice_id"), "letters", ["notice_id"], unique=False)
    op.create_index(op.f("ix_letters_state_due_at"), "letters", ["state", "due_at"], unique=False)
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_hotline", sa.Boolean(), nullable=False),
        sa.Column("is_aside", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_messages_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_party_id_number"), "messages", ["party_id", "number"], unique=True)
    op.create_table(
        "notice_locations",
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("location_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"], ["locations.id"], name=op.f("fk_notice_locations_location_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_locations_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "location_id", name=op.f("pk_notice_locations")),
    )
    op.create_table(
        "place_notes",
        sa.Column("location_id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_place_notes_location_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_place_notes_party_id")),
        sa.PrimaryKeyConstraint("location_id", "party_id", name=op.f("pk_place_notes")),
    )
    op.create_index(op.f("ix_place_notes_party_id"), "place_notes", ["party_id"], unique=False)
    op.create_table(
        "proofs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("link_digest", sa.LargeBinary(), nullable=True),
        sa.Column("proof_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_proofs_party_id")),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_proofs_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proofs")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_proofs_link_digest")),
    )
    op.create_index(op.f("ix_proofs_party_id"), "proofs", ["party_id"], unique=False)
    op.create_index(op.f("ix_proofs_request_id"), "proofs", ["request_id"], unique=False)
    op.create_index(op.f("ix_proofs_state_ends_at"), "proofs", ["state", "ends_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_proofs_state_ends_at"), table_name="proofs")
    op.drop_index(op.f("ix_proofs_request_id"), table_name="proofs")
    op.drop_index(op.f("ix_proofs_party_id"), table_name="proofs")
    op.drop_table("proofs")
    op.drop_index(op.f("ix_place_notes_party_id"), table_name="place_notes")
    op.drop_table("place_notes")
    op.drop_table("notice_locations")
    op.drop_index(op.f("ix_messages_party_id_number"), table_name="messages")
    op.drop_table("messages")
    op.drop_index(op.f("ix_letters_state_due_at"), table_name="letters")
    op.drop_index(op.f("ix_letters_notice_id"), table_name="letters")
    op.drop_table("letters")
    op.drop_table("contacts")
    op.drop_index(op.f("ix_contact_mails_state_due_at"), table_name="contact_mails")
    op.drop_index(op.f("ix_contact_mails_party_id"), table_name="contact_mails")
    op.drop_table("contact_mails")
    op.drop_table("chase_packs")
    op.drop_index(op.f("ix_assessments_request_id"), table_name="assessments")
    op.drop_index(op.f("ix_assessments_location_id"), table_name="assessments")
    op.drop_table("assessments")
    op.drop_index(op.f("ix_answers_sealed_to_id"), table_name="answers")
    op.drop_index(op.f("ix_answers_notice_id"), table_name="answers")
    op.drop_table("answers")
    op.drop_index(op.f("ix_wraps_sealed_to_id"), table_name="wraps")
    op.drop_index(op.f("ix_wraps_request_id"), table_name="wraps")
    op.drop_index(op.f("ix_wraps_owner_id_key_kind_holder"), table_name="wraps")
    op.drop_table("wraps")
    op.drop_index(op.f("ix_safety_notes_request_id_number"), table_name="safety_notes")
    op.drop_table("safety_notes")
    op.drop_table("recovery_grants")
    op.drop_index(op.f("ix_provider_suffixes_provider_id"), table_name="provider_suffixes")
    op.drop_table("provider_suffixes")
    op.drop_index(op.f("ix_passkeys_staff_id"), table_name="passkeys")
    op.drop_table("passkeys")
    op.drop_index(op.f("ix_parties_request_id"), table_name="parties")
    op.drop_table("parties")
    op.drop_index(op.f("ix_notices_request_id"), table_name="notices")
    op.drop_index(op.f("ix_notices_provider_id"), table_name="notices")
    op.drop_table("notices")
    op.drop_index(op.f("ix_locations_request_id_number"), table_name="locations")
    op.drop_table("locations")
    op.drop_table("grants")
    op.drop_table("grant_proposals")
    op.drop_table("factor_codes")
    op.drop_table("trail")
    op.drop_index(op.f("ix_team_keys_state"), table_name="team_keys")
    op.drop_table("team_keys")
    op.drop_table("staff")
    op.drop_index(op.f("ix_sessions_staff_id"), table_name="sessions")
    op.drop_index(op.f("ix_sessions_seen_at"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_requests_taken_by_received_at_id"), table_name="requests")
    op.drop_index(op.f("ix_requests_received_at_id"), table_name="requests")
    op.drop_index(op.f("ix_requests_due_by_id"), table_name="requests")
    op.drop_index(op.f("ix_requests_destroy_at"), table_name="requests")
    op.drop_table("requests")
    op.drop_table("recovery_keys")
    op.drop_table("providers")
    op.drop_table("invitations")
    op.drop_index(op.f("ix_hotline_keys_kind"), table_name="hotline_keys")
    op.drop_table("hotline_keys")
    op.drop_table("courier_processes")
