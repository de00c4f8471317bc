"""The web app, joined from its parts. Made by app/wiring.py."""

import hmac
from os import urandom

from flask import Flask, request
from flask_login import LoginManager
from werkzeug.middleware.proxy_fix import ProxyFix

from app.casework.kit import Kit, lane
from app.i18n.letters import letter_languages
from app.i18n.news_letters import news_languages
from app.i18n.site_texts import SiteTexts
from app.vault.derive import hkdf
from app.web import (
    admin,
    assets,
    audit,
    compress,
    csrf,
    desk,
    elsewhere,
    errors,
    guards,
    headers,
    health,
    intake,
    languages,
    portal,
    provider,
)
from app.web.glue import Site, add_to_templates, error_if_closed
from app.web.sessions import SealedSessions, StaffUser, error_if_unread, read_staff


def make_site(kit: Kit, texts: SiteTexts | None) -> Flask:
    """A Flask app over a kit. Raises Unguarded when a view has no guard, LetterError for a broken letter."""
    letter_languages()
    news_languages()
    app = Flask("app.web", static_folder=None, template_folder="templates")
    app.request_class = intake.TextOnlyRequest
    app.secret_key = hkdf(kit.settings.secret, "form tokens")
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    app.extensions["heard"] = Site(kit, texts)
    app.session_interface = SealedSessions(kit)
    add_to_templates(app)
    csrf.protect.init_app(app)
    _add_login(app)
    _add_checks(app)
    errors.handle(app)
    app.after_request(headers.add)
    app.after_request(compress.compress)
    assets.serve(app)
    staff = (desk.blueprint, admin.blueprint, audit.blueprint)
    for part in (portal.portal, *staff, provider.provider, health.blueprint):
        app.register_blueprint(part)
    if kit.settings.demo:
        app.register_blueprint(elsewhere.blueprint)
    guards.refuse_unguarded(app)
    app.wsgi_app = languages.LanguageInPath(app.wsgi_app)  # type: ignore[method-assign]
    hops = kit.settings.proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _add_login(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # it would keep a digest of address and browser

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login ships no types
    def load(_id: str) -> StaffUser | None:
        actor = read_staff()
        return None if actor is None else StaffUser(actor)


def _add_checks(app: Flask) -> None:
    pepper = urandom(32)  # new at every start: a lane cannot be traced to an address later

    @app.before_request
    def set_lane() -> None:
        address = (request.remote_addr or "").encode()
        lane.set(hmac.digest(pepper, address, "sha256")[:8].hex())

    app.before_request(languages.guess)
    app.before_request(error_if_unread)
    app.before_request(intake.check)
    app.before_request(csrf.check)
    app.before_request(error_if_closed)
