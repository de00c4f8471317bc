"""From a draft to what is sent: only what this person was asked, and in the language they read."""

from dataclasses import replace

from app.casework.file_request import Filing
from app.casework.keep_contact import ContactInput
from app.domain.asking import Acting, Voice
from app.domain.words import Asker, Hours, Telling
from app.i18n.locales import current
from app.web.portal.answers import Answers
from app.web.portal.drafts import Draft
from app.web.portal.said_places import read_said
from app.web.portal.wish_forms import is_agreed


def filing_of(draft: Draft) -> Filing:
    """The request as it is sent."""
    answers, said = draft.answers, read_said(draft.answers).places
    is_bystander = answers.voice.asker is Asker.BYSTANDER
    return Filing(
        filing_id=draft.filing_id,
        code=draft.code,
        places=tuple(each.place for each in said),
        contents=answers.contents,
        voice=voice_to_send(answers),
        notes=tuple(each.note for each in said),
        second_word="" if is_bystander else answers.second_word,
        contact=contact_to_send(answers),
    )


def voice_to_send(answers: Answers) -> Voice:
    """An answer to a question that is no longer asked, since another one changed, stays behind."""
    voice = replace(answers.voice, language=language_of(answers), may_provider_hear=is_agreed(answers))
    if voice.asker is Asker.BYSTANDER:
        return Voice(asker=voice.asker, language=voice.language, words=voice.words)
    contact = contact_to_send(answers)
    if contact is not None:
        voice = replace(voice, wishes=replace(voice.wishes, telling=contact.telling))
    return voice if voice.asker.is_representative else replace(voice, acting=Acting())


def contact_to_send(answers: Answers) -> ContactInput | None:
    """None where nothing is to be mailed."""
    telling = answers.voice.wishes.telling or Telling.END
    if not answers.email or telling is Telling.NOTHING or answers.voice.asker is Asker.BYSTANDER:
        return None
    return ContactInput(answers.email, telling, answers.hours or Hours.ANY)


def language_of(answers: Answers) -> str:
    """Code of the language to write in: the one chosen, else the one being read."""
    return answers.voice.language or current().code
