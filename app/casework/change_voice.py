"""Changing what one said: wishes, what may be passed on, about the person, language."""

from dataclasses import dataclass, replace

from app.casework.actors import Requester
from app.casework.cases import save_moves
from app.casework.errors import Stale
from app.casework.kit import Kit
from app.casework.own_contact import follow_voice
from app.casework.own_request import load_to_change
from app.casework.stop_letters import stop_waiting
from app.casework.voices import voice_of, voice_record
from app.domain.asking import About, Acting, Safety, Voice, Wishes
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose


@dataclass(frozen=True)
class VoiceInput:
    """The parts to replace; None leaves a part as it is.

    `may_provider_hear` counts for the very text that was shown with the question: pass it as `words_shown`.
    New `words` that nobody agreed to pass on are for the hotline alone.
    """

    wishes: Wishes | None = None
    safety: Safety | None = None
    about: About | None = None
    child_wants: str | None = None
    language: str | None = None
    words: str | None = None
    may_provider_hear: bool | None = None
    words_shown: str = ""

    def __repr__(self) -> str:
        return "VoiceInput(…)"


def change_voice(kit: Kit, actor: Requester, given: VoiceInput) -> None:
    """A new worry (they could guess, lives near, under 18 today) makes a safety check due again, and stops
    letters that wait. So does taking back that a provider may hear one's words. A danger moves the request up
    in the queue; taking it back moves it down again only where nobody else asks in it.

    Raises Stale when the words to be passed on are not the ones that were shown, NotAllowed for a bystander,
    NotFound.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        kit.team_key(work)
        own = load_to_change(work, actor, at)
        party = own.party
        before = voice_of(unlock_record(actor.voice_key, Purpose.STATEMENT, party.id, party.facts_sealed))
        voice = _changed(before, given)
        sealed = lock_record(actor.voice_key, Purpose.STATEMENT, party.id, voice_record(voice))
        work.parties.save(replace(party, facts_sealed=sealed))
        follow_voice(kit, work, party.id, actor.voice_key, voice)
        is_worried = bool(voice.worries - before.worries)
        is_taken_back = before.may_provider_hear and not voice.may_provider_hear
        is_told = voice.is_in_danger is not before.is_in_danger
        if (is_worried or is_taken_back or is_told) and not party.is_revoked:
            for notice in work.notices.of_request(own.request.id) if is_worried or is_taken_back else ():
                stop_waiting(work, notice, at)  # what waits was written before they said this
            request = work.requests.load(own.request.id)
            request = request.needing_safety_check(to_minute(at)) if is_worried else request
            if is_told and (voice.is_in_danger or len(work.parties.of_request(request.id)) == 1):
                request = request.in_danger(voice.is_in_danger)
            # Saved as every change of a request is, so that the queue shows it.
            save_moves(work, request)
        entry = Entry(TrailKind.WISHES_CHANGED, party.id)
        work.trail.append(own.request.trail_id, entry, "requester", at)
        work.commit()


def _changed(before: Voice, given: VoiceInput) -> Voice:
    """Raises Stale."""
    words = before.words if given.words is None else given.words.strip()
    may_hear = before.may_provider_hear and words == before.words
    if given.may_provider_hear is not None:
        may_hear = given.may_provider_hear
        if may_hear and (not words or given.words_shown != words):
            raise Stale
    return replace(
        before,
        wishes=given.wishes or before.wishes,
        safety=given.safety or before.safety,
        about=given.about or before.about,
        acting=_acting(before.acting, given.child_wants),
        language=given.language or before.language,
        words=words,
        may_provider_hear=may_hear,
    )


def _acting(before: Acting, child_wants: str | None) -> Acting:
    return before if child_wants is None else replace(before, child_wants=child_wants.strip())
