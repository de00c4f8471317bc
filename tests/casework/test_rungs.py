"""Letters to whom one turns when nothing happens: read before they are approved, ahead or later."""

import json
from dataclasses import replace

import pytest

from app.casework.approve_notice import approve_notice
from app.casework.approve_rung import RungInput, approve_rung
from app.casework.change_provider import change_provider
from app.casework.errors import NotFound, NotHolding, SafetyCheckDue, Stale
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit, new_id
from app.casework.letter_previews import RungPreview
from app.casework.packs import facts_record
from app.casework.preview_rungs import preview_rungs
from app.casework.provider_input import ProviderInput
from app.casework.take_case import take_case
from app.casework.withdraw_places import WithdrawInput, withdraw_places
from app.domain.desk_words import Behaviour, Channel, Scope
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.words import Asker, LetterState, LocationState, NoticeState, SafetyState
from app.persistence.notices import Notice
from tests.casework.letter_steps import (
    add_host,
    add_ladder,
    approval_of,
    facts_of_notice,
    form_at,
    mail_to,
    move_place,
    notices_of,
    preview_of,
)
from tests.casework.steps import all_letters, assess_all, trail_of
from tests.make import ADA, BEN, MIRA, Filed, Voice, file_one

SECRET_PATH = "https://someone@img.nightpool.example/rare-path-77/x?y=1"
AGREED = Voice(asker=Asker.PERSON, words="Odd-word-42 is what I say.", may_provider_hear=True)


def ready(kit: Kit, voice: Voice | None = None) -> Filed:
    filed = file_one(kit, SECRET_PATH, voice=voice)
    assess_all(kit, filed.request_id)
    return filed


def approved(kit: Kit, filed: Filed, *, with_rungs: bool = True, words: bool = False) -> Notice:
    preview = preview_of(kit, filed.request_id, "Nightpool")
    rungs = tuple(one.seen for one in preview.rungs) if with_rungs else ()
    words_of = preview.statements[0].party_id if words else ""
    approve_notice(kit, ADA, approval_of(filed.request_id, preview, rungs=rungs, words_of=words_of))
    return next(one for one in notices_of(kit, filed.request_id).values() if one.is_first)


def rungs_of(kit: Kit, root: Notice) -> list[Notice]:
    """In the order of the ladder, then by address."""
    with kit.database.reading() as work:
        found = work.notices.rungs_of(root.id)

    def place_in_ladder(one: Notice) -> tuple[bool, str]:
        return one.step is ChaseStep.UPSTREAM, facts_of_notice(kit, one).recipient.email

    return sorted(found, key=place_in_ladder)


def as_sent(kit: Kit, root: Notice) -> None:
    """As the courier leaves it."""
    with kit.database.writing() as work:
        found = work.notices.load(root.id)
        due_at = kit.clock() + kit.settings.times.reminder_1
        work.notices.save(replace(found, state=NoticeState.SENT, sent_at=kit.clock(), chase_at=due_at))
        work.commit()
    move_place(kit, root.request_id, 1, LocationState.NOTICE_SENT)


def given(root: Notice, rung: RungPreview) -> RungInput:
    return RungInput(root.id, rung.provider_id, rung.rung, rung.seen)


def test_who_comes_next_is_offered_with_each_whole_letter_and_when_it_goes(kit: Kit) -> None:
    add_ladder(kit)
    filed = ready(kit)
    rungs = preview_of(kit, filed.request_id, "Nightpool").rungs
    assert [(one.provider_name, one.scope, one.step, one.kind, one.hours) for one in rungs] == [
        ("Nightpool", Scope.HOSTING, ChaseStep.SECOND_WAY, NoticeKind.CSAM, 48),
        ("Nightpool", Scope.REGISTRAR, ChaseStep.UPSTREAM, NoticeKind.UPSTREAM, 72),
        ("Backbone", Scope.UPSTREAM, ChaseStep.UPSTREAM, NoticeKind.UPSTREAM, 72),
    ]
    assert "img[.]nightpool[.]example/…" in rungs[0].body
    for one in rungs[1:]:
        assert "img.nightpool.example" in one.body
        assert "Nightpool" in one.body


def test_approved_ahead_each_waits_with_its_own_pack_and_reference(kit: Kit) -> None:
    add_ladder(kit)
    filed = ready(kit)
    root = approved(kit, filed)
    planned = rungs_of(kit, root)
    assert [(one.state, one.kind, one.step) for one in planned] == [
        (NoticeState.PLANNED, NoticeKind.CSAM, ChaseStep.SECOND_WAY),
        (NoticeState.PLANNED, NoticeKind.UPSTREAM, ChaseStep.UPSTREAM),
        (NoticeState.PLANNED, NoticeKind.UPSTREAM, ChaseStep.UPSTREAM),
    ]
    assert [letter.notice_id for letter in all_letters(kit)] == [root.id]
    facts = [facts_of_notice(kit, one) for one in (root, *planned)]
    for each in ("reference", "answer_link", "verify_code"):
        assert len({getattr(one, each) for one in facts}) == 4
    assert [one.recipient.email for one in facts[1:]] == [
        "legal@nightpool.example",
        "abuse@registrar.example",
        "noc@backbone.example",
    ]
    hours = [(one.made_at - facts[0].made_at).total_seconds() / 3600 for one in facts[1:]]
    assert hours == [48, 72, 72]
    assert trail_of(kit, filed.request_id).count("rung_approved") == 3


def test_who_supplies_a_provider_is_told_the_host_and_the_reference_and_no_place(kit: Kit) -> None:
    add_ladder(kit)
    root = approved(kit, ready(kit))
    for notice in rungs_of(kit, root)[1:]:
        facts = facts_of_notice(kit, notice)
        assert [place.url for place in facts.places] == ["https://img.nightpool.example/"]
        assert (facts.about, facts.about_provider) == (root.reference, "Nightpool")
        said = json.dumps(facts_record(facts))
        for secret in ("rare-path-77", "someone", "y=1"):
            assert secret not in said


def test_own_words_go_in_no_further_letter(kit: Kit) -> None:
    add_ladder(kit)
    root = approved(kit, ready(kit, AGREED), words=True)
    assert "Odd-word" in facts_of_notice(kit, root).statement
    for notice in rungs_of(kit, root):
        assert "Odd-word" not in json.dumps(facts_record(facts_of_notice(kit, notice)))


@pytest.mark.parametrize("asker", [Asker.PARENT, Asker.BYSTANDER, Asker.AUTHORISED])
def test_every_letter_of_a_ladder_is_the_same_whoever_asked(embedded_kit: Kit, asker: Asker) -> None:
    kit = embedded_kit
    add_ladder(kit)
    said = []
    for voice in (AGREED, Voice(asker=asker, words="Other-word-43.")):
        filed = ready(kit, voice)
        root = approved(kit, filed)
        records = [facts_record(facts_of_notice(kit, one)) for one in (root, *rungs_of(kit, root))]
        drawn = ("reference", "answer_link", "verify_code", "about")
        said.append([{k: v for k, v in one.items() if k not in drawn} for one in records])
    assert len(said[0]) == 4
    assert said[0] == said[1]


@pytest.mark.parametrize("behaviour", [Behaviour.NON_COMPLIANT, Behaviour.COMPLICIT])
def test_own_words_are_not_offered_to_who_ignores_notices_or_sides_with_the_poster(
    embedded_kit: Kit, behaviour: Behaviour
) -> None:
    kit = embedded_kit
    add_host(kit, "Nightpool", mail_to("abuse@nightpool.example"), behaviours=(behaviour,))
    filed = ready(kit, AGREED)
    preview = preview_of(kit, filed.request_id, "Nightpool")
    assert preview.statements == ()
    party = follow_with_code(kit, filed.code).party_id
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(filed.request_id, preview, words_of=party))


def test_a_further_letter_that_is_not_as_it_was_read_stops_the_approval(kit: Kit) -> None:
    provider_id = add_ladder(kit)
    filed = ready(kit)
    preview = preview_of(kit, filed.request_id, "Nightpool")
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(filed.request_id, preview, rungs=("0" * 32,)))
    with kit.database.reading() as work:
        [above] = work.providers.of_ids(work.providers.load(provider_id).upstreams)
    contacts = (mail_to("other@backbone.example", Scope.UPSTREAM),)
    changed = ProviderInput(above.name, above.suffixes, "CA", "", contacts, kind=above.kind)
    change_provider(kit, MIRA, above.id, changed)
    rungs = tuple(one.seen for one in preview.rungs)
    with pytest.raises(Stale):
        approve_notice(kit, ADA, approval_of(filed.request_id, preview, rungs=rungs))
    assert all_letters(kit) == []


def test_later_from_the_page_of_the_chase_one_is_planned_until_its_step_is_due(kit: Kit) -> None:
    add_ladder(kit)
    filed = ready(kit)
    root = approved(kit, filed, with_rungs=False)
    offered = preview_rungs(kit, ADA, root.id)
    assert len(offered) == 3
    reference = approve_rung(kit, ADA, given(root, offered[2]))
    [planned] = rungs_of(kit, root)
    assert (planned.reference, planned.state) == (reference, NoticeState.PLANNED)
    assert [one.rung for one in preview_rungs(kit, ADA, root.id)] == [2, 3]
    with pytest.raises(Stale):
        approve_rung(kit, ADA, given(root, offered[2]))
    assert len(rungs_of(kit, root)) == 1


def test_a_step_that_was_reached_already_goes_at_once_and_waits_for_nobody(kit: Kit) -> None:
    add_ladder(kit)
    filed = ready(kit)
    root = approved(kit, filed, with_rungs=False)
    as_sent(kit, root)
    kit.clock.move(hours=72)  # type: ignore[attr-defined]
    take_case(kit, ADA, filed.request_id)
    with kit.database.writing() as work:
        found = work.notices.load(root.id)
        work.notices.save(replace(found, wants=ChaseStep.UPSTREAM, chase_done=4))
        work.commit()
    upstream = next(one for one in preview_rungs(kit, ADA, root.id) if one.provider_name == "Backbone")
    approve_rung(kit, ADA, given(root, upstream))
    [notice] = rungs_of(kit, root)
    assert notice.state is NoticeState.APPROVED
    [letter] = [one for one in all_letters(kit) if one.notice_id == notice.id]
    assert (letter.state, letter.due_at) == (LetterState.WAITING, kit.clock().replace(microsecond=0))
    assert notices_of(kit, filed.request_id)[root.reference].wants is None


def test_what_did_not_arrive_goes_to_another_contact_at_once(kit: Kit) -> None:
    add_ladder(kit)
    root = approved(kit, ready(kit), with_rungs=False)
    move_place(kit, root.request_id, 1, LocationState.BOUNCED)
    second = preview_rungs(kit, ADA, root.id)[0]
    assert second.step is ChaseStep.SECOND_WAY
    approve_rung(kit, ADA, given(root, second))
    assert [one.state for one in rungs_of(kit, root)] == [NoticeState.APPROVED]


def test_a_way_by_hand_is_offered_when_its_step_is_reached_and_has_no_letter(kit: Kit) -> None:
    add_host(kit, "Nightpool", mail_to("abuse@nightpool.example"), form_at("https://nightpool.example/form"))
    filed = ready(kit)
    assert preview_of(kit, filed.request_id, "Nightpool").rungs == ()
    root = approved(kit, filed, with_rungs=False)
    as_sent(kit, root)
    assert preview_rungs(kit, ADA, root.id) == ()
    kit.clock.move(hours=48)  # type: ignore[attr-defined]
    take_case(kit, ADA, filed.request_id)
    [rung] = preview_rungs(kit, ADA, root.id)
    approve_rung(kit, ADA, given(root, rung))
    [notice] = rungs_of(kit, root)
    assert (notice.state, notice.channel) == (NoticeState.APPROVED, Channel.FORM)
    assert [one.notice_id for one in all_letters(kit)] == [root.id]


def test_nobody_is_turned_to_about_what_is_gone_or_withdrawn(kit: Kit) -> None:
    add_ladder(kit)
    filed = ready(kit)
    root = approved(kit, filed, with_rungs=False)
    offered = preview_rungs(kit, ADA, root.id)
    withdraw_places(kit, follow_with_code(kit, filed.code), WithdrawInput((1,)))
    assert preview_rungs(kit, ADA, root.id) == ()
    with pytest.raises(Stale):
        approve_rung(kit, ADA, given(root, offered[0]))


def test_only_who_holds_the_case_approves_one_and_nothing_goes_while_it_must_not(kit: Kit) -> None:
    add_ladder(kit)
    filed = ready(kit)
    root = approved(kit, filed, with_rungs=False)
    offered = preview_rungs(kit, ADA, root.id)
    with pytest.raises(NotHolding):
        approve_rung(kit, BEN, given(root, offered[0]))
    with pytest.raises(NotFound):
        preview_rungs(kit, ADA, new_id())
    with kit.database.writing() as work:
        request = work.requests.load(filed.request_id)
        work.requests.save(replace(request, safety=SafetyState.HOLD))
        work.commit()
    with pytest.raises(SafetyCheckDue):
        approve_rung(kit, ADA, given(root, offered[0]))
    assert rungs_of(kit, root) == []


def test_the_page_of_a_further_letter_is_not_that_of_a_ladder(kit: Kit) -> None:
    add_ladder(kit)
    root = approved(kit, ready(kit))
    for notice in rungs_of(kit, root):
        with pytest.raises(NotFound):
            preview_rungs(kit, ADA, notice.id)
