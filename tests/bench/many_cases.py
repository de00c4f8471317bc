"""A hotline that has been at work for years: many requests and places, made by the database itself.

Half of the requests are done. Of what is open most waits; some is with providers, taken, on hold, doubted.
One in five thousand names five hundred places; the others one to five.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from app.casework.kit import Kit
from app.persistence.database import Database
from tests.make import ADA, BEN, make_known

_AT_ONCE = 50_000
_YEAR = 365 * 24 * 3600
_KIND = {  # rows by number: what each request is
    "is_open": "i % 2 = 0",
    "is_later": "i % 40 = 2",  # with a provider until a moment to come
    "in_danger": "i % 100 = 0",
    "is_back": "i % 100 = 4",
    "is_exposed": "i % 20 = 6",
    "was_taken": "i % 10 = 0",
    "is_taken": "i % 2000 = 0",
    "was_held": "i % 40 = 8",
    "is_held": "i % 400 = 8",
    "is_doubted": "i % 1000 = 14",
    "is_offered": "i % 40000 = 12",
    "is_forgotten": "i % 998 = 1",
    "is_threatened": "i % 500 = 0",
}
_SEED = """
CREATE TEMPORARY TABLE seed AS
SELECT i, {new_id} AS id, CASE WHEN i % 5000 = 0 THEN 500 ELSE 1 + i % 5 END AS places,
  :at - i * 7919 % {year} AS came_at, :at + 600 + i % 1200 AS soon_at
FROM ({numbers}) AS counted
"""
_NUMBERS = "CREATE TEMPORARY TABLE numbers AS SELECT i AS n FROM ({numbers}) AS counted"
_REQUESTS = """
INSERT INTO requests (id, version, trail_id, state, received_at, open_places, taken_by, lease_until,
  destroy_at, safety, due_by, danger, queue_at, since_at, why, hold_until, offered_to, doubted_by,
  filing_digest, facts_sealed)
SELECT id, 1, id, CASE WHEN {is_forgotten} THEN 'forgotten' ELSE 'open' END, came_at,
  CASE WHEN {is_open} THEN places ELSE 0 END,
  CASE WHEN i % 4000 = 0 THEN :ada WHEN {was_taken} THEN :ben END,
  CASE WHEN {is_taken} THEN soon_at WHEN {was_taken} THEN :at - i % 100000 END,
  CASE WHEN {is_forgotten} THEN soon_at END, 'none',
  CASE WHEN {is_later} THEN soon_at WHEN {is_open} THEN :at + i % 172800 - 43200
    WHEN i % 5 = 1 THEN soon_at + i % 259200 END,
  CASE WHEN {in_danger} THEN 'danger' ELSE '' END,
  CASE WHEN {is_later} THEN soon_at WHEN {in_danger} THEN came_at - 10 * {year}
    WHEN {is_back} THEN came_at - {year} WHEN {is_exposed} THEN came_at - 30 * 24 * 3600
    WHEN {is_open} THEN came_at END,
  CASE WHEN {is_later} THEN soon_at WHEN {is_open} THEN came_at END,
  CASE WHEN {in_danger} THEN 'danger threat' WHEN {is_back} THEN 'back still_up'
    WHEN {is_exposed} THEN 'identity young' ELSE '' END,
  CASE WHEN {is_held} THEN soon_at + i % 86400 WHEN {was_held} THEN came_at END,
  CASE WHEN {is_offered} THEN :ada END, CASE WHEN {is_doubted} THEN :ben END, {digest}, {sealed}
FROM seed WHERE i BETWEEN :first AND :last
"""
_LOCATIONS = """
INSERT INTO locations (id, request_id, number, version, state, state_at, due_at, since_at, known, threat_at,
  place_sealed)
SELECT {new_id}, id, n, 1,
  CASE WHEN {is_later} THEN 'notice_sent' WHEN NOT ({is_open}) THEN 'gone' WHEN n % 4 = 0 THEN 'assessed'
    WHEN n % 4 = 1 THEN 'assessing' WHEN n % 4 = 2 THEN 'refused' ELSE 'received' END,
  came_at, soon_at, came_at, '', CASE WHEN {is_threatened} THEN soon_at + i % 5000000 END, {sealed}
FROM seed JOIN numbers ON n <= places WHERE i BETWEEN :first AND :last ORDER BY i, n
"""
_NOTICES = """
INSERT INTO notices (id, version, request_id, provider_id, reference, state, approved_by, approved_at,
  sent_at, link_ends_at, link_digest, places_sealed)
SELECT id, 1, id, (SELECT min(id) FROM providers), CAST(i AS VARCHAR(16)), 'sent', :ada, came_at, came_at,
  soon_at, {digest}, {sealed}
FROM seed WHERE i % 5 = 0 AND i BETWEEN :first AND :last
"""
_LETTERS = """
INSERT INTO letters (id, notice_id, state, due_at, attempts, message_id)
SELECT id, id, CASE WHEN i % 20000 = 0 THEN 'waiting' WHEN i % 50000 = 5 THEN 'doubt' ELSE 'sent' END,
  came_at, 1, id
FROM seed WHERE i % 5 = 0 AND i BETWEEN :first AND :last
"""
_ASIDE = """
INSERT INTO stepped_aside (request_id, staff_id, shelf, until)
SELECT id, :ada, CASE WHEN i % 20000 = 18 THEN 'recused' ELSE 'skipped' END,
  CASE WHEN i % 20000 = 18 THEN NULL WHEN i % 3000 = 18 THEN soon_at ELSE came_at END
FROM seed WHERE i % 500 = 18 AND i BETWEEN :first AND :last
"""


def make_many(kit: Kit, requests: int) -> int:
    """Fill a founded hotline; how many places there are. Ada and Ben have worked on it."""
    for actor in (ADA, BEN):
        make_known(kit, actor)
    words = _KIND | _in_words_of(kit.database) | {"year": str(_YEAR)}
    values = {"at": int(kit.clock().timestamp()), "ada": ADA.id, "ben": BEN.id}
    with _quickly(kit.database) as connection:
        numbers = words["numbers"]
        seed = _SEED.format(**words | {"numbers": numbers.format(requests)})
        connection.execute(text(seed), values)
        connection.execute(text("CREATE INDEX ix_seed ON seed (i)"))
        connection.execute(text(_NUMBERS.format(numbers=numbers.format(500))))
        connection.commit()
        for first in range(1, requests + 1, _AT_ONCE):
            batch = values | {"first": first, "last": min(first + _AT_ONCE - 1, requests)}
            for statement in (_REQUESTS, _LOCATIONS, _NOTICES, _LETTERS, _ASIDE):
                made = text(statement.format(**words))
                names = made.compile().params
                connection.execute(made, {name: batch[name] for name in names})
            connection.commit()
        places = connection.execute(text("SELECT sum(places) FROM seed")).scalar_one()
    with kit.database.writing() as work:
        work.queue_counts.count_anew()
        work.commit()
    return int(places)


def _in_words_of(database: Database) -> dict[str, str]:
    """What the two databases say differently."""
    if database.is_embedded:
        counting = (
            "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {}) SELECT i FROM c"
        )
        return {
            "numbers": counting,
            "new_id": "lower(hex(randomblob(16)))",
            "digest": "CAST(id AS BLOB)",
            "sealed": "zeroblob(320)",
        }
    return {
        "numbers": "SELECT CAST(i AS BIGINT) AS i FROM generate_series(1, {}) AS s(i)",
        "new_id": "md5(CAST(random() AS TEXT) || i)",
        "digest": "convert_to(id, 'UTF8')",
        "sealed": "decode(repeat('ab', 320), 'hex')",
    }


@contextmanager
def _quickly(database: Database) -> Iterator[Connection]:
    """A connection that does not wait for the disk: what is lost here can be made again. What the databases
    know of their rows is brought up to date at the end, as they do by themselves in time."""
    connection = database.engine.connect()
    try:
        if database.is_embedded:
            for line in ("synchronous = OFF", "cache_size = -1000000"):
                connection.exec_driver_sql(f"PRAGMA {line}")
        else:
            connection.exec_driver_sql("SET synchronous_commit = off")
            connection.commit()
        yield connection
    finally:
        connection.invalidate()
        connection.close()
    if database.is_embedded:
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
