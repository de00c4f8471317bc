"""One's own passphrase and second factor: changed by the person alone, and what was before is dead."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.casework.actors import Caseworker, Staff
from app.casework.change_factor import NewFactor, change_factor
from app.casework.change_passphrase import change_passphrase, check_passphrase, new_passphrase
from app.casework.confirm_factor import confirm_factor
from app.casework.errors import NotAllowed, NotFound, SignInRefused
from app.casework.kit import Kit
from app.casework.remove_passkey import remove_passkey
from app.casework.sign_in import SignIn, begin_sign_in, finish_sign_in, sign_in
from app.casework.sign_out_everywhere import sign_out_everywhere
from app.casework.suspend_member import suspend_member
from app.casework.use_factor import PasskeyAnswer, TypedCode, Used, ask_for_passkey
from app.persistence.passkeys import Passkey
from app.persistence.sessions import SessionRow
from app.reads.people import read_me
from app.vault.queue import Slowdown
from tests.casework.key_steps import hotline_lines
from tests.make import (
    BEN,
    MIRA,
    WRONG_NUMBER,
    Clock,
    Enrolled,
    enrol_member,
    make_known,
    number_of,
    secret_apart,
)


@pytest.fixture
def desk(kit: Kit) -> Kit:
    """The kit with a slowdown that does not wait."""
    return replace(kit, slowdown=Slowdown(sleep=lambda _seconds: None))


def move_on(kit: Kit) -> None:
    assert isinstance(kit.clock, Clock)
    kit.clock.move(seconds=60)


def come_in(kit: Kit, ada: Enrolled, **other: str) -> Staff:
    move_on(kit)
    given = {"passphrase": ada.passphrase, "totp": number_of(kit, ada.totp_secret)} | other
    return sign_in(kit, SignIn(ada.sign_in, **given))


def keep_session(kit: Kit, staff_id: str) -> Callable[[], bool]:
    """Opens a session of this member; says whether it is still there."""
    at = kit.clock()
    with kit.database.writing() as work:
        work.sessions.add(SessionRow(staff_id.encode(), at, at, b"sealed", staff_id))
        work.commit()

    def there() -> bool:
        with kit.database.reading() as work:
            return work.sessions.load(staff_id.encode()) is not None

    return there


def test_a_new_passphrase_opens_the_same_key_and_the_old_one_nothing(desk: Kit) -> None:
    ada, new = enrol_member(desk), new_passphrase()
    actor, session = come_in(desk, ada), keep_session(desk, ada.id)
    change_passphrase(desk, actor, new)
    assert not session()
    with pytest.raises(SignInRefused):
        come_in(desk, ada)
    again = come_in(desk, ada, passphrase=new)
    assert again == actor
    assert hotline_lines(desk)[-1] == "passphrase_changed"


def test_only_ones_own_passphrase_counts_as_the_current_one(desk: Kit) -> None:
    ada, ben = enrol_member(desk), enrol_member(desk, name="Ben Osei", sign_in="ben")
    actor = come_in(desk, ada)
    check_passphrase(desk, actor, ada.passphrase.upper())
    for wrong in (ben.passphrase, "", "wrong words", ada.passphrase[:-1]):
        with pytest.raises(SignInRefused):
            check_passphrase(desk, actor, wrong)


def test_a_new_factor_kills_the_old_one_and_renews_the_codes(desk: Kit) -> None:
    ada = enrol_member(desk)
    secret = secret_apart(desk, ada.totp_secret)
    actor, session = come_in(desk, ada), keep_session(desk, ada.id)
    before = change_factor(desk, actor, NewFactor(ada.totp_secret, number_of(desk, ada.totp_secret)))
    codes = change_factor(desk, actor, NewFactor(secret, number_of(desk, secret)))
    assert len(set(codes) - set(before)) == 10
    assert not session()
    for dead in (number_of(desk, ada.totp_secret), before[0]):
        with pytest.raises(SignInRefused):
            come_in(desk, ada, totp=dead)
    come_in(desk, ada, totp=codes[3])
    assert read_me(desk, actor).codes_left == 9
    move_on(desk)
    assert come_in(desk, replace(ada, totp_secret=secret)) == actor
    assert hotline_lines(desk)[-1] == "factor_changed"


def test_a_new_factor_must_be_proven_and_the_proof_works_once(desk: Kit) -> None:
    ada = enrol_member(desk)
    secret = secret_apart(desk, ada.totp_secret)
    actor = come_in(desk, ada)
    move_on(desk)
    with pytest.raises(SignInRefused):
        change_factor(desk, actor, NewFactor(secret, number_of(desk, ada.totp_secret)))
    number = number_of(desk, secret)
    change_factor(desk, actor, NewFactor(secret, number))
    with pytest.raises(SignInRefused):
        sign_in(desk, SignIn("ada", ada.passphrase, number))


def test_a_recovery_code_stands_in_once_however_it_is_typed(desk: Kit) -> None:
    ada = enrol_member(desk)
    codes = change_factor(
        desk, come_in(desk, ada), NewFactor(ada.totp_secret, number_of(desk, ada.totp_secret))
    )
    half = begin_sign_in(desk, SignIn("ada", ada.passphrase, ""))
    for typed in (codes[0].lower(), codes[1].replace("-", " ")):
        assert finish_sign_in(desk, half, TypedCode(typed)).used is Used.RECOVERY
        with pytest.raises(SignInRefused):
            finish_sign_in(desk, half, TypedCode(typed))


def test_confirming_takes_a_fresh_number_and_each_only_once(desk: Kit) -> None:
    ada = enrol_member(desk)
    actor = come_in(desk, ada)
    used = number_of(desk, ada.totp_secret)
    with pytest.raises(SignInRefused):
        confirm_factor(desk, actor, TypedCode(used))
    move_on(desk)
    number = TypedCode(number_of(desk, ada.totp_secret))
    assert confirm_factor(desk, actor, number) is Used.NUMBER
    with pytest.raises(SignInRefused):
        confirm_factor(desk, actor, number)


def test_wrong_confirmations_are_slowed(kit: Kit) -> None:
    slept: list[float] = []
    desk = replace(kit, slowdown=Slowdown(sleep=slept.append))
    actor = come_in(desk, enrol_member(desk))
    for _ in range(6):
        with pytest.raises(SignInRefused):
            confirm_factor(desk, actor, TypedCode(WRONG_NUMBER))
    assert slept == sorted(slept)
    assert len(slept) == 3


def test_who_was_suspended_between_passphrase_and_factor_stays_out(desk: Kit) -> None:
    ada = enrol_member(desk)
    actor, half = come_in(desk, ada), begin_sign_in(desk, SignIn("ada", ada.passphrase, ""))
    suspend_member(desk, MIRA, ada.id)
    move_on(desk)
    number = TypedCode(number_of(desk, ada.totp_secret))
    with pytest.raises(SignInRefused):
        finish_sign_in(desk, half, number)
    with pytest.raises(SignInRefused):
        confirm_factor(desk, actor, number)
    for change in (
        lambda: change_passphrase(desk, actor, new_passphrase()),
        lambda: change_factor(desk, actor, NewFactor(ada.totp_secret, number.typed)),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_a_swapped_key_is_never_wrapped_anew(desk: Kit) -> None:
    ada = enrol_member(desk)
    actor = come_in(desk, ada)
    assert isinstance(actor, Caseworker)
    stranger = replace(actor, pair=BEN.pair)
    with pytest.raises(NotAllowed):
        change_passphrase(desk, stranger, new_passphrase())


def test_signing_out_everywhere_ends_ones_own_sessions_alone(desk: Kit) -> None:
    ada = enrol_member(desk)
    make_known(desk, BEN)
    mine, bens = keep_session(desk, ada.id), keep_session(desk, BEN.id)
    assert sign_out_everywhere(desk, come_in(desk, ada)) == 1
    assert (mine(), bens()) == (False, True)


def test_where_browsers_make_no_passkeys_none_is_asked_for(desk: Kit) -> None:
    ada = enrol_member(desk)
    actor = come_in(desk, ada)
    assert ask_for_passkey(desk, ada.id) is None
    assert not read_me(desk, actor).has_passkeys
    for answer in ("", "{}", "[]", "null", '{"id": "AAAA"}', "\u00e9", '{"id": 7}'):
        with pytest.raises(SignInRefused):
            confirm_factor(desk, actor, PasskeyAnswer(b"challenge", answer))


@pytest.mark.parametrize(
    ("base_url", "offered"),
    [
        ("https://heard.hotline.example", True),
        ("https://heard.hotline.example:8443", True),
        ("http://localhost:8080", True),
        ("http://127.0.0.1:8080", False),
        ("https://[::1]", False),
        ("https://192.0.2.7", False),
        (f"http://{'b' * 56}.onion", False),
    ],
)
def test_passkeys_are_offered_where_browsers_make_them(
    embedded_kit: Kit, base_url: str, offered: bool
) -> None:
    settings = replace(embedded_kit.settings, base_url=base_url)
    assert read_me(replace(embedded_kit, settings=settings), MIRA).has_passkeys is offered


def test_nobody_removes_what_is_not_theirs(desk: Kit) -> None:
    ben = enrol_member(desk, name="Ben Osei", sign_in="ben")
    with desk.database.writing() as work:
        work.passkeys.add(Passkey("k" * 32, ben.id, b"id", b"public", 0, desk.clock(), b"label"))
        work.commit()
    with pytest.raises(NotFound):
        remove_passkey(desk, MIRA, "k" * 32)
    with desk.database.reading() as work:
        assert len(work.passkeys.of(ben.id)) == 1
