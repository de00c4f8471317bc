"""Opening a notice by the link in the letter, and answering it. The link's secret is the key."""

from app.casework.actors import Provider
from app.casework.cases import load
from app.casework.errors import NotFound
from app.casework.kit import Kit
from app.domain.trail import Entry, TrailKind
from app.persistence.errors import NotThere
from app.persistence.wraps import LINK
from app.vault.derive import hkdf, key_from
from app.vault.seal import NotOpened, Purpose, SecretKey, unlock


def open_notice(kit: Kit, link_secret: str) -> Provider:
    """Raises NotFound for an unknown, ended or damaged link alike."""
    secret = link_secret[:100].encode()
    at = kit.clock()
    with kit.database.writing() as work:
        notice = work.notices.by_link(hkdf(secret or b"-", "notice link lookup"))
        if notice is None or notice.link_ends_at <= at:
            raise NotFound
        try:
            wrapped = work.wraps.one(notice.id, "notice", LINK)
            key = unlock(key_from(secret, "notice link"), Purpose.NOTICE_KEY, notice.id, wrapped)
        except (NotThere, NotOpened):
            raise NotFound from None
        request = load(work, notice.request_id)
        work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_OPENED, notice.id), "provider", at)
        work.commit()
    return Provider(notice.id, SecretKey(key))
