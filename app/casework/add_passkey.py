"""A passkey beside the numbers: one more way to prove that it is the same person."""

from dataclasses import dataclass

from app.casework.actors import Staff
from app.casework.errors import NotAllowed
from app.casework.hotline_trail import note
from app.casework.kit import Kit, new_id
from app.casework.passkey_party import passkey_party
from app.domain.trail import TrailKind
from app.persistence.passkeys import Passkey
from app.vault.pairs import seal_to
from app.vault.passkeys import PasskeyRefused, Question, ask_for_new, read_new
from app.vault.seal import Purpose


@dataclass(frozen=True)
class NewPasskeyInput:
    """What the browser answered to the question with this challenge, and how the person calls the key."""

    challenge: bytes
    answer: str
    label: str

    def __repr__(self) -> str:
        return "NewPasskeyInput(…)"


def ask_for_new_passkey(kit: Kit, actor: Staff) -> Question:
    """What to ask the browser. Raises NotAllowed where it would refuse."""
    with kit.database.reading() as work:
        known = tuple(one.credential_id for one in work.passkeys.of(actor.id))
    return ask_for_new(passkey_party(kit), actor.id, actor.name, known)


def add_passkey(kit: Kit, actor: Staff, given: NewPasskeyInput) -> None:
    """Keep its public half. Raises NotAllowed for an answer that proves nothing."""
    at, passkey_id = kit.clock(), new_id()
    try:
        new = read_new(passkey_party(kit), given.challenge, given.answer)
    except PasskeyRefused:
        raise NotAllowed from None
    label = seal_to(actor.pair.public, Purpose.PASSKEY_LABEL, passkey_id, given.label.encode())
    made = (new.credential_id, new.public, new.sign_count, at, label)
    with kit.database.writing() as work:
        if any(one.credential_id == new.credential_id for one in work.passkeys.of(actor.id)):
            raise NotAllowed
        work.passkeys.add(Passkey(passkey_id, actor.id, *made))
        note(work, TrailKind.PASSKEY_ADDED, actor.id, at, passkey_id)
        work.commit()
