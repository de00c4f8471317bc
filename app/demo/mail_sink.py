"""A real SMTP server for the demo and the tests: it keeps every letter in a Maildir and sends none on.

    python -m app.demo.mail_sink --port 2525 --maildir var/demo/mail

A letter is on the disk before the server says 250, so whatever Heard believes was sent can be looked
up, whichever process is killed when. It listens on loopback only and ends on SIGTERM or SIGINT.
"""

import asyncio
import mailbox
import os
import signal
from pathlib import Path

import click
from aiosmtpd.smtp import SMTP, Envelope, Session


class MaildirKeeper:
    """Writes each accepted letter to `directory`, byte for byte as it came over the wire.

    The envelope, which is no part of a letter, goes in front of it as Return-Path and Delivered-To
    (RFC 5321, 4.4), as a mail server does at final delivery.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._maildir = mailbox.Maildir(directory, create=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the letter for good, then accept it."""
        lines = [f"Return-Path: <{envelope.mail_from or ''}>"]
        lines += [f"Delivered-To: {recipient}" for recipient in envelope.rcpt_tos]
        front = "".join(f"{line}\r\n" for line in lines).encode()
        content = envelope.original_content or b""
        await asyncio.to_thread(self._keep, front + content)
        return "250 2.0.0 kept"

    def _keep(self, letter: bytes) -> None:
        """Write and fsync the file (Maildir.add does), then fsync its directory: the name, too, must last."""
        self._maildir.add(letter)
        new = os.open(self._directory / "new", os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(new)
        finally:
            os.close(new)


async def receive(port: int, maildir: Path) -> None:
    """Take letters on 127.0.0.1:`port` until SIGTERM or SIGINT. OSError when the port is taken."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    keeper = MaildirKeeper(maildir)
    # The host name is given: without it aiosmtpd would ask the network what this machine is called.
    server = await loop.create_server(
        lambda: SMTP(keeper, hostname="mail.example", ident="Heard demo", enable_SMTPUTF8=True, loop=loop),
        host="127.0.0.1",
        port=port,
    )
    await stopped.wait()
    server.close()


@click.command(help=__doc__)
@click.option("--port", type=click.IntRange(1, 65535), required=True)
@click.option("--maildir", type=click.Path(file_okay=False, path_type=Path), required=True)
def main(port: int, maildir: Path) -> None:
    """Start from the command line."""
    maildir.parent.mkdir(parents=True, exist_ok=True)
    asyncio.run(receive(port, maildir))


if __name__ == "__main__":
    main()
