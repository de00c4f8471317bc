"""Where a case stands at the desk: its notes, what it waits for, whom, and why it stands there."""

from dataclasses import replace
from datetime import datetime

from app.casework.case_folder import CaseFolder
from app.casework.case_keys import CaseKeys
from app.casework.desk_notes import notes_of_case
from app.casework.doubt_request import may_be_doubted
from app.domain.queue_order import read_why
from app.domain.requests import Request
from app.domain.words import RequestState
from app.persistence.database import Work


def with_holding(
    work: Work, folder: CaseFolder, request: Request, keys: CaseKeys, at: datetime
) -> CaseFolder:
    """The folder with all of that. A hold that is over is none."""
    is_on_hold = request.hold_until is not None and request.hold_until > at
    return replace(
        folder,
        notes=notes_of_case(work, request.id, keys),
        why=read_why(request.why),
        due_by=request.due_by,
        hold_until=request.hold_until if is_on_hold else None,
        police_until=request.police_until if request.is_on_police_hold(at) else None,
        put_at=request.put_at,
        offered_to=request.offered_to,
        doubted_by=request.doubted_by,
        in_danger=bool(request.danger),
        is_set_aside=request.state is RequestState.NOT_A_REQUEST,
        may_be_doubted=may_be_doubted(work, request),
        recused=work.stepped_aside.recused_from(request.id),
    )
