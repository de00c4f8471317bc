"""A new passphrase for one's own key: generated, shown, typed back."""

from dataclasses import replace
from os import urandom

from app.casework.actors import Staff
from app.casework.errors import Busy, NotAllowed, SignInRefused
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.domain.staff import StaffState
from app.domain.trail import TrailKind
from app.persistence.errors import Overtaken
from app.vault.derive import mac
from app.vault.passphrases import new_passphrase as new_passphrase  # for the pages, which may not reach there
from app.vault.passphrases import passphrase_key
from app.vault.queue import QueueFull
from app.vault.seal import NotOpened, Purpose, lock, unlock


def is_typed_alike(passphrase: str, typed: str) -> bool:
    """Whether the words are the same, spacing and case aside."""
    return typed.lower().split() == passphrase.lower().split()


def check_passphrase(kit: Kit, actor: Staff, typed: str) -> None:
    """That it is the person themselves who sits there. Raises SignInRefused, Busy."""
    name = mac(kit.sign_in_key, "confirming", actor.id.encode())
    try:
        kit.slowdown.wait(name)
    except QueueFull:
        raise Busy from None
    with kit.database.reading() as work:
        member = work.staff.member(actor.id)
    wrapping = kit.take_turns(kit.sign_ins, lambda: passphrase_key(typed, member.salt))
    try:
        unlock(wrapping, Purpose.CASEWORKER_KEY, member.id, member.pair_sealed)
    except NotOpened:
        kit.slowdown.wrong(name)
        raise SignInRefused from None
    kit.slowdown.right(name)


def change_passphrase(kit: Kit, actor: Staff, passphrase: str) -> None:
    """Wrap the actor's key under the new passphrase; the old one opens nothing any more.

    Ends the sessions of this member: the one that asks goes on under a new token. `check_passphrase`
    comes first. Raises NotAllowed, Busy.
    """
    at, salt = kit.clock(), urandom(16)
    wrapping = kit.take_turns(kit.sign_ins, lambda: passphrase_key(passphrase, salt))
    sealed = lock(wrapping, Purpose.CASEWORKER_KEY, actor.id, actor.pair.seed)
    with kit.database.writing() as work:
        member = work.staff.member(actor.id)
        if member.state is not StaffState.ACTIVE or member.public != actor.pair.public:
            raise NotAllowed
        try:
            work.staff.save(replace(member, salt=salt, pair_sealed=sealed), member.state)
        except Overtaken:
            raise NotAllowed from None
        work.sessions.end_of_staff(member.id)
        note(work, TrailKind.PASSPHRASE_CHANGED, member.id, at, member.id)
        work.commit()
