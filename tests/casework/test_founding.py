"""Founding a hotline by command: all of it is kept after the last share was checked, or nothing."""

import os
import pty
import re
import select as waiting
import subprocess
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.casework.errors import AlreadyFounded, NotAllowed, SignInTaken
from app.casework.found_hotline import Recovery, found_hotline
from app.casework.invite_member import GOOD_FOR, Invite, invitation_key, invitation_lookup, invite_member
from app.casework.kit import Kit
from app.commands import init as init_command
from app.domain.words import Role
from app.persistence.schema import migrate
from app.setting_values import read_fingerprint
from app.vault.pairs import KeyPair, fingerprint_of, new_pair
from app.vault.seal import Purpose, unlock
from app.vault.shares import join_shares, split_key
from tests.casework.command_steps import run
from tests.casework.key_steps import dump, enrol, hotline_lines, pinning
from tests.make import ADA, DATABASE_KEY, MIRA, TEAM, Clock, make_settings, open_database

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120.0
COUNTS = {"queue_counts"}
"""Nought of everything is there from the first migration on."""
PEOPLE = ("--admin", "mira", "--caseworker", "ada", "--caseworker", "ben")
SHARE = re.compile(r"^Share \d of \d; any \d open\. Team key ([0-9A-F ]{49})\n((?:[a-z]+ ){32}[a-z]+)$", re.M)


@pytest.fixture
def bare(database_url: str, tmp_path: Path) -> Iterator[Kit]:
    """An installation whose database is empty, without a team key to pin."""
    kit = Kit(open_database(database_url), make_settings(tmp_path), clock=Clock())
    yield pinning(kit)
    kit.database.engine.dispose()


def test_init_makes_shares_that_open_and_links_that_carry_the_team_key(bare: Kit) -> None:
    done = run(bare, "init", "--yes", "--shares", "3", "--needed", "2", *PEOPLE)
    assert done.exit_code == 0, done.output
    pinned = re.search(r"^HEARD_TEAM_FINGERPRINT=([0-9A-F]{40})$", done.output, re.M)
    assert pinned
    fingerprint = read_fingerprint(pinned[1])
    found = SHARE.findall(done.output)
    assert [one for one, _ in found] == [fingerprint] * 3
    recovery = KeyPair(join_shares((found[0][1], found[2][1])))
    links = re.findall(r"^(\w+) +(\w+)  http://127.0.0.1/desk/join/(\S{43})$", done.output, re.M)
    assert [link[:2] for link in links] == [("admin", "mira"), ("caseworker", "ada"), ("caseworker", "ben")]
    carried = []
    for role, _, secret in links:
        with bare.database.reading() as work:
            invitation = work.invitations.by_link(invitation_lookup(secret))
        assert invitation is not None
        assert invitation.role == role
        assert invitation.ends_at == bare.clock().replace(microsecond=0) + GOOD_FOR
        if invitation.team_sealed is not None:
            opened = unlock(
                invitation_key(secret), Purpose.TEAM_KEY_INVITED, invitation.id, invitation.team_sealed
            )
            carried.append(KeyPair(opened))
    assert len(carried) == 2, "an admin gets none"
    assert {fingerprint_of(pair.public) for pair in carried} == {fingerprint}
    with bare.database.reading() as work:
        key, kept = work.team_keys.current(), work.team_keys.recovery()
    assert kept is not None
    assert key.public == carried[0].public
    assert (kept.public, kept.shares_needed, kept.shares_made) == (recovery.public, 2, 3)
    assert hotline_lines(bare) == ["hotline_founded", *["member_invited"] * 3]


def test_neither_seed_nor_sign_in_name_lies_in_the_database(bare: Kit) -> None:
    # Names that random bytes do not spell by chance.
    done = run(bare, "init", "--yes", "--admin", "quartzlemming", "--caseworker", "plumbagoheron")
    seed = join_shares(tuple(words for _, words in SHARE.findall(done.output)))
    kept = repr(dump(bare)).lower()
    assert repr(seed)[2:-1].lower() not in kept
    assert seed.hex() not in kept
    assert "quartzlemming" not in kept
    assert "plumbagoheron" not in kept


def test_a_hotline_that_is_there_is_not_founded_again(kit: Kit) -> None:
    was = dump(kit)
    done = run(kit, "init", "--yes", *PEOPLE)
    assert (done.exit_code, SHARE.findall(done.output)) == (1, [])
    assert "already" in done.output
    with pytest.raises(AlreadyFounded):
        found_hotline(kit, new_pair(), None)
    assert dump(kit) == was


@pytest.mark.parametrize(
    "words",
    [
        ("--yes",),
        ("--yes", "--caseworker", "ada"),
        ("--yes", "--needed", "4", "--shares", "3", *PEOPLE),
        ("--yes", "--needed", "1", *PEOPLE),
        ("--yes", "--shares", "17", *PEOPLE),
        ("--yes", "--admin", "ada", "--caseworker", " ADA "),
        ("--yes", "--admin", "mira", "--caseworker", " "),
    ],
)
def test_wrong_options_make_no_key(embedded_bare: Kit, words: tuple[str, ...]) -> None:
    done = run(embedded_bare, "init", *words)
    assert done.exit_code == 2, done.output
    migrate(embedded_bare.database)
    assert dump(embedded_bare)["team_keys"] == []


@pytest.fixture
def embedded_bare(tmp_path: Path) -> Iterator[Kit]:
    kit = Kit(open_database(f"sqlite:///{tmp_path / 'heard.db'}"), make_settings(tmp_path), clock=Clock())
    yield pinning(kit)
    kit.database.engine.dispose()


def test_where_two_are_asked_for_one_caseworker_is_too_few(embedded_bare: Kit) -> None:
    two = replace(embedded_bare, settings=replace(embedded_bare.settings, two_person=True))
    done = run(two, "init", "--yes", "--admin", "mira", "--caseworker", "ada")
    assert done.exit_code == 2


def test_words_that_were_typed_wrongly_show_the_share_again_and_the_names_are_asked_for(
    embedded_bare: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def split(*given: object) -> tuple[str, ...]:
        made.extend(split_key(*given))  # type: ignore[arg-type]
        return tuple(made)

    monkeypatch.setattr(init_command, "split_key", split)
    asked: list[str] = []
    answers = iter(["mira", "ada", "ben"])
    wrong = ["zzz"]

    def ask(text: str) -> str:
        asked.append(text)
        place = re.fullmatch(r"From the paper, word (\d+)", text)
        if place is None:
            return next(answers)
        if wrong:
            return wrong.pop()
        holder = sum("word" in one for one in asked) - 2  # the first try was wrong at its first word
        return made[holder // 2].split()[int(place[1]) - 1].upper()

    monkeypatch.setattr(init_command, "ask", ask)
    done = run(embedded_bare, "init", "--shares", "2", "--needed", "2")
    assert done.exit_code == 0, done.output
    assert done.output.count("Share 1 of 2") == 2
    assert done.output.count("Share 2 of 2") == 1
    assert "It is shown once more" in done.output
    assert asked[:3] == ["Sign-in name of the first admin"] + [
        f"Sign-in name of caseworker {n}" for n in (1, 2)
    ]
    assert len(dump(embedded_bare)["invitations"]) == 3


@pytest.mark.parametrize("typed", ["", "x\n", "x\ny\nz\n"])
def test_a_ceremony_that_ends_early_leaves_nothing(bare: Kit, typed: str) -> None:
    done = run(bare, "init", *PEOPLE, typed=typed)
    assert done.exit_code == 1
    assert "Nothing was kept" in done.output
    assert {table for table, rows in dump(bare).items() if rows} == COUNTS


def test_a_name_that_fails_at_the_end_takes_everything_back(bare: Kit) -> None:
    migrate(bare.database)
    twice = (Invite(Role.ADMIN, "mira"), Invite(Role.CASEWORKER, "Mira"))
    with pytest.raises(SignInTaken):
        found_hotline(bare, TEAM, Recovery(new_pair(), 2, 3), twice)
    assert {table for table, rows in dump(bare).items() if rows} == COUNTS


def test_an_invitation_is_refused_for_a_name_in_use_until_the_other_ended(kit: Kit) -> None:
    enrol(kit, ADA)
    for name, error in ((f" {ADA.name.upper()} ", SignInTaken), ("  ", NotAllowed)):
        with pytest.raises(error):
            invite_member(kit, MIRA, Invite(Role.CASEWORKER, name))
    secret = invite_member(kit, MIRA, Invite(Role.CASEWORKER, "nora"))
    with kit.database.reading() as work:
        invitation = work.invitations.by_link(invitation_lookup(secret))
    assert invitation is not None
    assert (invitation.made_by, invitation.team_sealed) == (MIRA.id, None)
    with pytest.raises(SignInTaken):
        invite_member(kit, ADA, Invite(Role.ADMIN, "NORA"))
    assert isinstance(kit.clock, Clock)
    kit.clock.move(days=7, seconds=1)
    assert invite_member(kit, ADA, Invite(Role.ADMIN, "NORA")) != secret
    assert repr(Invite(Role.ADMIN, "nora")) == "Invite(admin)"


def test_on_a_real_terminal_one_share_is_seen_at_a_time(tmp_path: Path) -> None:
    """The real command in a pseudo-terminal: the holder reads, presses a key, types two words."""
    ours, theirs = pty.openpty()
    argv = [sys.executable, "-c", "from app.wiring import main; main()", "init", "--shares=2", "--needed=2"]
    process = subprocess.Popen(
        [*argv, *PEOPLE], cwd=ROOT, env=environment(tmp_path), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    read = getincrementaldecoder("utf-8")()  # a read may end within a character
    seen, answered_at, deadline = "", 0, time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if waiting.select([ours], [], [], 0.2)[0]:
            try:
                seen += read.decode(os.read(ours, 65536))
            except OSError:
                break  # it ended, and all it said was read
            continue
        if answered_at == len(seen):
            continue  # a busy machine: it has not gone on yet
        asked = re.search(r"From the paper, word (\d+): $", seen)
        if asked:
            answered_at = len(seen)
            share = [word for _, word in re.findall(r"(\d+)\. ([a-z]+)", seen)[-33:]]
            os.write(ours, f"{share[int(asked[1]) - 1]}\n".encode())
        elif seen.rstrip().endswith("..."):
            answered_at = len(seen)
            os.write(ours, b" ")
    else:
        process.kill()
    assert process.wait(PATIENCE_S) == 0, seen
    os.close(ours)
    assert "HEARD_TEAM_FINGERPRINT=" in seen
    assert seen.count("\x1b[3J") >= 6, "what was shown cannot be scrolled back to"
    assert seen.index("no camera") < seen.index("Share 1 of 2")


def environment(folder: Path) -> dict[str, str]:
    """The settings of an installation before it is founded."""
    return os.environ | {
        "TERM": "xterm",
        "HEARD_DATA": str(folder),
        "HEARD_BASE_URL": "https://heard.hotline.example",
        "HEARD_SECRET": bytes(range(64, 96)).hex(),
        "HEARD_DATABASE_KEY": DATABASE_KEY.hex(),
        "HEARD_EXIT_URL": "https://weather.example/",
        "HEARD_TEXTS": str(folder),
        "HEARD_HOTLINE_NAME": "Example Hotline",
        "HEARD_HOTLINE_ADDRESS": "1 Example Street",
        "HEARD_HOTLINE_EMAIL": "notices@hotline.example",
        "HEARD_HOTLINE_PHONE": "+00 000 000 000",
        "HEARD_HOTLINE_HOURS": "24/7",
        "HEARD_HOTLINE_COUNTRY": "CA",
        "HEARD_SMTP_HOST": "127.0.0.1",
    }
