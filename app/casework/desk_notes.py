"""Notes of the desk: why a case waits, why it stands elsewhere, what a colleague should know. Sealed under
the desk key: no requester ever sees one."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.case_keys import KIND_OF, CaseKeys
from app.casework.kit import new_id
from app.domain.desk_words import NoteKind
from app.persistence.database import Work
from app.persistence.desk_notes import DeskNote
from app.persistence.wraps import TEAM
from app.vault.pairs import Ring, open_with
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose, SecretKey


@dataclass(frozen=True)
class CaseNote:
    """One note, opened."""

    kind: NoteKind
    text: str
    by: str
    at: datetime

    def __repr__(self) -> str:
        return f"CaseNote({self.kind})"


def keep_note(
    work: Work, request_id: str, keys: CaseKeys, kind: NoteKind, text: str, by: str, at: datetime
) -> None:
    """Within the transaction of the verb that it explains."""
    note_id = new_id()
    sealed = lock_record(keys.desk, Purpose.DESK_NOTE, note_id, {"kind": kind, "text": text})
    work.desk_notes.add(DeskNote(note_id, request_id, by, at, sealed))


def notes_of_case(work: Work, request_id: str, keys: CaseKeys) -> tuple[CaseNote, ...]:
    """Oldest first."""
    opened = (_opened(one, keys.desk) for one in work.desk_notes.of_request(request_id))
    return tuple(sorted(opened, key=lambda note: note.at))


def newest_note(work: Work, team: Ring, request_id: str, kind: NoteKind) -> CaseNote | None:
    """The last note of this kind: for a list, where no other key of the case is opened. Raises NotOpened."""
    made = work.desk_notes.of_request(request_id)
    if not made:
        return None
    wraps = work.wraps.of(request_id, TEAM)
    wrapped = wraps[KIND_OF[Purpose.DESK_KEY], request_id]
    desk = SecretKey(open_with(team, Purpose.DESK_KEY, request_id, wrapped))
    opened = (_opened(one, desk) for one in reversed(made))
    return next((note for note in opened if note.kind is kind), None)


def _opened(one: DeskNote, desk: SecretKey) -> CaseNote:
    record = unlock_record(desk, Purpose.DESK_NOTE, one.id, one.note_sealed)
    return CaseNote(NoteKind(record["kind"]), record["text"], one.made_by, one.made_at)
