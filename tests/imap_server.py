"""A small IMAP server over TLS on 127.0.0.1, in a thread: what the courier's mailbox says, and no more."""

import re
import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

OPENSSL = (
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
)


def certificate(folder: Path) -> Path:
    """A file with key and certificate of 127.0.0.1."""
    key, made = folder / "key.pem", folder / "cert.pem"
    names = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    subprocess.run(
        (*OPENSSL, "-keyout", str(key), "-out", str(made), *names), check=True, capture_output=True
    )
    both = folder / "both.pem"
    both.write_text(key.read_text() + made.read_text())
    return both


class FakeImap:
    """Serves one folder to one client after the other. `said`: what clients said, without the login."""

    def __init__(
        self, both: Path, mails: list[bytes], names_deleted: bool = True, silent_at: str = ""
    ) -> None:
        self.mails = dict(enumerate(mails, start=1))  # by UID
        self.marked: set[int] = set()
        self.said: list[str] = []
        self._names_deleted, self._silent_at = names_deleted, silent_at
        self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._tls.load_cert_chain(both)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._over = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._over.set()
        with suppress(OSError):  # closing alone would let the client in for whom the thread waits already
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                plain, _ = self._listening.accept()
                with self._tls.wrap_socket(plain, server_side=True) as client:
                    self._talk(client)
            except (OSError, ssl.SSLError):
                continue

    def _talk(self, client: ssl.SSLSocket) -> None:
        lines = client.makefile("rb")
        can = "IMAP4rev1 UIDPLUS" if self._names_deleted else "IMAP4rev1"
        client.sendall(f"* OK [CAPABILITY {can}] ready\r\n".encode())
        for line in lines:
            tag, _, rest = line.decode().strip().partition(" ")
            verb = rest.split()[0].upper()
            if verb != "LOGIN":
                self.said.append(rest)
            if self._silent_at and self._silent_at in rest:
                self._over.wait(10)
                return
            told, result = self._answer(verb, rest, can)
            client.sendall(told + f"{tag} {result}\r\n".encode())
            if verb == "LOGOUT":
                return

    def _answer(self, verb: str, rest: str, can: str) -> tuple[bytes, str]:
        match verb:
            case "CAPABILITY":
                return f"* CAPABILITY {can}\r\n".encode(), "OK done"
            case "LOGIN":
                is_known = rest.split()[1:] == ['"odd-user"', '"odd-password"']
                return b"", "OK in" if is_known else "NO odd-password is wrong"
            case "SELECT":
                return f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n".encode(), "OK done"
            case "EXPUNGE":
                return self._expunge(set(self.marked)), "OK done"
            case "UID":
                return self._by_uid(rest.split()[1].upper(), rest), "OK done"
            case "LOGOUT":
                return b"* BYE\r\n", "OK done"
        return b"", "BAD no"

    def _by_uid(self, verb: str, rest: str) -> bytes:
        numbers = sorted(self.mails)
        if verb == "SEARCH":
            first, last = map(int, rest.split()[2].split(":"))
            found = [str(uid) for uid in numbers[first - 1 : last] if uid not in self.marked]
            return f"* SEARCH {' '.join(found)}\r\n".encode()
        uid = int(rest.split()[2])
        if verb == "STORE":
            self.marked.add(uid)
            return b""
        if verb == "EXPUNGE":
            return self._expunge({uid} & self.marked)
        if uid not in self.mails:
            return b""
        most = re.search(r"<0\.(\d+)>", rest)
        assert most is not None
        content = self.mails[uid][: int(most[1])]
        number, size = numbers.index(uid) + 1, len(self.mails[uid])
        head = f"* {number} FETCH (UID {uid} RFC822.SIZE {size} BODY[]<0> {{{len(content)}}}\r\n"
        return head.encode() + content + b")\r\n"

    def _expunge(self, uids: set[int]) -> bytes:
        for uid in uids:
            self.mails.pop(uid, None)
            self.marked.discard(uid)
        return b""
