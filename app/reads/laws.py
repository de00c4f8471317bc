"""The laws as admins see them: those that are kept, and those that came along and are not saved yet."""

from dataclasses import dataclass

from app.casework.keep_law import is_kept, law_of, print_of_law
from app.casework.kit import Kit
from app.domain.laws import Law, with_shipped


@dataclass(frozen=True)
class KeptLaw:
    """One law. `is_kept`: False for one that came along and nobody saved. `seen` goes back with the forms."""

    law: Law
    is_kept: bool
    seen: str


def read_laws(kit: Kit) -> tuple[Law, ...]:
    """By country and citation."""
    with kit.database.reading() as work:
        return with_shipped(work.laws.all())


def read_law(kit: Kit, law_id: str) -> KeptLaw:
    """Raises NotFound."""
    with kit.database.reading() as work:
        law = law_of(work, law_id)
        return KeptLaw(law, is_kept(work, law), print_of_law(law))
