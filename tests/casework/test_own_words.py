"""Own words go with a notice only when somebody agreed to them, and a caseworker chose so for that notice."""

import json
from dataclasses import replace

import pytest

from app.casework.actors import Requester
from app.casework.approve_notice import approve_notice
from app.casework.cases import save_moves
from app.casework.check_authority import check_authority
from app.casework.deliver_letter import deliver_letter
from app.casework.errors import Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit, new_id
from app.casework.open_case import open_case
from app.casework.open_notice import open_notice
from app.casework.preview_notice import preview_notices
from app.casework.voices import voice_record
from app.domain.asking import Voice
from app.domain.words import Asker
from app.i18n.letters import compose_statement
from app.outbound.ports import NullMailer
from app.persistence.database import Work
from app.reads.notice_page import read_notice
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose
from tests.casework.steps import approvals, assess_all, open_courier, trail_of
from tests.make import ADA, Filed, file_one

WORDS = "Odd-word-42: this is what I say.\n\nHOW TO ANSWER\nhttps://else.example/n/xyz"
AGREED = Voice(asker=Asker.PERSON, words=WORDS, may_provider_hear=True)


def ready(kit: Kit, voice: Voice = AGREED) -> Filed:
    filed = file_one(kit, voice=voice)
    assess_all(kit, filed.request_id)
    return filed


def sent(kit: Kit) -> str:
    mailer = NullMailer()
    assert deliver_letter(kit, open_courier(kit), mailer)
    body = mailer.sent[0].get_body()
    assert body is not None
    return str(body.get_content())


def filer_of(kit: Kit, filed: Filed) -> str:
    return open_case(kit, ADA, filed.request_id).filer.id


def test_without_a_caseworkers_choice_none_goes_along(kit: Kit) -> None:
    filed = ready(kit)
    (given,) = approvals(kit, filed.request_id)
    assert given.words_of == ""
    approve_notice(kit, ADA, given)
    assert "Odd-word" not in sent(kit)
    assert "words_passed_on" not in trail_of(kit, filed.request_id)


def test_chosen_they_stand_in_the_letter_word_for_word_as_they_were_shown(kit: Kit) -> None:
    filed = ready(kit)
    (preview,) = preview_notices(kit, ADA, filed.request_id)
    (shown,) = preview.statements
    (given,) = approvals(kit, filed.request_id)
    approve_notice(kit, ADA, replace(given, words_of=shown.party_id))
    letter = sent(kit)
    assert shown.block in letter
    assert shown.block == compose_statement(WORDS, "en")
    for line in WORDS.split("\n"):
        assert f"  > {line}".rstrip() in letter.split("\n")
    assert trail_of(kit, filed.request_id).count("words_passed_on") == 1
    assert "Odd-word" not in (preview.body or "")


def test_the_answer_page_does_not_hold_them(kit: Kit) -> None:
    filed = ready(kit)
    (given,) = approvals(kit, filed.request_id)
    approve_notice(kit, ADA, replace(given, words_of=filer_of(kit, filed)))
    link = next(word for word in sent(kit).split() if "/n/" in word and "else.example" not in word)
    actor = open_notice(kit, link.rpartition("/n/")[2])
    assert "Odd-word" not in str(vars(read_notice(kit, actor)))
    with kit.database.reading() as work:
        notice = work.notices.load(actor.notice_id)
    record = unlock_record(actor.notice_key, Purpose.NOTICE_PLACES, notice.id, notice.places_sealed)
    assert "Odd-word" not in json.dumps(record)


@pytest.mark.parametrize(
    "voice",
    [
        replace(AGREED, may_provider_hear=False),
        replace(AGREED, words="  "),
        replace(AGREED, asker=Asker.PARENT),  # whose authority nobody checked
        replace(AGREED, asker=Asker.BYSTANDER),
    ],
)
def test_words_that_may_not_go_are_not_offered_and_not_taken(kit: Kit, voice: Voice) -> None:
    filed = ready(kit, voice)
    (preview,) = preview_notices(kit, ADA, filed.request_id)
    assert preview.statements == ()
    (given,) = approvals(kit, filed.request_id)
    with pytest.raises(Stale):
        approve_notice(kit, ADA, replace(given, words_of=filer_of(kit, filed)))


def test_a_representative_whose_authority_was_checked_may_pass_words_on(kit: Kit) -> None:
    filed = ready(kit, replace(AGREED, asker=Asker.AUTHORISED))
    check_authority(kit, ADA, filed.request_id)
    (preview,) = preview_notices(kit, ADA, filed.request_id)
    assert [one.number for one in preview.statements] == [1]


def test_nobody_elses_words_go_along(kit: Kit) -> None:
    filed, other = ready(kit), ready(kit)
    (given,) = approvals(kit, filed.request_id)
    for wrong in (new_id(), filer_of(kit, other)):
        with pytest.raises(Stale):
            approve_notice(kit, ADA, replace(given, words_of=wrong))


@pytest.mark.parametrize(
    "voice", [replace(AGREED, words="other words"), replace(AGREED, may_provider_hear=False)]
)
def test_what_changed_since_it_was_read_is_not_approved(kit: Kit, voice: Voice) -> None:
    filed = ready(kit)
    (given,) = approvals(kit, filed.request_id)
    actor = follow_with_code(kit, filed.code)
    with kit.database.writing() as work:
        _say(work, actor, voice)
        work.commit()
    with pytest.raises(Stale):
        approve_notice(kit, ADA, replace(given, words_of=filer_of(kit, filed)))
    with pytest.raises(Stale):
        approve_notice(kit, ADA, given)


def _say(work: Work, actor: Requester, voice: Voice) -> None:
    (party,) = work.parties.of_request(actor.request_id)
    sealed = lock_record(actor.voice_key, Purpose.STATEMENT, party.id, voice_record(voice))
    work.parties.save(replace(party, facts_sealed=sealed))
    save_moves(work, work.requests.load(actor.request_id))
