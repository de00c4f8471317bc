"""One more in the framework's chart. It outlives forgetting, and leads to no place and no person."""

from datetime import datetime

from app.casework.case_keys import CaseKeys
from app.casework.findings import finding_of
from app.domain.assessments import Finding
from app.domain.counting import Counted, cell_of
from app.domain.locations import Location
from app.domain.notice_words import Seen
from app.persistence.database import Work
from app.vault.records import unlock_record
from app.vault.seal import Purpose


def count_outcome(
    work: Work, finding: Finding | None, counted: Counted, at: datetime, since: datetime | None = None
) -> None:
    """Within the caller's transaction, for one place. `finding`: None where no key for it is at hand.

    `since`: when its first notice went out; give it wherever one did, so that the outcome is counted in the
    year of that notice. What a provider says is counted by `take_replies` alone.
    """
    work.outcome_counts.add(cell_of(finding, counted, at, since))


def noticed_at(work: Work, location: Location) -> datetime | None:
    """When the first notice about it went out, since it was last back; None where none did."""
    sent = work.outcome_counts.sent_at_of(location.id)
    if not location.back_count or not sent:
        return min(sent, default=None)
    before = location.back_count - 1
    words = work.signals.of_location(location.id)
    back_at = [one.said_at for one in words if one.round == before and one.seen is Seen.THERE]
    return min((one for one in sent if not back_at or one >= back_at[-1].replace(second=0)), default=None)


def findings_in(work: Work, keys: CaseKeys, request_id: str) -> dict[str, Finding]:
    """The newest finding of each place of a case, by location id."""
    return {
        location_id: finding_of(unlock_record(keys.desk, Purpose.ASSESSMENT, made.id, made.finding_sealed))
        for location_id, made in work.assessments.newest(request_id).items()
    }
