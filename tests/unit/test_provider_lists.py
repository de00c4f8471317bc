"""The directory as a table: out and in again without a difference; each line that is not taken is named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.export_providers import table_of
from app.casework.provider_input import (
    MOST_RUNGS,
    NOTES_LINES,
    ProviderInput,
    TypedProvider,
    TypedRung,
    read_provider,
)
from app.casework.provider_lines import COLUMNS, guarded, unguarded
from app.casework.provider_plan import Plan, plan_list
from app.domain.desk_words import Behaviour, Scope
from app.domain.notice_words import ProviderKind
from app.domain.providers import Provider
from app.places.list_files import ListRefused, read_rows

HEAD = "name,country,hosts,contacts\n"
MAIL = "content plain en abuse@one.example"
TEXT = st.text(
    st.one_of(st.sampled_from("=+-@'\"|,;\t\n\r {}%é\u202e\u2028"), st.characters(codec="utf-8")), max_size=60
)
RUNGS = st.one_of(
    st.builds(
        TypedRung,
        st.sampled_from(list(Scope)),
        st.sampled_from(["plain", "plain_xarf"]),
        st.sampled_from(["en", "fr", "ar"]),
        st.sampled_from(["abuse@one.example", "+x=@y.example", "a'b@z.example"]),
    ),
    st.builds(
        TypedRung,
        st.sampled_from(list(Scope)),
        st.just("form"),
        st.just("en"),
        st.sampled_from(["https://one.example/abuse?x=1,2;3", "https://two.example/"]),
    ),
    st.builds(TypedRung, st.sampled_from(list(Scope)), st.just("partner"), st.just("fr"), TEXT),
)
BEHAVIOURS = st.lists(st.sampled_from(list(Behaviour)), max_size=3)


@st.composite
def directories(draw: st.DrawFn) -> tuple[Provider, ...]:
    """As the form would have taken them; each is supplied by later ones at most."""
    made: list[Provider] = []
    for number in range(draw(st.integers(1, 5))):
        hosts = " ".join(f"h{number}x{n}.example" for n in range(draw(st.integers(1, 3))))
        typed = TypedProvider(
            name=draw(TEXT),
            country=draw(st.sampled_from(["CA", "fr", " NL "])),
            hosts=hosts,
            rungs=tuple(draw(st.lists(RUNGS, min_size=1, max_size=MOST_RUNGS))),
            terms_clause=draw(TEXT),
            notes=draw(TEXT),
            behaviours=tuple(draw(BEHAVIOURS)),
            kind=draw(st.sampled_from(list(ProviderKind))),
            covered=draw(st.sampled_from(["", "no", "yes"])),
            letters_per_hour=draw(st.sampled_from(["", "0", "1", "240", "10000"])),
        )
        given_, _ = read_provider(typed)
        if given_ is not None:
            made.append(Provider(id=f"{number:032}", **vars(given_)))
    for number, one in enumerate(made):
        above = draw(st.lists(st.sampled_from(made[number + 1 :]), unique=True)) if made[number + 1 :] else []
        made[number] = replace(one, upstreams=tuple(other.id for other in above))
    return tuple(made)


@given(directories())
def test_a_directory_goes_out_and_comes_back_the_same(directory: tuple[Provider, ...]) -> None:
    rows = read_rows(table_of(directory))
    again = plan_list("list", rows, directory)
    assert (again.bad, again.new, again.changed, again.unchanged) == ((), (), (), len(directory))
    anew = plan_list("list", rows, ())
    assert anew.bad == ()
    ids = dict(zip((line.after.id for line in anew.new), (one.id for one in directory), strict=True))
    found = [
        replace(line.after, id=ids[line.after.id], upstreams=tuple(ids[one] for one in line.after.upstreams))
        for line in anew.new
    ]
    assert tuple(found) == directory


@given(TEXT)
def test_no_cell_is_calculated_and_each_comes_back(cell: str) -> None:
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(cell)) == cell


def test_an_apostrophe_of_ones_own_stays() -> None:
    for cell in ("'t Hooft", "'", "''=x", "'=x", "it's"):
        assert unguarded(guarded(cell)) == cell
    assert guarded("=1+1") == "'=1+1"
    assert guarded("plain") == "plain"


def planned(*lines: str, directory: tuple[Provider, ...] = (), head: str = HEAD) -> Plan:
    return plan_list("list", read_rows((head + "\n".join(lines)).encode()), directory)


def faults(plan: Plan) -> list[tuple[int, str, str]]:
    return [(one.line, one.faults[0].field, one.faults[0].code) for one in plan.bad]


def test_bad_lines_are_named_and_good_ones_go_on() -> None:
    plan = planned(
        f"One,CA,one.example,{MAIL}",
        f",CA,two.example,{MAIL}",
        f"Three,Canada,three.example,{MAIL}",
        f"Four,CA,co.uk,{MAIL}",
        f"Five,CA,10.0.0.1,{MAIL}",
        "Six,CA,six.example,content plain en nobody",
        "Seven,CA,seven.example,content form en http://seven.example/x",
        "Eight,CA,eight.example,content pigeon en roof",
        "Nine,CA,nine.example,content plain xx a@nine.example",
        "Ten,CA,ten.example,",
        f"=Eleven,CA,eleven.example,{MAIL}",
        "Twelve,CA",
        f"One again,CA,one.example,{MAIL}",
        f"Last,CA,last.example,{MAIL}",
    )
    assert [line.after.name for line in plan.new] == ["One", "Last"]
    assert faults(plan) == [
        (3, "name", "empty"),
        (4, "country", "country"),
        (5, "suffixes", "public_suffix"),
        (6, "suffixes", "ip"),
        (7, "contacts", "mail"),
        (8, "contacts", "form"),
        (9, "contacts", "channel"),
        (10, "contacts", "language"),
        (11, "contacts", "empty"),
        (12, "line", "formula"),
        (13, "line", "columns"),
        (14, "suffixes", "host_twice"),
    ]


@pytest.mark.parametrize(
    ("head", "code"),
    [("name,country\n", "no_column"), ("name,name,country,hosts,contacts\n", "column_twice")],
)
def test_a_list_that_is_none_of_providers_is_not_taken(head: str, code: str) -> None:
    plan = planned("a,b,c,d,e"[: 2 * head.count(",") + 1], head=head)
    assert (plan.good, plan.bad[0].line, plan.bad[0].faults[0].code) == ((), 1, code)


def test_a_list_with_a_picture_is_refused_whole() -> None:
    with pytest.raises(ListRefused, match="picture"):
        planned(f'"One data:image/png;base64,{"iVBORw0KGgo" * 30}",CA,one.example,{MAIL}')


def test_columns_that_a_list_does_not_have_stay_as_they_were() -> None:
    [line] = planned(f"One,CA,one.example,{MAIL}").new
    was = replace(
        line.after, notes="by hand", terms_clause="Rule 4", behaviours=(Behaviour.REACTIVE,), upstreams=("u",)
    )
    [after] = planned(f"Uno,CA,one.example new.one.example,{MAIL}", directory=(was,)).changed
    assert after.before == was
    assert after.after == replace(was, name="Uno", suffixes=("one.example", "new.one.example"))


def test_kind_covered_and_rate_are_read_and_stay_where_the_list_does_not_name_them() -> None:
    head = "name,country,hosts,contacts,kind,covered,letters_per_hour\n"
    [line] = planned(f"One,US,one.example,{MAIL},Platform,YES,12", head=head).new
    after = line.after
    assert (after.kind, after.is_covered, after.letters_per_hour) == (ProviderKind.PLATFORM, True, 12)
    assert planned(f"One,US,one.example,{MAIL}", directory=(after,)).unchanged == 1
    [changed] = planned(f"One,US,one.example,{MAIL},search,,", directory=(after,), head=head).changed
    assert changed.after == replace(after, kind=ProviderKind.SEARCH, is_covered=False, letters_per_hour=0)


def test_a_kind_that_does_not_exist_and_a_cover_that_cannot_be_are_named() -> None:
    plan = planned(
        f"One,US,one.example,{MAIL},host,yes,",
        f"Two,US,two.example,{MAIL},,,",
        f"Three,US,three.example,{MAIL},cloud,,",
        f"Four,US,four.example,{MAIL},search,yes,",
        f"Five,US,five.example,{MAIL},supplier,yes,",
        f"Six,US,six.example,{MAIL},host,perhaps,",
        f"Seven,US,seven.example,{MAIL},host,,10001",
        f"Eight,US,eight.example,{MAIL},host,,many",
        f"Nine,US,nine.example,{MAIL},host,,²",
        head="name,country,hosts,contacts,kind,covered,letters_per_hour\n",
    )
    assert [line.after.name for line in plan.new] == ["One"]
    assert faults(plan) == [
        (3, "kind", "choose"),
        (4, "kind", "choose"),
        (5, "covered", "no_host"),
        (6, "covered", "no_host"),
        (7, "covered", "choose"),
        (8, "letters_per_hour", "number"),
        (9, "letters_per_hour", "number"),
        (10, "letters_per_hour", "number"),
    ]


def test_unknown_columns_are_named() -> None:
    plan = planned(f"One,CA,one.example,{MAIL},x", head="name,country,hosts,contacts,colour\n")
    assert (plan.unknown, len(plan.new)) == (("colour",), 1)


def test_one_line_cannot_be_about_two_providers_nor_two_lines_about_one() -> None:
    one, two = (
        line.after
        for line in planned(f"One,CA,one.example uno.example,{MAIL}", f"Two,CA,two.example,{MAIL}").new
    )
    plan = planned(
        f"Both,CA,one.example two.example,{MAIL}",
        f"One,CA,one.example,{MAIL}",
        f"Uno,CA,uno.example,{MAIL}",
        directory=(one, two),
    )
    assert faults(plan) == [(2, "suffixes", "two_providers"), (4, "suffixes", "provider_twice")]
    assert [line.after.suffixes for line in plan.changed] == [("one.example",)]


def supplied(*pairs: tuple[str, str], directory: tuple[Provider, ...] = ()) -> Plan:
    lines = [f"{name},CA,{name}.example,{MAIL},{by}" for name, by in pairs]
    return planned(*lines, directory=directory, head="name,country,hosts,contacts,upstreams\n")


def test_who_supplies_whom_may_stand_in_the_list_in_any_order() -> None:
    plan = supplied(("one", "two.example three.example"), ("two", "three.example"), ("three", ""))
    ids = {line.after.name: line.after.id for line in plan.new}
    assert plan.bad == ()
    assert plan.new[0].after.upstreams == (ids["two"], ids["three"])


def test_circles_are_refused_and_what_hangs_on_them() -> None:
    plan = supplied(
        ("one", "two.example"), ("two", "one.example"), ("self", "self.example"), ("far", "one.example")
    )
    assert sorted(faults(plan)) == [
        (2, "upstreams", "circle"),
        (3, "upstreams", "circle"),
        (4, "upstreams", "circle"),
        (5, "upstreams", "unknown_upstream"),
    ]


def test_a_circle_over_the_directory_is_one_too() -> None:
    before = [line.after for line in supplied(("one", "two.example"), ("two", "")).new]
    plan = supplied(("two", "one.example"), directory=tuple(before))
    assert faults(plan) == [(2, "upstreams", "circle")]
    turned = supplied(("two", "one.example"), ("one", ""), directory=tuple(before))
    assert (turned.bad, len(turned.changed)) == ((), 2)


def test_a_long_chain_that_hangs_on_a_bad_line_is_read_quickly() -> None:
    count = 3000
    pairs = [(f"n{number}", f"n{number + 1}.example") for number in range(count)]
    plan = supplied(*pairs)
    assert (len(plan.bad), len(plan.good)) == (count, 0)
    assert len(supplied(*pairs, (f"n{count}", "")).good) == count + 1


def test_the_same_list_makes_the_same_plan() -> None:
    lines = (f"One,CA,one.example,{MAIL}", f"Two,CA,two.example,{MAIL}")
    assert planned(*lines) == planned(*lines)


def test_limits_keep_a_provider_in_one_line_of_a_table() -> None:
    rungs = tuple(TypedRung("content", "partner", "en", "by way of " * 50) for _ in range(MOST_RUNGS))
    hosts = " ".join(f"{'host-of-' * 6}{n}.example" for n in range(120))
    notes = "\n".join("so be it " * 10 for _ in range(NOTES_LINES))
    typed = TypedProvider("name " * 40, "CA", hosts, rungs, "no. " * 500, notes)
    given_, found = read_provider(typed)
    assert found == ()
    assert isinstance(given_, ProviderInput)
    one = Provider(id="1" * 32, **vars(given_))
    assert plan_list("list", read_rows(table_of((one,))), (one,)).unchanged == 1
    too_many = replace(
        typed, rungs=(*rungs, rungs[0]), hosts=hosts + " a.example" * 60, notes="\n" * 3 + "x\n" * 50
    )
    assert {one.code for one in read_provider(too_many)[1]} == {"too_many", "lines"}


def test_the_table_names_its_columns() -> None:
    assert table_of(()).decode("utf-8-sig").splitlines() == [",".join(COLUMNS)]
