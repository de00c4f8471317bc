"""A letter handed to a real SMTP server on this machine: what became of it is never mixed up."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.i18n.letters import compose_notice
from app.outbound.message import build_message
from app.outbound.ports import Doubtful, NotAccepted, NotDelivered, NullMailer, Unreachable
from app.outbound.smtp import Security, SmtpMailer, SmtpSettings
from app.outbound.xarf import reports_for
from tests.make_notice import notice_facts

HOST = "127.0.0.1"
PATIENCE_S = 60.0  # for what answers, however busy the machine is
SHORT_S = 0.5  # for what never answers


class Desk:
    """A mail server that keeps what it takes, and does as it is told at one step."""

    def __init__(self, **at: str) -> None:
        self.at, self.taken, self.heard_as = at, list[bytes](), ""

    async def _answer(self, server: SMTP, step: str) -> str:
        wish = self.at.get(step, "250 OK")
        if wish == "hang up":
            transport = server.transport
            assert isinstance(transport, asyncio.WriteTransport)
            transport.abort()
        if wish == "say nothing":
            await asyncio.sleep(10 * PATIENCE_S)  # until the test stops the server
        return wish

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        self.heard_as = str(session.host_name)
        envelope.mail_from = address
        return await self._answer(server, "mail")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return await self._answer(server, "rcpt")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(content)
        return await self._answer(server, "data")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(desk: Desk, **wishes: object) -> Iterator[int]:
    given = {"hostname": HOST, "port": free_port(), "ready_timeout": PATIENCE_S} | wishes
    controller = Controller(desk, **given)  # type: ignore[arg-type]
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server context with a self-made certificate, and a client context that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem: Path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    client = ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.PEM).decode())
    return server, client


def letter() -> EmailMessage:
    facts = notice_facts()
    return build_message(
        compose_notice(facts),
        facts,
        "<h-7kq2-m3td.1@hotline.example>",
        "notices@hotline.example",
        datetime.now(UTC),
        reports_for(facts),
    )


def mailer(
    port: int,
    security: Security = "none",
    tls: ssl.SSLContext | None = None,
    timeout_s: float = PATIENCE_S,
) -> SmtpMailer:
    return SmtpMailer(SmtpSettings(HOST, port, security, timeout_s=timeout_s), tls)


def outcome(sending: Callable[[], None]) -> NotDelivered:
    """The error of a sending that fails; it tells no address, no URL and not what the server said."""
    with pytest.raises(NotDelivered) as caught:
        sending()
    assert not any(word in str(caught.value) for word in ("@", "://", "example", "canary"))
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
    return caught.value


def test_an_accepted_letter_arrives_as_it_was_made() -> None:
    desk, told = Desk(), list[str]()
    message = letter()
    message.set_boundary("a-fixed-one")  # otherwise each writing out invents another
    with running(desk) as port:
        mailer(port).send(message, lambda: told.append("handing over"))
    assert told == ["handing over"]
    assert desk.taken == [message.as_bytes()]


def test_the_server_hears_the_hotlines_domain_and_not_the_name_of_this_machine() -> None:
    desk = Desk()
    with running(desk) as port:
        mailer(port).send(letter(), lambda: None)
    assert desk.heard_as == "hotline.example"


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
@pytest.mark.parametrize(("code", "transient"), [(451, True), (421, True), (550, False), (554, False)])
def test_a_refusal_at_any_step_says_whether_to_try_again(step: str, code: int, transient: bool) -> None:
    with running(Desk(**{step: f"{code} no, canary@host.example"})) as port:
        refused = outcome(lambda: mailer(port).send(letter(), lambda: None))
    assert isinstance(refused, NotAccepted)
    assert (refused.transient, refused.code) == (transient, code)


@pytest.mark.parametrize("trouble", ["hang up", "say nothing"])
@pytest.mark.parametrize("step", ["mail", "rcpt"])
def test_no_answer_before_the_letter_was_handed_over_is_no_doubt(step: str, trouble: str) -> None:
    desk = Desk(**{step: trouble})
    with running(desk) as port:
        hasty = mailer(port, timeout_s=SHORT_S)
        assert isinstance(outcome(lambda: hasty.send(letter(), lambda: None)), Unreachable)
    assert desk.taken == []


@pytest.mark.parametrize("trouble", ["hang up", "say nothing", "nonsense"])
def test_no_answer_after_the_letter_was_handed_over_is_a_doubt(trouble: str) -> None:
    desk = Desk(data=trouble)
    with running(desk) as port:
        # Long enough for the steps before, which are answered: given up there, it would be no doubt.
        hasty = mailer(port, timeout_s=8 * SHORT_S)
        assert isinstance(outcome(lambda: hasty.send(letter(), lambda: None)), Doubtful)
    assert len(desk.taken) == 1


def test_any_answer_of_success_after_the_letter_is_success() -> None:
    with running(Desk(data="252 taken in")) as port:
        mailer(port).send(letter(), lambda: None)


def test_where_nobody_listens_nothing_is_handed_over() -> None:
    told: list[str] = []
    failed = outcome(lambda: mailer(free_port()).send(letter(), lambda: told.append("handing over")))
    assert isinstance(failed, Unreachable)
    assert told == []


def test_a_server_that_never_greets_is_unreachable() -> None:
    with socket.create_server((HOST, 0)) as silent:
        hasty = mailer(int(silent.getsockname()[1]), timeout_s=SHORT_S)
        assert isinstance(outcome(lambda: hasty.send(letter(), lambda: None)), Unreachable)


def test_what_the_caller_raises_before_handing_over_passes_through_and_nothing_is_sent() -> None:
    def stop() -> None:
        raise OSError("the database is away")

    desk = Desk()
    with running(desk) as port, pytest.raises(OSError, match="the database is away"):
        mailer(port).send(letter(), stop)
    assert (desk.taken, desk.heard_as) == ([], "")


def test_a_letter_goes_through_starttls(certificate: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    server, client = certificate
    desk = Desk()
    with running(desk, tls_context=server, require_starttls=True) as port:
        mailer(port, "starttls", client).send(letter(), lambda: None)
    assert len(desk.taken) == 1


def test_a_letter_goes_through_tls_from_the_first_byte(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    server, client = certificate
    desk = Desk()
    with running(desk, ssl_context=server) as port:
        mailer(port, "tls", client).send(letter(), lambda: None)
    assert len(desk.taken) == 1


def test_an_unknown_certificate_is_not_trusted(certificate: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    desk = Desk()
    with running(desk, tls_context=certificate[0]) as port:
        assert isinstance(outcome(lambda: mailer(port, "starttls").send(letter(), lambda: None)), Unreachable)
    assert desk.taken == []


def test_starttls_never_falls_back_to_clear_text() -> None:
    desk = Desk()
    with running(desk) as port:
        assert isinstance(outcome(lambda: mailer(port, "starttls").send(letter(), lambda: None)), Unreachable)
    assert desk.taken == []


@pytest.mark.parametrize(("password", "is_right"), [("correct", True), ("canary", False), ("cänary", False)])
def test_the_relay_is_logged_in_to_and_a_wrong_password_is_not_told(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext], password: str, is_right: bool
) -> None:
    def check(_s: SMTP, _x: Session, _e: Envelope, _m: str, data: object) -> AuthResult:
        return AuthResult(success=isinstance(data, LoginPassword) and data.password == b"correct")

    server, client = certificate
    desk = Desk()
    with running(desk, tls_context=server, authenticator=check, auth_required=True) as port:
        # This server falls silent when a second way to log in is tried after a refusal.
        patience = PATIENCE_S if is_right else 3
        settings = SmtpSettings(HOST, port, "starttls", "heard", password, timeout_s=patience)
        assert password not in repr(settings)
        if is_right:
            SmtpMailer(settings, client).send(letter(), lambda: None)
        else:
            failed = outcome(lambda: SmtpMailer(settings, client).send(letter(), lambda: None))
            assert isinstance(failed, Unreachable)
    assert len(desk.taken) == int(is_right)


def test_a_password_is_never_set_up_to_travel_in_clear() -> None:
    with pytest.raises(ValueError, match="TLS"):
        SmtpSettings(HOST, 25, "none", "heard", "correct")
    with pytest.raises(ValueError, match="security"):
        SmtpSettings(HOST, 25, "ssl")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="timeout_s"):
        SmtpSettings(HOST, 25, "none", timeout_s=0)


def test_a_letter_to_two_desks_at_once_is_refused() -> None:
    message = letter()
    del message["To"]
    message["To"] = "a@host.example, b@host.example"
    with pytest.raises(ValueError, match="exactly one To"):
        mailer(1).send(message, lambda: None)


def test_the_null_twin_keeps_what_it_was_given_and_tells_first() -> None:
    twin, seen = NullMailer(), list[int]()
    message = letter()
    twin.send(message, lambda: seen.append(len(twin.sent)))
    assert twin.sent == [message]
    assert seen == [0]
