"""Does the database answer? Nothing of any request is read for it."""

from sqlalchemy import text

from app.casework.kit import Kit


def read_health(kit: Kit) -> None:
    """Return when the database answered; it raises what is wrong with it."""
    with kit.database.reading() as work:
        work.connection.execute(text("SELECT 1"))
