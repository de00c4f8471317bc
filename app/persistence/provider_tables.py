"""The tables of the directory: providers, their hosts, the ladders of contacts, who supplies whom."""

from sqlalchemy import ForeignKey, Index, Integer, String, Table, text

from app.persistence.base import ID, metadata, plain

providers = Table(
    "providers",
    metadata,
    plain("id", ID, primary_key=True),
    plain("name", String(200)),
    plain("country", String(2)),
    plain("terms_clause", String(2000)),
    plain("behaviours", String(120), server_default=text("''")),
    plain("notes", String(4000), server_default=text("''")),
    plain("kind", String(16), server_default=text("'host'")),
    plain("is_covered", Integer, server_default=text("0")),
    plain("letters_per_hour", Integer, server_default=text("0")),
)

provider_suffixes = Table(
    "provider_suffixes",
    metadata,
    plain("suffix", String(253), primary_key=True),
    plain("provider_id", ID, ForeignKey("providers.id"), index=True),
    plain("number", Integer),
)

provider_contacts = Table(
    "provider_contacts",
    metadata,
    plain("id", ID, primary_key=True),
    plain("provider_id", ID, ForeignKey("providers.id")),
    plain("rung", Integer),
    plain("scope", String(16)),
    plain("channel", String(16)),
    plain("address", String(500)),
    plain("language", String(8)),
    Index(None, "provider_id", "rung", unique=True),
)

provider_upstreams = Table(
    "provider_upstreams",
    metadata,
    plain("provider_id", ID, ForeignKey("providers.id"), primary_key=True),
    plain("upstream_id", ID, ForeignKey("providers.id"), primary_key=True, index=True),
    plain("number", Integer),
)
