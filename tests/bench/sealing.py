"""How fast a key is sealed and opened, and a caseworker's session taken up again. These only inform."""

from collections.abc import Iterator

from flask import Flask, Response, request, session

from app.casework.kit import Kit
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.vault.pairs import open_with, seal_to
from app.vault.seal import Purpose
from app.web.session_content import HeardSession
from app.web.sessions import sign_in_staff
from app.web.site import make_site
from tests.bench.figures import BenchBroken, Figure
from tests.bench.stopwatch import median_cpu
from tests.make import ADA, TEAM

PER_ROUND = 20
ROW = "0" * 32


def measure_sealing(kit: Kit, rounds: int) -> Iterator[Figure]:
    """Medians of `rounds` rounds."""
    public, key = TEAM.public, bytes(32)
    sealed = seal_to(public, Purpose.REQUEST_KEY, ROW, key)
    seal_ms = median_cpu(lambda: seal_to(public, Purpose.REQUEST_KEY, ROW, key), rounds, PER_ROUND)
    open_ms = median_cpu(lambda: open_with(TEAM, Purpose.REQUEST_KEY, ROW, sealed), rounds, PER_ROUND)
    yield Figure("hpke_seal_us", round(seal_ms * 1000, 1), "us")
    yield Figure("hpke_open_us", round(open_ms * 1000, 1), "us")
    resume_ms = _session_resume_ms(make_site(kit, load_site_texts(DEMO_TEXTS)), rounds)
    yield Figure("session_resume_ms", round(resume_ms, 3), "ms")


def _session_resume_ms(site: Flask, rounds: int) -> float:
    """From the cookie to the opened session of a caseworker."""
    with site.test_request_context():
        sign_in_staff(ADA)
        answer = Response()
        site.session_interface.save_session(site, session, answer)
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    with site.test_request_context(headers={"Cookie": cookie}):
        asked = request._get_current_object()  # type: ignore[attr-defined]  # a werkzeug proxy
        taken_up = site.session_interface.open_session(site, asked)
        if not isinstance(taken_up, HeardSession) or "staff" not in taken_up:
            raise BenchBroken("the session does not open again")
        return median_cpu(lambda: site.session_interface.open_session(site, asked), rounds, PER_ROUND)
