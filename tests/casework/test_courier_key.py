"""The courier's key in a file: it opens the courier without a sign-in, or is refused loudly."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyotp
import pytest
from sqlalchemy import update

from app import jobs
from app.casework.actors import Caseworker
from app.casework.courier_key_file import CourierKeyRefused
from app.casework.deliver_letter import deliver_letter
from app.casework.enrol_member import add_grant, draw_member, make_member, vouched_for
from app.casework.errors import KeyNotTrusted
from app.casework.kit import Kit
from app.casework.post_courier import CourierDoor
from app.casework.staff_names import sign_in_digest
from app.casework.unlock_courier import unlock_courier
from app.casework.write_courier_key import write_courier_key
from app.domain.staff import StaffState
from app.domain.trail import HOTLINE
from app.domain.words import Role
from app.outbound.mailbox import NullMailbox
from app.outbound.ports import NullMailer
from app.persistence.team_keys import hotline_keys
from app.reads.desk_state import read_desk_state
from app.vault.pairs import new_pair
from tests.casework.steps import Looks, file_approved
from tests.command_line import run
from tests.make import ADA, TEAM


@pytest.fixture
def keyed(embedded_kit: Kit, tmp_path: Path) -> Kit:
    """A hotline whose courier key is in a file."""
    file = tmp_path / "courier.key"
    write_courier_key(embedded_kit, ADA, file)
    return replace(embedded_kit, settings=replace(embedded_kit.settings, courier_key_file=file))


def file_of(kit: Kit) -> Path:
    assert kit.settings.courier_key_file
    return kit.settings.courier_key_file


def test_a_courier_with_the_file_sends_without_a_sign_in(keyed: Kit) -> None:
    file_approved(keyed)
    door, mailer = CourierDoor(keyed), NullMailer()
    actor = door.knock()
    assert actor is not None
    assert deliver_letter(keyed, actor, mailer)
    assert len(mailer.sent) == 1
    assert door.knock() is actor
    assert read_desk_state(keyed, ADA).courier_open
    assert unlock_courier(keyed, ADA) == 0


def test_without_the_setting_the_file_is_not_looked_at(keyed: Kit) -> None:
    kit = replace(keyed, settings=replace(keyed.settings, courier_key_file=None))
    assert CourierDoor(kit).knock() is None


def test_the_file_is_for_its_owner_alone_and_the_trail_says_who_wrote_it(keyed: Kit) -> None:
    assert file_of(keyed).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in file_of(keyed).parent.iterdir() if "courier" in file.name] == [
        "courier.key"
    ]
    with keyed.database.reading() as work:
        line, _ = work.trail.lines(HOTLINE)[-1]
    assert (line.entry.kind, line.by) == ("courier_key_written", ADA.id)


def test_a_swapped_key_is_not_written(embedded_kit: Kit, tmp_path: Path) -> None:
    with embedded_kit.database.writing() as work:
        swapped = update(hotline_keys).where(hotline_keys.c.kind == "courier")
        work.connection.execute(swapped.values(public=new_pair().public))
        work.commit()
    with pytest.raises(KeyNotTrusted):
        write_courier_key(embedded_kit, ADA, tmp_path / "courier.key")
    assert not (tmp_path / "courier.key").exists()


def readable(file: Path) -> None:
    file.chmod(0o640)


def link(file: Path) -> None:
    file.rename(file.with_suffix(".real"))
    file.symlink_to(file.with_suffix(".real"))


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir(mode=0o700)


def fifo(file: Path) -> None:
    file.unlink()
    os.mkfifo(file, 0o600)


BAD = {
    "missing": Path.unlink,
    "others may read it": readable,
    "another key": lambda file: file.write_text(new_pair().seed.hex()),
    "empty": lambda file: file.write_text(""),
    "no hex": lambda file: file.write_text("é" * 64),
    "half a key": lambda file: file.write_text(file.read_text()[:32]),
    "a link": link,
    "a folder": folder,
    "a pipe": fifo,
}


@pytest.mark.parametrize("bad", BAD)
def test_a_file_that_does_not_fit_is_refused_loudly_and_a_sign_in_still_opens(keyed: Kit, bad: str) -> None:
    spoil: Any = BAD[bad]
    spoil(file_of(keyed))
    door = CourierDoor(keyed)
    for _ in range(2):
        with pytest.raises(CourierKeyRefused):
            door.knock()
    started = run(keyed, "courier", courier_key_file=file_of(keyed))
    assert (started.exit_code, "HEARD_COURIER_KEY_FILE: " in started.output) == (1, True)
    assert unlock_courier(keyed, ADA) == 1
    assert door.knock() is not None


def test_the_running_courier_closes_when_its_keys_changed_and_the_file_did_not(
    keyed: Kit, capsys: pytest.CaptureFixture[str]
) -> None:
    door = CourierDoor(keyed)
    assert door.knock() is not None
    with keyed.database.writing() as work:  # as a rotation does
        work.courier_processes.lock_all()
        work.connection.execute(
            update(hotline_keys).where(hotline_keys.c.kind == "courier").values(public=new_pair().public)
        )
        work.commit()
    with pytest.raises(CourierKeyRefused) as refused:
        door.knock()
    assert refused.value.code == "other_key"
    assert door.actor is None


def test_the_courier_says_once_in_the_log_that_the_file_does_not_fit(
    keyed: Kit, capsys: pytest.CaptureFixture[str]
) -> None:
    file_of(keyed).chmod(0o644)
    jobs.run_courier(keyed, NullMailer(), NullMailbox(), Looks(20))
    said = capsys.readouterr()
    assert (said.out + said.err).count("courier_key_file_refused") == 1
    assert "courier_fault" not in said.out + said.err


def enrol(kit: Kit, sign_in: str) -> tuple[str, str, Caseworker]:
    """A caseworker who can sign in: (passphrase, TOTP secret, actor)."""
    drawn = draw_member("Cleo Marr")
    member = make_member(kit, drawn, Role.CASEWORKER, StaffState.ACTIVE)
    member = replace(member, public_mac=vouched_for(member, TEAM))
    with kit.database.writing() as work:
        work.staff.add_member(member, sign_in_digest(kit, sign_in))
        add_grant(work, member, work.team_keys.current().id, TEAM)
        work.commit()
    return drawn.passphrase, drawn.totp_secret, Caseworker(member.id, "Cleo Marr", drawn.pair, ADA.team)


def test_the_command_writes_the_file_after_a_caseworkers_sign_in(embedded_kit: Kit, tmp_path: Path) -> None:
    passphrase, totp, _ = enrol(embedded_kit, "cleo")
    file = tmp_path / "courier.key"
    code = pyotp.TOTP(totp).at(embedded_kit.clock())
    wrong = run(embedded_kit, "courier-key", "write", typed=f"cleo\nwrong\n{code}\n", courier_key_file=file)
    assert (wrong.exit_code, file.exists()) == (1, False)
    done = run(
        embedded_kit, "courier-key", "write", typed=f"cleo\n{passphrase}\n{code}\n", courier_key_file=file
    )
    assert done.exit_code == 0
    assert file.read_text().strip() not in done.output
    assert passphrase not in done.output
    kit = replace(embedded_kit, settings=replace(embedded_kit.settings, courier_key_file=file))
    assert CourierDoor(kit).knock() is not None
    assert run(embedded_kit, "courier-key", "write", typed="cleo\n").exit_code == 2
