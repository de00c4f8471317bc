"""The link of a notice is taken back: it was passed on to somebody who should not have it."""

from dataclasses import replace

from app.casework.actors import Caseworker
from app.casework.case_keys import KIND_OF
from app.casework.cases import load_for
from app.casework.errors import NotFound, Stale
from app.casework.kit import Kit
from app.domain.trail import Entry, TrailKind
from app.persistence.errors import NotThere, Overtaken
from app.persistence.wraps import LINK
from app.vault.seal import Purpose


def revoke_link(kit: Kit, actor: Caseworker, notice_id: str) -> None:
    """From now on it opens nothing, for anybody: what it would open is destroyed. The provider can still
    answer by mail. No reminder goes with a dead link: a person asks again. Doing it twice does no harm.

    Nobody need hold the case: it may be urgent. Raises NotFound, Recused, Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        try:
            request = load_for(work, actor, work.notices.load(notice_id).request_id)
            notice = work.notices.load(notice_id)  # again, now that changes of this case take turns
        except NotThere:
            raise NotFound from None
        if notice.link_ends_at <= at:
            return
        try:
            work.notices.save(replace(notice, link_ends_at=at))
        except Overtaken:
            raise Stale from None
        work.wraps.destroy(notice.id, KIND_OF[Purpose.NOTICE_KEY], LINK)
        work.trail.append(request.trail_id, Entry(TrailKind.LINK_REVOKED, notice.id), actor.id, at)
        work.commit()
