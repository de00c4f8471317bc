"""What views and templates share: the kit, the page, the names every template knows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.casework.kit import Kit
from app.domain.words import Role
from app.i18n import locales
from app.i18n.site_texts import SiteTexts
from app.i18n.words import desk_words, next_words, words
from app.web.csrf import csrf_field
from app.web.languages import prefix_of


@dataclass(frozen=True)
class Site:
    """What the web app is made from. `texts` is None while the operator has not written them all."""

    kit: Kit
    texts: SiteTexts | None


def site() -> Site:
    found: Site = current_app.extensions["heard"]
    return found


def kit() -> Kit:
    return site().kit


def page(template: str, status: int = 200, **values: Any) -> ResponseReturnValue:
    """Render one page. Values are handed over by name; nothing is global."""
    return render_template(template, **values), status


def url_in(code: str, always: bool = False) -> str:
    """This page in another language; for the answer to a form that has no page, the page above it. `always`
    names the language in the path, English too.

    "//host" would lead to another site: one slash begins every path.
    """
    path, routes = request.path, current_app.create_url_adapter(request)
    # Not by the matched rule alone: another view may answer GET at the same path.
    if request.url_rule is not None and routes is not None and not routes.test(path, method="GET"):
        path = path.rpartition("/")[0]
    country = request.args.get("country", "")  # the one thing a public page lets people choose
    chosen = f"?country={country}" if len(country) == 2 and country.isascii() and country.isalpha() else ""
    prefix = f"/{code}" if always else prefix_of(code)
    return f"{prefix}/{quote(path.lstrip('/'))}{chosen}"


def add_to_templates(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        locales.gettext,
        locales.ngettext,
        newstyle=True,
        pgettext=locales.pgettext,
        npgettext=locales.npgettext,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def shared() -> dict[str, Any]:
        return {
            "locale": locales.current(),
            "locales": locales.LOCALES,
            "notice_locales": locales.NOTICE_LOCALES,
            "csrf_field": csrf_field,
            "hotline": kit().settings.hotline,
            "url_in": url_in,
            "when": locales.format_when,
            "day": locales.format_day,
            "country": locales.country_name,
            "words": words,
            "next_words": next_words,
            "desk_words": desk_words,
            "site_texts": site().texts,
            "is_demo": kit().settings.demo,
            "role": _role(),
        }


def _role() -> Role | None:
    """What the member who is signed in does; None for everybody else."""
    return current_user.actor.role if current_user.is_authenticated else None


def error_if_closed() -> ResponseReturnValue | None:
    """A portal does not open before its operator has set helplines, privacy notice and reporting duties."""
    if site().texts is None and request.blueprint == "portal" and request.endpoint != "portal.leave":
        return page("errors/closed.html", status=503)
    return None
