"""Times as this project keeps them: UTC, and no finer than needed."""

from datetime import datetime


def to_minute(at: datetime) -> datetime:
    """What a plain column may hold where a timer or a requester needs the time of day."""
    return at.replace(second=0, microsecond=0)


def to_hour(at: datetime) -> datetime:
    """What a plain column may hold where only an order or a waiting time is needed."""
    return at.replace(minute=0, second=0, microsecond=0)


def to_day(at: datetime) -> datetime:
    """What a plain column may hold where a time of day would tell which rows were written together."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
