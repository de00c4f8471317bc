"""`heard recover`, `heard drill` and `heard rotate` as people type them."""

from dataclasses import replace

import pyotp
import pytest

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.sign_in import SignIn, sign_in
from app.domain.staff import StaffState
from app.domain.words import Role
from app.vault.pairs import fingerprint_of
from app.vault.shares import split_key
from tests.casework.command_steps import person, run, signing_in
from tests.casework.key_steps import dump, hotline_lines, pinning
from tests.make import RECOVERY, TEAM, Clock, file_one

SHARES = split_key(RECOVERY.seed, 2, 3)


def later(kit: Kit) -> None:
    assert isinstance(kit.clock, Clock)
    kit.clock.move(seconds=60)


def printed(share: str) -> str:
    """A share as the ceremony shows it: numbered, in rows."""
    words = share.split()
    rows = (words[n : n + 3] for n in range(0, 33, 3))
    return "\n".join(
        " ".join(f"{3 * row + n + 1}. {word}" for n, word in enumerate(each)) for row, each in enumerate(rows)
    )


def test_shares_and_a_voice_let_a_waiting_caseworker_in(kit: Kit) -> None:
    nora = person(kit, "nora", StaffState.WAITING)
    fingerprint = fingerprint_of(nora.pair.public).lower().replace(" ", "")
    typed = f"y\n{SHARES[2]}\n{printed(SHARES[0])}\nnora\n{fingerprint}\n"
    done = run(kit, "recover", typed=typed)
    assert done.exit_code == 0, done.output
    assert "Missing still: 1" in done.output
    given = SignIn("nora", nora.passphrase, pyotp.TOTP(nora.totp_secret).at(kit.clock()))
    actor = sign_in(kit, given)
    assert isinstance(actor, Caseworker)
    assert actor.team.current == TEAM


def test_each_mistake_with_a_share_is_told_at_once_and_costs_nothing(kit: Kit) -> None:
    wrong = SHARES[0].split()
    wrong[6] = "xacademic"
    swapped = SHARES[0].split()
    swapped[20] = "zero" if swapped[20] != "zero" else "academic"
    # Another number than the first: once in 32,768 times a set is drawn that carries the same name.
    other = split_key(RECOVERY.seed, 2, 3)[1]
    lines = [" ".join(wrong), " ".join(swapped), "academic acid\n", SHARES[0], SHARES[0], other, SHARES[1]]
    done = run(kit, "drill", typed="\n".join(lines) + "\n")
    assert done.exit_code == 0, done.output
    said = (
        "Word 7, “xacademic”, is not a word of any share. Perhaps: academic",
        "One or more words are wrong",
        "A share has 33 words, this has 2.",
        "Missing still: 1",
        "This share was given before",
        "another set",
        "These shares open the team key",
    )
    places = [done.output.index(one) for one in said]
    assert places == sorted(places)
    assert hotline_lines(kit) == ["hotline_founded", "recovery_drilled"]


def test_a_drill_that_ends_early_or_with_other_shares_changes_nothing(kit: Kit) -> None:
    was = dump(kit)
    for typed in ("", f"{SHARES[0]}\n", "\n".join(split_key(bytes(32), 2, 2)) + "\n"):
        assert run(kit, "drill", typed=typed).exit_code == 1
    assert dump(kit) == was


@pytest.mark.parametrize(
    ("name", "fingerprint", "said"),
    [
        ("nora", "ABC", "ten groups"),
        ("nora", "0" * 40, "STOP"),
        ("nobody", "0" * 40, "no such person"),
        ("mira", "0" * 40, "not possible"),
    ],
)
def test_a_recovery_for_the_wrong_person_grants_nothing(
    embedded_kit: Kit, name: str, fingerprint: str, said: str
) -> None:
    person(embedded_kit, "nora", StaffState.WAITING)
    person(embedded_kit, "mira", role=Role.ADMIN)
    was = dump(embedded_kit)
    shares = "\n".join(SHARES[:2])
    done = run(embedded_kit, "recover", "--yes", typed=f"{shares}\n{name}\n{fingerprint}\n")
    assert done.exit_code == 1
    assert said in done.output
    assert dump(embedded_kit) == was


def test_where_two_are_asked_for_both_must_agree_whatever_the_options_say(embedded_kit: Kit) -> None:
    two = replace(embedded_kit, settings=replace(embedded_kit.settings, two_person=True))
    shares = "\n".join(SHARES[:2])
    for agreed in ("n\n", "y\nn\n"):
        assert run(two, "recover", "--yes", typed=agreed + shares).exit_code == 1
    done = run(two, "recover", "--yes", "--invite", "nora", typed=f"y\ny\n{shares}\n")
    assert done.exit_code == 0, done.output
    assert "http://127.0.0.1/desk/join/" in done.output


def test_no_share_is_shown_back(embedded_kit: Kit) -> None:
    done = run(embedded_kit, "drill", typed="\n".join(SHARES[:2]) + "\n")
    assert not any(" ".join(share.split()[:3]) in done.output for share in SHARES)


def test_a_rotation_by_command_from_preparing_to_its_end(kit: Kit) -> None:
    ada = person(kit, "ada")
    file_one(kit)
    assert "no rotation" in run(kit, "rotate", "status").output
    assert run(kit, "rotate", "run").exit_code == 1
    done = run(kit, "rotate", "prepare", typed=signing_in(kit, ada))
    assert done.exit_code == 0, done.output
    line = done.output.strip().splitlines()[-1]
    old, new = line.removeprefix("HEARD_TEAM_FINGERPRINT=").split(",")
    assert old == kit.settings.team_fingerprints[0].replace(" ", "")
    assert "not pinned" in run(kit, "rotate", "status").output
    assert run(kit, "rotate", "run", "--yes").exit_code == 1
    spaced = " ".join(new[n : n + 4] for n in range(0, 40, 4))
    kit = pinning(kit, *kit.settings.team_fingerprints, spaced)
    later(kit)
    done = run(kit, "rotate", "run", typed=f"y\n{signing_in(kit, ada)}")
    assert done.exit_code == 0, done.output
    assert done.output.strip().endswith(f"HEARD_TEAM_FINGERPRINT={new}")
    kit = pinning(kit, spaced)
    assert "no rotation" in run(kit, "rotate", "status").output
    later(kit)
    actor = sign_in(kit, SignIn("ada", ada.passphrase, pyotp.TOTP(ada.totp_secret).at(kit.clock())))
    assert isinstance(actor, Caseworker)
    kinds = ["hotline_founded", "rotation_prepared", "rotation_switched", "rotation_finished"]
    assert hotline_lines(kit) == kinds


def test_two_people_sign_in_where_two_are_asked_for(embedded_kit: Kit) -> None:
    kit = replace(embedded_kit, settings=replace(embedded_kit.settings, two_person=True))
    ada, ben = person(kit, "ada"), person(kit, "ben")
    for typed in (signing_in(kit, ada), "", signing_in(kit, ada, ben).replace(ben.passphrase, "wrong words")):
        assert run(kit, "rotate", "prepare", typed=typed).exit_code == 1
        later(kit)
    assert hotline_lines(kit) == ["hotline_founded"]
    done = run(kit, "rotate", "prepare", typed=signing_in(kit, ada, ben))
    assert done.exit_code == 0, done.output


def test_an_admin_rotates_nothing(embedded_kit: Kit) -> None:
    mira = person(embedded_kit, "mira", role=Role.ADMIN)
    done = run(embedded_kit, "rotate", "prepare", typed=signing_in(embedded_kit, mira))
    assert done.exit_code == 1
    assert "An admin holds no team key" in done.output
