"""What the desk keeps of a child's request, for the one it is joined to: notes, who stepped back, holds."""

from dataclasses import replace
from datetime import datetime

from app.casework.case_keys import CaseKeys
from app.casework.desk_notes import keep_note, notes_of_case
from app.casework.reopen_request import trusted
from app.domain.requests import Request
from app.persistence.database import Work


def move_holding(
    work: Work,
    target: Request,
    source: Request,
    target_keys: CaseKeys,
    source_keys: CaseKeys,
    by: str,
    at: datetime,
) -> Request:
    """Notes are sealed anew and keep who wrote them, and when. Who stepped back from the one, because they
    know somebody in it, gets nothing of the other. The target as it then stands, to be saved: a police hold
    of either holds, and nobody finds any more that there is no request in it."""
    for note in notes_of_case(work, source.id, source_keys):
        keep_note(work, target.id, target_keys, note.kind, note.text, note.by, note.at)
    for member_id in work.stepped_aside.recused_from(source.id):
        work.stepped_aside.recuse(target.id, member_id)
    if source.police_until is not None and source.police_until > (target.police_until or at):
        target = replace(target, police_from=source.police_from, police_until=source.police_until)
    return trusted(work, target, by, at)
