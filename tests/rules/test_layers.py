"""Imports go one way, and each library has its place."""

import ast
import sys
from itertools import pairwise

import pytest

from tests.rules.sources import APP, Import, app_imports, imports_of

# From the top floor to the ground. A part imports from the floors below it, and from itself.
FLOORS = (
    {"wiring"},
    {"cli", "demo", "commands"},
    {"web", "jobs"},
    {"casework", "reads"},
    {"persistence", "outbound", "i18n"},
    {"vault", "places"},
    {"domain"},
)
# On one floor, only this way: a screen asks what a verb would, and a mail is made of a letter.
BESIDE = {("cli", "demo"), ("cli", "commands"), ("reads", "casework"), ("outbound", "i18n")}
# Known by those above, and knowing nothing themselves (settings hold a Hotline of the domain).
LEAVES = {
    "settings": {"wiring", "cli", "demo", "commands", "web", "jobs", "casework", "reads"},
    "setting_values": {"settings", "wiring", "commands", "web", "casework"},
    "log": {"wiring", "cli", "demo", "web", "jobs"},
}
LEAF_MAY_IMPORT = {"settings": {"domain", "setting_values"}, "setting_values": set[str](), "log": set[str]()}
AREAS = ("portal", "desk", "admin", "audit", "provider")
# A view parses, makes one call and renders: it has no business in the rooms behind the verbs.
BEHIND_THE_VERBS = {"persistence", "vault", "outbound"}
LIBRARIES = {
    "flask": {"web", "wiring", "cli"},
    "flask_login": {"web"},
    "flask_wtf": {"web"},
    "wtforms": {"web"},
    "werkzeug": {"web"},
    "markupsafe": {"web"},
    "jinja2": {"web"},
    "sqlalchemy": {"persistence", "reads"},
    "alembic": {"persistence"},
    "sqlcipher3": {"persistence"},
    "psycopg": {"persistence"},
    "cryptography": {"vault"},
    "shamir_mnemonic": {"vault"},
    "webauthn": {"vault"},
    "segno": {"web"},
    "smtplib": {"outbound"},
    "email": {"outbound", "casework"},
    "imaplib": {"outbound"},
    "mailbox": {"outbound", "demo"},
    "xarf": {"outbound"},
    "pypdf": {"outbound"},
    "babel": {"i18n"},
    "gettext": {"i18n"},
    "ada_url": {"places"},
    "publicsuffixlist": {"places"},
    "environs": {"settings"},
    "structlog": {"log"},
    "logging": {"log"},
    "click": {"cli", "commands", "demo"},
    "aiosmtpd": {"demo"},
}
# Nothing here fetches: a reported host is never contacted.
NEVER = {"requests", "httpx", "aiohttp", "urllib3", "ftplib", "webbrowser", "importlib", "pickle", "marshal"}
FLOOR_OF = {part: number for number, floor in enumerate(FLOORS) for part in floor}


def part_of(module: str) -> str:
    return module.split(".")[0]


def area_of(module: str) -> str | None:
    names = module.split(".")
    return names[1] if names[0] == "web" and len(names) > 1 and names[1] in AREAS else None


def is_allowed(own: Import) -> bool:
    """Whether one part of the app may import another."""
    part, other = part_of(own.module), own.part
    if part == other:
        return True
    if part in LEAVES:
        return other in LEAF_MAY_IMPORT[part]
    if other in LEAVES:
        return part in LEAVES[other]
    return FLOOR_OF[part] < FLOOR_OF[other] or (part, other) in BESIDE


def is_between_areas(one: Import) -> bool:
    area = area_of(one.module)
    return one.is_own and area is not None and area_of(one.target.removeprefix("app.")) not in (None, area)


def test_every_part_of_the_app_has_its_floor() -> None:
    files = [place for place in APP.iterdir() if place.suffix == ".py" or (place / "__init__.py").exists()]
    parts = {place.stem for place in files}
    assert parts - {"__init__"} == {*FLOOR_OF, *LEAVES}


def test_imports_go_one_way() -> None:
    assert [str(one) for one in app_imports() if one.is_own and not is_allowed(one)] == []


def test_portal_desk_admin_audit_and_provider_pages_never_import_one_another() -> None:
    assert [str(one) for one in app_imports() if is_between_areas(one)] == []


def test_pages_reach_keys_and_rows_through_verbs_and_reads_only() -> None:
    views = [one for one in app_imports() if one.is_own and area_of(one.module)]
    assert views
    assert [str(one) for one in views if one.part in BEHIND_THE_VERBS] == []


@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_each_library_stays_in_its_part(library: str) -> None:
    found = [one for one in app_imports() if not one.is_own and one.part == library]
    assert [str(one) for one in found if part_of(one.module) not in LIBRARIES[library]] == []


def test_nothing_imports_what_fetches_or_loads_code() -> None:
    assert [str(one) for one in app_imports() if not one.is_own and one.part in NEVER] == []
    assert [str(one) for one in app_imports() if one.target.startswith("urllib.request")] == []


def test_the_domain_needs_python_alone() -> None:
    outside = [one for one in app_imports() if part_of(one.module) == "domain" and not one.is_own]
    assert outside
    assert [str(one) for one in outside if one.part not in sys.stdlib_module_names] == []


def test_importing_the_app_loads_nothing() -> None:
    assert (APP / "__init__.py").read_text() == ""


def test_the_app_knows_nothing_of_its_tests_and_migrations() -> None:
    assert [str(one) for one in app_imports() if one.part in ("tests", "migrations")] == []
    assert [str(one) for one in app_imports() if one.target.startswith(".")] == []


def test_an_import_inside_a_function_says_why() -> None:
    assert [str(one) for one in app_imports() if one.is_inside and not one.is_explained] == []


def test_no_import_hides_in_a_call() -> None:
    hidden = [
        f"{file}:{node.lineno}"
        for file in APP.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Name) and node.id in ("__import__", "exec", "eval")
    ]
    assert hidden == []


def test_the_rule_itself_knows_up_from_down() -> None:
    for above, below in pairwise(sorted(floor)[0] for floor in FLOORS):
        down, up = (
            next(imports_of(f"{a}.x", f"from app.{b} import y")) for a, b in ((above, below), (below, above))
        )
        assert is_allowed(down), down
        assert not is_allowed(up), up
