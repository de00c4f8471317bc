"""Where the objects are joined: settings, database, kit, mailer, web app, commands."""

import resource
import ssl

from flask import Flask

from app import cli, log
from app.casework.kit import Kit
from app.i18n.site_texts import SiteTexts, SiteTextsMissing, load_site_texts
from app.outbound.imap import ImapMailbox, ImapSettings
from app.outbound.mailbox import Mailbox, NullMailbox
from app.outbound.maildir import MaildirMailbox
from app.outbound.ports import Mailer
from app.outbound.smtp import SmtpMailer, SmtpSettings
from app.persistence.database import Database, open_embedded, open_postgres
from app.persistence.schema import is_current
from app.settings import Settings, SettingsError, read_settings
from app.vault.queue import FairQueue
from app.web.site import make_site


class SchemaBehind(Exception):
    """The database is older than the program: run `heard migrate`."""


def open_database(settings: Settings) -> Database:
    if settings.database_url:
        return open_postgres(settings.database_url)
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open_embedded(settings.database_path, settings.database_key)


def make_kit(settings: Settings) -> Kit:
    """Codes never take all threads of a web server: however many wait, the pages go on."""
    codes = FairQueue(per_lane=cli.THREADS // 2, in_all=cli.THREADS - 4)
    return Kit(database=open_database(settings), settings=settings, codes=codes)


def make_mailer(settings: Settings) -> Mailer:
    smtp = settings.smtp
    tls = None if smtp.security == "none" else ssl.create_default_context()
    return SmtpMailer(
        SmtpSettings(
            host=smtp.host,
            port=smtp.port,
            security=smtp.security,
            user=smtp.user,
            password=smtp.password,
            timeout_s=30,
        ),
        tls=tls,
    )


def make_mailbox(settings: Settings) -> Mailbox:
    """Where answers by mail arrive; an empty one where the settings name none."""
    it = settings.mailbox
    if it is None:
        return NullMailbox()
    if it.folder is not None:
        return MaildirMailbox(it.folder)
    return ImapMailbox(ImapSettings(it.host, it.port, it.user, it.password, it.name))


def read_texts(settings: Settings) -> SiteTexts | None:
    """The operator's texts; None, with a line in the log for each, while some are missing."""
    try:
        texts = load_site_texts(settings.texts)
    except SiteTextsMissing as error:
        for one in error.missing:
            log.log().error("portal_closed", name=one)
        return None
    if texts.is_demo and not settings.demo:
        log.log().error("portal_closed", name="these are the demonstration's texts")
        return None
    return texts


def no_core_dumps() -> None:
    """A crash must not write memory, with what people typed, to disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def make_web() -> Flask:
    """What the web server's workers call. Raises SettingsError, SchemaBehind."""
    log.configure()
    no_core_dumps()
    settings = read_settings()
    kit = make_kit(settings)
    if not is_current(kit.database):
        raise SchemaBehind("the database is older than the program: run `heard migrate`")
    return make_site(kit, read_texts(settings))


class Parts:
    """What the commands are handed: each part is made when a command asks for it."""

    read_settings = staticmethod(read_settings)
    make_kit = staticmethod(make_kit)
    make_mailer = staticmethod(make_mailer)
    make_mailbox = staticmethod(make_mailbox)
    read_texts = staticmethod(read_texts)
    no_core_dumps = staticmethod(no_core_dumps)
    SettingsError = SettingsError


def main() -> None:
    """The `heard` command."""
    log.configure()
    cli.heard(obj=Parts())
