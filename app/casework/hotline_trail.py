"""The hotline's own trail: what happened to people and keys."""

from datetime import datetime

from app.domain.trail import HOTLINE, Entry, TrailKind
from app.persistence.database import Work


def note(work: Work, kind: TrailKind, by: str, at: datetime, subject: str = "") -> None:
    """Append one line. `by` is a member's id, or "command"."""
    work.trail.append(HOTLINE, Entry(kind, subject), by, at)
