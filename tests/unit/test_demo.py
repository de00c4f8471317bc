"""The demo starts and ends as a whole, and its mail server keeps what it accepted."""

import os
import signal
import smtplib
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from app.demo.run import Service, port_answers, run_demo
from tests.conftest import MailServer, free_port

PATIENCE_S = 90.0
FOREVER = (sys.executable, "-c", "import time; time.sleep(300)")
DEAF = (sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(300)")


def mail_service(port: int, maildir: Path) -> Service:
    argv = (sys.executable, "-m", "app.demo.mail_sink", f"--port={port}", f"--maildir={maildir}")
    return Service("mail", argv, {}, port_answers(port), port)


def marked(mark: str) -> list[int]:
    """Processes whose environment carries our mark, whatever became of their parent."""
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"DEMO_TEST={mark}".encode() in environ.read_bytes().split(b"\0"):
                found.append(int(environ.parent.name))
        except OSError:
            continue  # ended meanwhile
    return found


def argv_of(pid: int) -> bytes:
    """How a process was called; nothing when it ended meanwhile."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def wait_until_gone(mark: str) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    while marked(mark):
        assert time.monotonic() < give_up_at, "something of the demo is still running"
        time.sleep(0.05)


def demo_process(tmp_path: Path, port: int) -> subprocess.Popen[str]:
    """A demo of a mail server and a service that starts a child of its own."""
    script = f"""
import sys
from app.demo.run import *
sink = (sys.executable, "-m", "app.demo.mail_sink", "--port={port}", "--maildir={tmp_path}/mail")
mail = Service("mail", sink, {{}}, port_answers({port}), {port})
family = Service("family", ("sh", "-c", "sleep 300 & wait"))
sys.exit(run_demo((mail, family), "http://127.0.0.1:8080"))
"""
    env = {**os.environ, "DEMO_TEST": str(tmp_path)}
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", script], env=env, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_demo_and_all_it_started(number: signal.Signals, tmp_path: Path) -> None:
    with demo_process(tmp_path, free_port()) as demo:
        assert demo.stdout is not None
        assert demo.stdout.readline() == "ready http://127.0.0.1:8080\n"
        demo.send_signal(number)
        out, err = demo.communicate(timeout=PATIENCE_S)
    assert (demo.returncode, out, err) == (0, "", "")
    assert marked(str(tmp_path)) == []


def test_a_killed_demo_takes_its_services_with_it(tmp_path: Path) -> None:
    with demo_process(tmp_path, free_port()) as demo:
        assert demo.stdout is not None
        demo.stdout.readline()
        demo.kill()
    # The shell's own child hears nothing of it: only services themselves are told by the kernel.
    give_up_at = time.monotonic() + PATIENCE_S
    while any(argv_of(pid) not in (b"", b"sleep\x00300\x00") for pid in marked(str(tmp_path))):
        assert time.monotonic() < give_up_at
        time.sleep(0.05)
    for pid in marked(str(tmp_path)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_until_gone(str(tmp_path))


def test_a_port_in_use_is_told_before_anything_starts(
    maildir_server: MailServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    witness = tmp_path / "started"
    first = Service("first", ("touch", str(witness)))
    assert run_demo((first, mail_service(maildir_server.port, tmp_path / "m")), "http://x") == 1
    assert f"port {maildir_server.port} (mail) cannot be used" in capsys.readouterr().err
    assert not witness.exists()


def test_a_service_that_ends_ends_the_demo(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    env = {"DEMO_TEST": str(tmp_path)}
    services = (Service("stays", FOREVER, env), Service("goes", ("sh", "-c", "sleep 2; exit 7"), env))
    assert run_demo(services, "http://127.0.0.1:8080") == 1
    out, err = capfd.readouterr()
    assert out == "ready http://127.0.0.1:8080\n"
    assert "goes ended by itself (exit code 7)" in err
    assert marked(str(tmp_path)) == []


def test_a_service_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_demo((Service("web", ("/nowhere/gunicorn",)),), "http://x") == 1
    assert "web could not be started: No such file or directory" in capsys.readouterr().err


def test_a_service_that_will_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.demo.run.END_WITHIN_S", 0.5)
    env = {"DEMO_TEST": str(tmp_path)}
    services = (Service("deaf", DEAF, env), Service("goes", ("sh", "-c", "sleep 1"), env))
    assert run_demo(services, "http://x") == 1
    assert marked(str(tmp_path)) == []


def test_the_mail_server_keeps_a_letter_as_it_came(maildir_server: MailServer) -> None:
    letter = b"Subject: one\r\n\r\n.dot\r\n\xe2\x80\xa6 end\r\n"
    with smtplib.SMTP("127.0.0.1", maildir_server.port, local_hostname="test.example") as smtp:
        smtp.sendmail("from@hotline.example", ["a@one.example", "b@two.example"], letter)
    (kept,) = (maildir_server.maildir / "new").iterdir()
    envelope = b"Return-Path: <from@hotline.example>\r\n"
    envelope += b"Delivered-To: a@one.example\r\nDelivered-To: b@two.example\r\n"
    assert kept.read_bytes() == envelope + letter
