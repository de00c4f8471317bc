"""A list of providers: previewed, then taken in whole or not at all, on either database."""

import pytest

from app.casework.actors import Admin
from app.casework.add_provider import add_provider
from app.casework.change_provider import change_provider
from app.casework.errors import NotFound, Stale, SuffixTaken, SuppliedInCircle
from app.casework.export_providers import export_providers
from app.casework.import_providers import (
    MOST_SHOWN,
    ImportInput,
    ListPreview,
    import_providers,
    preview_providers,
)
from app.casework.kit import Kit
from app.casework.provider_input import ProviderInput, one_contact
from app.casework.staged_lists import ListKind, StageInput, stage_list
from app.domain.desk_words import Channel
from app.domain.providers import Provider
from app.domain.trail import HOTLINE
from app.persistence.errors import AlreadyThere
from app.persistence.providers import Providers
from app.vault.pairs import KeyPair
from tests.casework.steps import all_at_once, kinds
from tests.make import MIRA, make_known

HEAD = "name,country,hosts,contacts,upstreams\n"
NORA = Admin("9" * 32, "Nora Vale", KeyPair(b"n" * 32))


@pytest.fixture(autouse=True)
def _members(kit: Kit) -> None:
    make_known(kit, MIRA)
    make_known(kit, NORA)


def brought(kit: Kit, *lines: str, actor: Admin = MIRA, head: str = HEAD) -> ListPreview:
    raw = (head + "\n".join(lines)).encode()
    return preview_providers(kit, actor, stage_list(kit, actor, StageInput(ListKind.PROVIDERS, raw)).id)


def line(name: str, hosts: str, upstreams: str = "") -> str:
    return f"{name},NL,{hosts},content plain en abuse@{hosts.split()[0]},{upstreams}"


def directory(kit: Kit) -> dict[str, Provider]:
    with kit.database.reading() as work:
        return {one.name: one for one in work.providers.all()}


def given(host: str, *upstreams: str, name: str = "Somebody") -> ProviderInput:
    contacts = one_contact(f"abuse@{host}", "en", Channel.PLAIN)
    return ProviderInput(name, (host,), "NL", "", contacts, upstreams=upstreams)


def test_what_was_shown_is_done_in_one_go(kit: Kit) -> None:
    before = directory(kit)
    shown = brought(
        kit,
        line("Talkyard Two", "talkyard.example two.talkyard.example", "net.example"),
        line("Net", "net.example"),
        "broken,NL,broken.example,content plain en nobody,",
        "Northlight Hosting,CA,northlight.example,content plain+xarf en abuse@northlight.example,",
    )
    assert (shown.new, shown.changed, shown.unchanged, shown.bad) == (1, 1, 1, 1)
    assert [(one.line, one.name) for one in shown.new_lines] == [(3, "Net")]
    changes = {one.column: (one.old, one.new) for one in shown.changed_lines[0].changes}
    assert changes == {
        "name": ("Talkyard", "Talkyard Two"),
        "country": ("CA", "NL"),
        "hosts": ("talkyard.example", "talkyard.example two.talkyard.example"),
        "upstreams": ("", "net.example"),
    }
    assert [(one.line, one.faults[0].code) for one in shown.bad_lines] == [(4, "mail")]
    assert directory(kit) == before, "a preview changes nothing"
    assert import_providers(kit, MIRA, ImportInput(shown.list_id, shown.seen)) == (1, 1)
    after = directory(kit)
    assert set(after) == {"Talkyard Two", "Net", "Northlight Hosting"}
    assert after["Talkyard Two"].id == before["Talkyard"].id
    assert after["Talkyard Two"].upstreams == (after["Net"].id,)
    with kit.database.reading() as work:
        last, _ = work.trail.lines(HOTLINE)[-1]
    assert (last.entry.kind, last.entry.subject, last.by) == ("providers_imported", shown.list_id, MIRA.id)
    with pytest.raises(NotFound):
        import_providers(kit, MIRA, ImportInput(shown.list_id, shown.seen))


def test_the_directory_goes_out_and_in_without_a_change(kit: Kit) -> None:
    shown = brought(kit, line("=Sum(A1)", "sum.example", "talkyard.example"), line("'t Net", "net.example"))
    import_providers(kit, MIRA, ImportInput(shown.list_id, shown.seen))
    raw = export_providers(kit, MIRA)
    assert b"\n'=Sum" not in raw
    staged = stage_list(kit, MIRA, StageInput(ListKind.PROVIDERS, raw))
    again = preview_providers(kit, MIRA, staged.id)
    assert (again.new, again.changed, again.unchanged, again.bad) == (0, 0, len(directory(kit)), 0)
    assert not again.does_something


def test_who_changed_the_directory_meanwhile_is_not_overwritten(kit: Kit) -> None:
    shown = brought(kit, line("Net", "net.example"))
    add_provider(kit, NORA, given("other.example"))
    before = directory(kit)
    with pytest.raises(Stale):
        import_providers(kit, MIRA, ImportInput(shown.list_id, shown.seen))
    assert directory(kit) == before
    newer = preview_providers(kit, MIRA, shown.list_id)
    assert newer.seen != shown.seen
    assert import_providers(kit, MIRA, ImportInput(shown.list_id, newer.seen)) == (1, 0)


def test_a_list_belongs_to_who_brought_it(kit: Kit) -> None:
    shown = brought(kit, line("Net", "net.example"))
    for act in (
        lambda: preview_providers(kit, NORA, shown.list_id),
        lambda: import_providers(kit, NORA, ImportInput(shown.list_id, shown.seen)),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_list_of_another_kind_is_none_of_providers(kit: Kit) -> None:
    staged = stage_list(
        kit, MIRA, StageInput(ListKind.FINDINGS, (HEAD + line("Net", "net.example")).encode())
    )
    with pytest.raises(NotFound):
        preview_providers(kit, MIRA, staged.id)


def test_a_fault_half_way_leaves_everything_as_it_was(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = brought(kit, line("Net", "net.example"), line("Talkyard Two", "talkyard.example", "net.example"))
    before = directory(kit)

    def fail(*_given: object) -> None:
        raise AlreadyThere

    monkeypatch.setattr(Providers, "save", fail)
    with pytest.raises(Stale):
        import_providers(kit, MIRA, ImportInput(shown.list_id, shown.seen))
    monkeypatch.undo()
    assert directory(kit) == before
    assert import_providers(kit, MIRA, ImportInput(shown.list_id, shown.seen)) == (1, 1)


def test_the_same_list_confirmed_twice_at_once_is_done_once(kit: Kit) -> None:
    shown = brought(kit, *(line(f"Net {number}", f"net{number}.example") for number in range(20)))
    confirm = ImportInput(shown.list_id, shown.seen)
    came_of = all_at_once(*(lambda: import_providers(kit, MIRA, confirm) for _ in range(3)))
    assert kinds(came_of).count("tuple") == 1
    assert set(kinds(came_of)) <= {"tuple", "Stale", "NotFound"}
    assert len(directory(kit)) == 22


def test_a_long_list_is_shown_in_part_and_counted_whole(kit: Kit) -> None:
    count = MOST_SHOWN + 50
    good = [line(f"Net {number}", f"net{number}.example") for number in range(count)]
    bad = [f"Bad,NL,bad{number}.example,content plain en nobody," for number in range(count)]
    shown = brought(kit, *good, *bad, "odd", line("Net again", "net1.example"))
    assert (shown.new, shown.bad) == (count, count + 2)
    assert (len(shown.new_lines), len(shown.bad_lines)) == (MOST_SHOWN, MOST_SHOWN)
    first = 2 + count + MOST_SHOWN
    assert shown.other_bad == f"{first}–{2 * count + 3}"


def test_nobody_is_supplied_in_a_circle_or_by_nobody(kit: Kit) -> None:
    one = add_provider(kit, MIRA, given("one.example"))
    two = add_provider(kit, MIRA, given("two.example", one))
    three = add_provider(kit, MIRA, given("three.example", two, one))
    for upstream in (one, two, three):
        with pytest.raises(SuppliedInCircle):
            change_provider(kit, MIRA, one, given("one.example", upstream))
    with pytest.raises(NotFound):
        change_provider(kit, MIRA, one, given("one.example", "0" * 32))
    with pytest.raises(SuffixTaken):
        change_provider(kit, MIRA, one, given("two.example"))
    with pytest.raises(NotFound):
        change_provider(kit, MIRA, "0" * 32, given("zero.example"))


def test_two_who_want_the_same_host_at_once_get_one_answer_each(kit: Kit) -> None:
    came_of = all_at_once(*(lambda: add_provider(kit, MIRA, given("both.example")) for _ in range(4)))
    assert kinds(came_of).count("str") == 1
    assert len([one for one in directory(kit).values() if one.suffixes == ("both.example",)]) == 1


def test_of_two_who_close_a_circle_at_once_one_is_refused(kit: Kit) -> None:
    one, two = (add_provider(kit, MIRA, given(f"{name}.example", name=name)) for name in ("one", "two"))
    came_of = all_at_once(
        lambda: change_provider(kit, MIRA, one, given("one.example", two)),
        lambda: change_provider(kit, NORA, two, given("two.example", one)),
    )
    assert kinds(came_of) == ["NoneType", "SuppliedInCircle"]


def test_pages_of_a_large_directory_go_on_where_they_ended(kit: Kit) -> None:
    lines = [line("Same name", f"net{number}.example") for number in range(700)]
    shown = brought(kit, *lines)
    import_providers(kit, MIRA, ImportInput(shown.list_id, shown.seen))
    with kit.database.reading() as work:
        everybody, after = work.providers.all(), ""
        found: list[Provider] = []
        while page := work.providers.page(after, 150):
            found += page
            after = page[-1].id
        assert tuple(found) == everybody
        assert work.providers.count() == len(everybody) == 702
        assert set(work.providers.of_ids(one.id for one in everybody)) == set(everybody)
        owners = work.providers.owners_of(f"net{number}.example" for number in range(800))
        assert len(owners) == 700
