"""Whoever stepped back from a case gets nothing of it: by no route, and by no verb."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.make import ADA
from tests.rules.people import PEOPLE, World, make_world
from tests.rules.route_forms import forms_of
from tests.rules.routes import TABLE, answers
from tests.rules.sources import APP
from tests.rules.test_who_gets_in import MAY_SEE, path_of

OF_A_CASE = (
    "<request_id>",
    "<letter_id>",
    "<referral_id>",
    "<proof_id>",
    "<claim_id>",
    "<mail_id>",
    "<notice_id>",
)
ROUTES = [
    route
    for route in TABLE
    if " /desk/" in route
    and any(one in route for one in OF_A_CASE)
    and answers(route)[PEOPLE.index("caseworker")] != "no"
]
OPENS = {"open_case_keys", "open_with", "open_record_with", "load_even_forgotten"}
REFUSES = {"load_for", "refuse_recused", "is_recused", "is_recused_from"}
# What opens keys, and no case for anybody to read.
OPEN_NO_CASE = {
    "import_own_motion": "a list of one's own, of which cases are made",
    "reseal_to_team": "keys of all cases are sealed anew, nothing is shown",
    "rotate_team_key": "the same",
    "switch_team_key": "the same",
    "sweep_series": "what is left of series whose requests are gone",
    "unlock_courier": "the courier's key",
    "write_courier_key": "the courier's key",
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, dict[str, dict[str, str]]]]:
    """Ada stepped back from every case, also from those she still holds; and the forms she has open."""
    world = make_world(tmp_path_factory.mktemp("recused"))
    forms = forms_of(world)
    with world.kit.database.writing() as work:
        for filed in world.cases.values():
            work.stepped_aside.recuse(filed.request_id, ADA.id)
        work.commit()
    world.keep()
    yield world, forms
    world.kit.database.engine.dispose()


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_shows_or_changes_a_case_for_who_stepped_back(
    everything: tuple[World, dict[str, dict[str, str]]], route: str
) -> None:
    world, forms = everything
    world.restore()
    path, before = path_of(world, route, "caseworker"), world.written()
    answer = world.ask("caseworker", route.partition(" ")[0], path, urlencode(forms.get(route, {})))
    assert answer.status_code == 403
    assert world.written() == before
    assert {mark for mark in MAY_SEE if mark in answer.text} == set()


def test_no_list_names_a_case_for_who_stepped_back(
    everything: tuple[World, dict[str, dict[str, str]]],
) -> None:
    world, _forms = everything
    world.restore()
    lists = [route for route in TABLE if route.startswith("GET /desk/") and "<" not in route]
    assert "GET /desk/not-requests" in lists
    pages = {route: world.ask("caseworker", "GET", route.partition(" ")[2]).text for route in lists}
    for which in ("free", "mine", "due", "open"):
        pages[which] = world.ask("caseworker", "GET", f"/desk/?which={which}").text
    shown = {
        (route, name)
        for route, page in pages.items()
        for name, filed in world.cases.items()
        if filed.request_id in page
    }
    assert shown == set()


@cache
def _functions() -> dict[tuple[str, str], ast.FunctionDef]:
    """Every function of the verbs, by module and name."""
    files = sorted((APP / "casework").glob("*.py")) + sorted((APP / "reads").glob("*.py"))
    return {
        (file.stem, node.name): node
        for file in files
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


@cache
def _imported(module: str) -> dict[str, tuple[str, str]]:
    """What a module calls a function of another verb's module."""
    file = next(one for one in _files() if one.stem == module)
    found: dict[str, tuple[str, str]] = {}
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("app.casework", "app.reads")):
            stem = (node.module or "").rpartition(".")[2]
            found |= {one.asname or one.name: (stem, one.name) for one in node.names}
    return found


def _files() -> list[Path]:
    return sorted((APP / "casework").glob("*.py")) + sorted((APP / "reads").glob("*.py"))


def _reached(start: tuple[str, str]) -> set[str]:
    """Names of all that is called on the way, through every function of the verbs."""
    names, seen, left = set(), set(), [start]
    while left:
        here = left.pop()
        if here in seen or here not in _functions():
            continue
        seen.add(here)
        for node in ast.walk(_functions()[here]):
            if isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node, ast.Name):
                names.add(node.id)
                left += [(here[0], node.id), _imported(here[0]).get(node.id, ("", ""))]
    return names


def _takes_a_caseworker(function: ast.FunctionDef) -> bool:
    first = [one for one in function.args.args if one.arg == "actor" and one.annotation is not None]
    return any("Caseworker" in ast.unparse(one.annotation) for one in first if one.annotation)


def verbs_that_open() -> list[tuple[str, str]]:
    """Whatever a caseworker calls that opens keys of a case, on whatever way."""
    return sorted(
        place
        for place, function in _functions().items()
        if not function.name.startswith("_")
        and function.args.args[:1]
        and function.args.args[0].arg == "kit"
        and _takes_a_caseworker(function)
        and _reached(place) & OPENS
    )


def test_every_verb_that_opens_a_case_refuses_who_stepped_back() -> None:
    found = verbs_that_open()
    assert {("open_case", "open_case"), ("open_proof", "open_proof"), ("assess", "assess")} <= set(found)
    assert {place[0] for place in found if not _reached(place) & REFUSES} == set(OPEN_NO_CASE)
