"""Nobody confirmed in time: the key of that proof is destroyed, and what lay under it."""

from app.casework.cases import load_even_forgotten
from app.casework.errors import NotFound
from app.casework.kit import Kit
from app.domain.proofs import NotNow
from app.persistence.errors import NotThere, Overtaken


def end_vouchers(kit: Kit) -> int:
    """For every link whose 30 days are over, each in a transaction of its own; how many there were.

    That it was asked stays to be seen by who asked, until they take it back.
    """
    at = kit.clock()
    with kit.database.reading() as work:
        over = work.proofs.ended(at)
    count = 0
    for one in over:
        with kit.database.writing() as work:
            try:
                load_even_forgotten(work, one.request_id)
                work.proofs.save(work.proofs.load(one.id).ended())
            except (NotFound, NotThere, NotNow, Overtaken):
                continue  # taken back, answered or destroyed a moment ago
            work.wraps.destroy(one.id, "proof")
            work.commit()
        count += 1
    return count
