"""What the demo is made of: invented staff and providers, keys, and the processes to start.

Everything lies under HEARD_DATA. Only here are passphrases and keys ever written to a file, and
only for a demonstration: a hotline's own installation has no such file.
"""

import json
import mailbox
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.casework.actors import Admin
from app.casework.enrol_member import add_grant, draw_member, make_member, vouched_for
from app.casework.found_hotline import Recovery, found_hotline
from app.casework.kit import Kit
from app.casework.policy import keep_policy
from app.casework.staff_names import sign_in_digest
from app.demo.directory import fill_directory
from app.demo.run import DemoFailed, Service, page_answers, port_answers
from app.domain.policy import MOST_OPENINGS, Policy
from app.domain.staff import StaffState
from app.domain.words import Role
from app.i18n.site_texts import DEMO_TEXTS
from app.persistence.schema import migrate
from app.vault.pairs import KeyPair, fingerprint_of, new_pair
from app.vault.shares import split_key

CASEWORKERS = (("Ada Quill", "ada"), ("Ben Osei", "ben"))
SUPERVISOR = ("Sina Holt", "sina")
ADMIN = ("Mira Lund", "mira")
AUDITOR = ("Lou Verne", "lou")
DEMO_POLICY = Policy(soft_limit=400, hard_limit=MOST_OPENINGS)
"""Who tries everything in one day is not to run into the limit of a working day."""
OTHERS = ("supervisor", "admin", "auditor")
RECOVERY_SHARES = (2, 3)  # needed, made


@dataclass(frozen=True)
class Prepared:
    """What `run_demo` needs."""

    services: tuple[Service, ...]
    base_url: str
    introduction: str


def prepare_demo(parts: Any, gunicorn_arguments: Callable[[str, int], list[str]]) -> Prepared:
    """Make what is missing under HEARD_DATA, go on with what is there. Raises DemoFailed."""
    folder = Path(os.environ.get("HEARD_DATA") or "./var").resolve()
    try:
        port = int(os.environ.get("HEARD_PORT") or 8080)
    except ValueError:
        raise DemoFailed("HEARD_PORT is not a whole number.") from None
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    base_url, mail_port, maildir = f"http://127.0.0.1:{port}", _free_port(), folder / "mail"
    kept = _kept(folder)
    environment = _environment(folder, port, base_url, mail_port, kept)
    os.environ.update(environment)
    kit: Kit = parts.make_kit(parts.read_settings())
    migrate(kit.database)
    mailbox.Maildir(_answers(folder), create=True)
    if "staff" not in kept:
        kept["staff"] = _found(kit, kept)
        _write(folder / "demo-keys.json", kept)
    shown = {
        "base_url": base_url,
        "caseworkers": kept["staff"]["caseworkers"],
        **{role: kept["staff"][role] for role in OTHERS if role in kept["staff"]},
        "recovery_shares": kept["staff"].get("recovery_shares", []),
        "maildir": str(maildir),
        "answers": str(_answers(folder)),
        "database": os.environ.get("HEARD_DATABASE_URL") or str(folder / "heard.db"),
    }
    _write(folder / "demo.json", shown)
    kit.database.engine.dispose()
    web = (sys.executable, "-m", "gunicorn", *gunicorn_arguments("127.0.0.1", port))
    mail = (sys.executable, "-m", "app.demo.mail_sink", "--port", str(mail_port), "--maildir", str(maildir))
    heard = (sys.executable, "-c", "from app.wiring import main; main()", "courier")
    return Prepared(
        services=(
            Service("mail server", mail, environment, port_answers(mail_port), mail_port),
            Service("web server", web, environment, page_answers(f"{base_url}/healthz"), port),
            Service("courier", heard, environment),
        ),
        base_url=base_url,
        introduction=_introduction(shown),
    )


def _kept(folder: Path) -> dict[str, Any]:
    """Keys of an earlier run, or new ones (the team key only until the staff is enrolled)."""
    file = folder / "demo-keys.json"
    if file.exists():
        kept: dict[str, Any] = json.loads(file.read_text())
        return kept
    if (folder / "heard.db").exists():
        raise DemoFailed(f"{folder} holds a database but no demo keys. Choose another HEARD_DATA.")
    team = new_pair()
    return {
        "secret": os.urandom(32).hex(),
        "database_key": os.urandom(32).hex(),
        "fingerprint": fingerprint_of(team.public),
        "team": team,
    }


def _environment(
    folder: Path, port: int, base_url: str, mail_port: int, kept: dict[str, Any]
) -> dict[str, str]:
    return {
        "HEARD_DEMO": "true",
        "HEARD_DATA": str(folder),
        "HEARD_PORT": str(port),
        "HEARD_BASE_URL": base_url,
        "HEARD_PROXIES": "1",
        "HEARD_SECRET": kept["secret"],
        "HEARD_DATABASE_KEY": kept["database_key"],
        "HEARD_TEAM_FINGERPRINT": kept["fingerprint"],
        "HEARD_EXIT_URL": f"{base_url}/elsewhere",
        "HEARD_TEXTS": str(DEMO_TEXTS),
        "HEARD_HOTLINE_NAME": "Example Hotline",
        "HEARD_HOTLINE_ADDRESS": "1 Example Street, 00000 Example Town",
        "HEARD_HOTLINE_EMAIL": "notices@hotline.example",
        "HEARD_HOTLINE_PHONE": "+00 000 000 000",
        "HEARD_HOTLINE_HOURS": "24/7",
        "HEARD_HOTLINE_COUNTRY": "CA",
        "HEARD_SMTP_HOST": "127.0.0.1",
        "HEARD_SMTP_PORT": str(mail_port),
        "HEARD_SMTP_SECURITY": "none",
        "HEARD_CONTACT_EMAIL": "news@post.example",
        "HEARD_MAILBOX": f"maildir:{_answers(folder)}",
        "HEARD_TIME_GROUPING": "0m",  # whoever tries it wants to see the letter
    }


def _answers(folder: Path) -> Path:
    """Where somebody who plays the provider can put a mail."""
    return folder.resolve() / "answers"


def _found(kit: Kit, kept: dict[str, Any]) -> dict[str, Any]:
    """Team key, staff, providers. The private team key is not kept: the caseworkers' grants hold it."""
    team = kept.pop("team", None)
    if team is None:
        raise DemoFailed("An earlier start stopped half-way. Delete the folder HEARD_DATA and start again.")
    recovery = new_pair()
    found_hotline(kit, team, Recovery(recovery, *RECOVERY_SHARES))
    shares = split_key(recovery.seed, *RECOVERY_SHARES)
    caseworkers = [_enrol(kit, team, Role.CASEWORKER, name, sign_in) for name, sign_in in CASEWORKERS]
    others = {
        "supervisor": _enrol(kit, team, Role.SUPERVISOR, *SUPERVISOR),
        "admin": _enrol(kit, team, Role.ADMIN, *ADMIN),
        "auditor": _enrol(kit, team, Role.AUDITOR, *AUDITOR),
    }
    fill_directory(kit, Admin("demo", ADMIN[0], team))
    with kit.database.writing() as work:
        keep_policy(work, DEMO_POLICY)
        work.commit()
    return {"caseworkers": caseworkers, **others, "recovery_shares": shares}


def _enrol(kit: Kit, team: KeyPair, role: Role, name: str, sign_in: str) -> dict[str, str]:
    """One member of the demo's staff, with secrets that only a demonstration may keep."""
    drawn = draw_member(name)
    member = make_member(kit, drawn, role, StaffState.ACTIVE)
    member = replace(member, public_mac=vouched_for(member, team))
    with kit.database.writing() as work:
        work.staff.add_member(member, sign_in_digest(kit, sign_in))
        if role.opens_cases:
            add_grant(work, member, work.team_keys.current().id, team)
        work.commit()
    secrets = {"passphrase": drawn.passphrase, "totp_secret": drawn.totp_secret}
    return {"name": name, "sign_in": sign_in} | secrets


def _write(file: Path, content: dict[str, Any]) -> None:
    """Whole or not at all, for its owner only."""
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    fresh.replace(file)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _introduction(shown: dict[str, Any]) -> str:
    people = [(one, "caseworker") for one in shown["caseworkers"]]
    people += [(shown[role], role) for role in OTHERS if role in shown]
    lines = [f"  {one['sign_in']:6} {role:11} {one['passphrase']}" for one, role in people]
    return "\n".join(
        (
            "",
            f"Ask and follow:  {shown['base_url']}/",
            f"The desk:        {shown['base_url']}/desk/sign-in",
            *lines,
            "Codes of the second factor, now:  .venv/bin/heard demo-codes",
            f"Mail that was sent:  {shown['maildir']}",
            f"To answer by mail, put a mail that names the notice's reference into:  {shown['answers']}/new",
            "Ctrl-C ends all of it. Nothing leaves this machine.",
        )
    )
