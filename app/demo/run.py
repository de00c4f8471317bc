"""Starts what the demo is made of, waits until it works, and ends all of it again.

Every service is a real process in a process group of its own, so that a Ctrl-C reaches this process
alone and the services end in order: TERM, ten seconds, KILL. Should this process itself be killed,
the kernel tells each service (PR_SET_PDEATHSIG). Linux only.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

READY_WITHIN_S = 60.0
END_WITHIN_S = 10.0
LOOK_EVERY_S = 0.1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1  # linux/prctl.h

_libc = ctypes.CDLL(None, use_errno=True)  # loaded here: nothing may be loaded between fork and exec


def at_once() -> bool:
    """For a service that has nothing to wait for: it is ready when it runs."""
    return True


def port_answers(port: int) -> Callable[[], bool]:
    """Ready when 127.0.0.1:`port` takes connections."""

    def ready() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    return ready


def page_answers(url: str) -> Callable[[], bool]:
    """Ready when GET `url` (plain http) gives 200."""
    address = urlsplit(url)

    def ready() -> bool:
        connection = HTTPConnection(address.hostname or "", address.port, timeout=2)
        try:
            connection.request("GET", address.path or "/")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    return ready


@dataclass(frozen=True)
class Service:
    """One process of the demo. `env` is added to our own; `port`, if any, must be free at the start."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict, repr=False)  # may hold keys
    ready: Callable[[], bool] = at_once
    port: int | None = None


class DemoFailed(Exception):
    """The demo cannot start or go on; the text is for the person who ran it."""


def run_demo(services: tuple[Service, ...], base_url: str, introduction: str = "") -> int:
    """Start the services in turn, say `ready BASE_URL` and the introduction, stay until told to stop
    or until one of them ends.

    Returns the exit code: 0 after Ctrl-C, SIGTERM or SIGHUP, 1 when something failed (told on stderr).
    Call it from the main thread: signals and the death watch hang on that one.
    """
    told: list[int] = []
    before = {number: signal.signal(number, lambda number, _: told.append(number)) for number in STOP_SIGNALS}
    running: list[tuple[Service, subprocess.Popen[bytes]]] = []
    try:
        _require_free_ports(services)
        for service in services:
            running.append((service, _start(service)))
            _wait_until_ready(service, running, told)
            if told:
                return 0
        print(f"ready {base_url}", flush=True)
        if introduction:
            print(introduction, flush=True)
        while not told:
            _require_all_running(running)
            time.sleep(LOOK_EVERY_S)
        return 0
    except DemoFailed as failure:
        print(f"The demo stopped: {failure}", file=sys.stderr, flush=True)
        return 1
    finally:
        _end(running)
        for number, handler in before.items():
            signal.signal(number, handler)


def _require_free_ports(services: tuple[Service, ...]) -> None:
    for service in services:
        if service.port is None:
            continue
        with socket.socket() as probe:
            # As servers do it: a connection of the last run that is still closing is no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", service.port))
            except OSError as error:
                raise DemoFailed(
                    f"port {service.port} ({service.name}) cannot be used: {error.strerror}. "
                    "Nothing was started. Choose another port or stop what uses it."
                ) from error


def _start(service: Service) -> subprocess.Popen[bytes]:
    parent = os.getpid()

    def end_with_the_parent() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the kernel was asked
            os._exit(1)

    try:
        return subprocess.Popen(
            service.argv,
            env={**os.environ, **service.env},
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=end_with_the_parent,  # noqa: PLW1509, it only calls prctl and getppid
        )
    except OSError as error:
        raise DemoFailed(f"{service.name} could not be started: {error.strerror}.") from error


def _wait_until_ready(
    service: Service, running: list[tuple[Service, subprocess.Popen[bytes]]], told: list[int]
) -> None:
    give_up_at = time.monotonic() + READY_WITHIN_S
    while not told:
        _require_all_running(running)
        if service.ready():
            # Asked again: an answer may have come from a stranger on the same port.
            _require_all_running(running)
            return
        if time.monotonic() > give_up_at:
            raise DemoFailed(f"{service.name} was not ready after {READY_WITHIN_S:.0f} seconds.")
        time.sleep(LOOK_EVERY_S)


def _require_all_running(running: list[tuple[Service, subprocess.Popen[bytes]]]) -> None:
    for service, child in running:
        if ended := _ended(child):
            raise DemoFailed(f"{service.name} ended by itself ({ended}). Its own words stand above.")


def _ended(child: subprocess.Popen[bytes]) -> str:
    """How the child ended, "" while it runs. It is not reaped, so that its group's number stays taken."""
    result = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if result is None:
        return ""
    if result.si_code == os.CLD_EXITED:
        return f"exit code {result.si_status}"
    return f"signal {signal.Signals(result.si_status).name}"


def _end(running: list[tuple[Service, subprocess.Popen[bytes]]]) -> None:
    """End every group, last started first told; what has not ended in time is killed with all it started."""
    for _, child in reversed(running):
        os.killpg(child.pid, signal.SIGTERM)
    give_up_at = time.monotonic() + END_WITHIN_S
    for _, child in reversed(running):
        while not _ended(child) and time.monotonic() < give_up_at:
            time.sleep(LOOK_EVERY_S)
    for _, child in running:
        os.killpg(child.pid, signal.SIGKILL)  # also what a dead service left behind in its group
        child.wait()
