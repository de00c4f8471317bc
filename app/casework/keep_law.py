"""The laws that notices may cite, as an admin words them. What is worded anew is off until confirmed anew."""

from dataclasses import dataclass

from app.casework.actors import Admin
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.hotline_trail import note
from app.casework.kit import Kit, new_id
from app.domain.laws import Law, LawCode, kinds_for, reworded, with_shipped
from app.domain.notice_words import LawUse, NoticeKind
from app.domain.trail import TrailKind
from app.persistence.database import Work
from app.persistence.errors import Overtaken
from app.vault.derive import digest


def print_of_law(law: Law) -> str:
    """A short print of what was read, so that nobody confirms, or overwrites, what a colleague changed."""
    return digest("law as read", repr(tuple(vars(law).values())).encode()).hex()[:32]


@dataclass(frozen=True)
class LawWords:
    """A law as typed and checked by the form. `use` counts for laws an admin added; of those that come
    along it is fixed."""

    citation: str
    use: LawUse
    kinds: tuple[NoticeKind, ...]


def add_law(kit: Kit, actor: Admin, country: str, words: LawWords) -> str:
    """A law of one country, or of the "EU". Its id; it is off. Raises NotAllowed where nothing cites it."""
    kinds = tuple(kind for kind in kinds_for(LawCode.NATIONAL, words.use) if kind in words.kinds)
    if not kinds or not words.citation:
        raise NotAllowed
    law = Law(new_id(), LawCode.NATIONAL, country, words.use, kinds, words.citation, False, "")
    with kit.database.writing() as work:
        work.laws.save(law)
        note(work, TrailKind.LAWS_CHANGED, actor.id, kit.clock(), law.id)
        work.commit()
    return law.id


def word_law(kit: Kit, actor: Admin, law_id: str, words: LawWords, seen: str) -> None:
    """Other words, another use, other kinds of notice: then it is off, because counsel saw something else.

    Raises Stale when it is not as it was read, NotFound, NotAllowed where nothing would cite it.
    """
    with kit.database.writing() as work:
        law = law_as_read(work, law_id, seen)
        changed = reworded(law, words.citation, words.use, words.kinds)
        if not changed.kinds or not changed.citation:
            raise NotAllowed
        if changed != law:
            save_law(kit, work, actor, changed, law)
            work.commit()


def remove_law(kit: Kit, actor: Admin, law_id: str, seen: str) -> None:
    """Nothing cites it any more. One that came along is offered again, as it came: off.

    Raises Stale, NotFound (also when it was not kept yet).
    """
    with kit.database.writing() as work:
        law = law_as_read(work, law_id, seen)
        if not is_kept(work, law):
            raise NotFound
        try:
            work.laws.remove(law)
        except Overtaken:
            raise Stale from None
        note(work, TrailKind.LAWS_CHANGED, actor.id, kit.clock(), law.id)
        work.commit()


def law_of(work: Work, law_id: str) -> Law:
    """One that is kept, or that came along and was not saved yet. Raises NotFound."""
    found = next((law for law in with_shipped(work.laws.all()) if law.id == law_id), None)
    if found is None:
        raise NotFound
    return found


def law_as_read(work: Work, law_id: str, seen: str) -> Law:
    """Raises NotFound, Stale."""
    law = law_of(work, law_id)
    if seen != print_of_law(law):
        raise Stale
    return law


def save_law(kit: Kit, work: Work, actor: Admin, law: Law, before: Law) -> None:
    """Within the transaction, with a line in the hotline's trail. Raises Stale."""
    try:
        work.laws.save(law, before if is_kept(work, before) else None)
    except Overtaken:
        raise Stale from None
    note(work, TrailKind.LAWS_CHANGED, actor.id, kit.clock(), law.id)


def is_kept(work: Work, law: Law) -> bool:
    """Whether it lies in the database. What only came along does not."""
    return any(one.id == law.id for one in work.laws.all())
