"""Reading lists: what some program wrote, however broken, line by line."""

import json
from base64 import b64encode
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.glance import is_plainly_address, read_one
from app.places.list_files import LineProblem, ListRefused, ListRow, is_formula, read_rows
from app.places.reading import Place, read_places

A, B = "https://a.example/1", "https://b.example/2"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010800000000")


def cells(raw: bytes) -> list[tuple[str, ...]]:
    return [row.values for row in read_rows(raw).rows]


def faults(raw: bytes) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in read_rows(raw).problems]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_list_is_read_whatever_wrote_it(delimiter: str, end: str, encoding: str) -> None:
    lines = [f"URL{delimiter}Label", f'{A}{delimiter}"one{delimiter} of them"', f"{B}{delimiter}é"]
    found = read_rows(end.join([*lines, ""]).encode(encoding))
    assert found.header == ("URL", "Label")
    assert found.rows == (ListRow(2, (A, f"one{delimiter} of them")), ListRow(3, (B, "é")))
    assert found.problems == ()
    assert (found.column("label"), found.column("reference", "url"), found.column("x")) == (1, 0, None)


def test_a_list_without_names_has_no_header_and_its_lines_are_not_cut() -> None:
    found = read_rows(f"{A}?x=1,2;3\n\n{B}\n".encode())
    assert found.header == ()
    assert found.rows == (ListRow(1, (f"{A}?x=1,2;3",)), ListRow(3, (B,)))
    assert cells(f"{A}\tone\n{B}\ttwo\n".encode()) == [(A, "one"), (B, "two")]


def test_a_cell_in_quotes_may_go_over_lines_and_the_numbers_stay_right() -> None:
    found = read_rows(f'url,note\n{A},"one\ntwo ""2"""\n{B},three\n'.encode())
    assert found.rows == (ListRow(2, (A, 'one\ntwo "2"')), ListRow(4, (B, "three")))


def test_each_bad_line_is_named_and_the_good_ones_go_on() -> None:
    raw = b"\r\n".join(
        (
            b"url,label",
            b"https://a.example/1,good",
            "https://a.example/2,é".encode("latin-1"),
            b'https://a.example/3,"never closed',
            b"https://a.example/4,a,b",
            b"https://a.example/5",
            b"https://a.example/6,a\x00b",
            b"https://a.example/7," + b"word " * 2000,
            b"=HYPERLINK(1),x",
            b"https://a.example/8,@SUM(1)",
            b"https://a.example/9,good,",
        )
    )
    found = read_rows(raw)
    assert [row.line for row in found.rows] == [2, 11]
    assert [(one.line, one.code) for one in found.problems] == [
        (3, "encoding"),
        (4, "quoting"),
        (5, "columns"),
        (6, "columns"),
        (7, "nul"),
        (8, "too_long"),
        (9, "formula"),
        (10, "formula"),
    ]


def test_bytes_of_another_encoding_in_the_middle_spoil_their_lines_only() -> None:
    raw = f"{A}\n".encode() + f"{B}\n".encode("utf-16-le") + b"https://c.example/3\n"
    found = read_rows(raw)
    assert [row.line for row in found.rows] == [1]
    assert {one.code for one in found.problems} == {"nul"}
    raw = b"\xff\xfe" + f"{A}\n{B}\n".encode("utf-16-le") + b"x"
    assert (cells(raw), faults(raw)) == ([(A,), (B,)], [(3, "encoding")])


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [
        ("=1+1", True),
        ("@SUM(1)", True),
        ("+SUM(1)", True),
        ("-2+3+cmd|' /C x'!A0", True),
        ("\tx", True),
        ("\rx", True),
        ("=" + A, True),
        ("- " + A, False),
        ("+49 (0)30 12", False),
        ("-", False),
        ("a=b", False),
        ("", False),
    ],
)
def test_formulas_are_told_from_bullets_and_numbers(cell: str, is_one: bool) -> None:
    assert is_formula(cell) is is_one


def test_a_line_without_an_end_and_far_too_many_lines_do_not_stop_the_reading() -> None:
    assert faults(f"{A}\n".encode() + b"a word " * 30_000 + b"\n" + B.encode()) == [(2, "too_long")]
    many = read_rows(b"\n".join(b"https://a.example/%d" % number for number in range(200_010)))
    assert len(many.rows) == 200_000
    assert many.problems == (LineProblem(200_001, "too_many"),)


def test_json_is_read_as_a_list_of_addresses_or_of_objects() -> None:
    assert cells(json.dumps([A, B]).encode()) == [(A,), (B,)]
    found = read_rows(json.dumps([{"url": A}, {"label": "x", "url": B, "n": 1}, "x", {"url": [A]}]).encode())
    assert (found.header, found.is_json) == (("url", "label", "n"), True)
    assert found.rows == (ListRow(1, (A, "", "")), ListRow(2, (B, "x", "1")))
    assert found.problems == (LineProblem(3, "value"), LineProblem(4, "value"))
    assert cells(json.dumps({"made": 1, "urls": [A]}).encode("utf-16")) == [(A,)]


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b'[\n "https://a.example/1",\n oops\n]', 3),
        (b'["https://a.example/1"', 1),
        (b"[" * 100_000, 1),
        (b'{"a":\n nul}', 2),
        ('["é"]'.encode("latin-1"), 0),
    ],
)
def test_broken_json_is_one_problem_with_its_line(raw: bytes, line: int) -> None:
    found = read_rows(raw)
    assert found.rows == ()
    [problem] = found.problems
    assert problem == (LineProblem(line, "json") if line else LineProblem(1, "encoding"))


@pytest.mark.parametrize("raw", [b"", b" \n\n", b"\xef\xbb\xbf", "\n".encode("utf-16")])
def test_nothing_is_refused(raw: bytes) -> None:
    with pytest.raises(ListRefused) as refused:
        read_rows(raw)
    assert refused.value.code == "empty"


@pytest.mark.parametrize(
    "raw",
    [
        PNG + Random(1).randbytes(400),
        b"\xff\xd8\xff\xe0" + Random(2).randbytes(400),
        b"PK\x03\x04" + Random(3).randbytes(400),
        b"%PDF-1.7 text",
        f"url,label\n{A},data:image/png;base64,{b64encode(PNG * 4).decode()}\n".encode(),
        json.dumps([A, b64encode(PNG + Random(4).randbytes(900)).decode()]).encode(),
        json.dumps(
            [{"url": A, "deep": {"er": [b64encode(PNG + Random(5).randbytes(90)).decode()]}}]
        ).encode(),
        b"%b\n" % A.encode() + PNG + Random(6).randbytes(400),
        f"{A}\n".encode("utf-16") + PNG.hex().encode("utf-16-le"),
        f"https://a.example/{PNG.hex()}{'0' * 60}\n".encode(),
    ],
    ids=["png", "jpeg", "zip", "pdf", "data", "base64", "deep", "later", "hex", "in a path"],
)
def test_a_picture_refuses_the_whole_list(raw: bytes) -> None:
    with pytest.raises(ListRefused) as refused:
        read_rows(raw)
    assert refused.value.code == "picture"


def test_nothing_that_shows_a_list_shows_what_is_in_it() -> None:
    found = read_rows(f"url\n{A}\n".encode())
    assert A not in repr((found, found.rows, found.problems))


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_whatever_comes_is_read_or_refused(raw: bytes) -> None:
    try:
        found = read_rows(raw)
    except ListRefused:
        return
    width = len(found.header) or (len(found.rows[0].values) if found.rows else 1)
    assert all(len(row.values) == width for row in found.rows)


PATHS = st.text(alphabet="abcXYZ019/._-~?=&%+ ", max_size=40)
HOSTS = st.sampled_from(["a.example", "b-c.a.example", "a..example", "localhost", "printer.local", "x.test"])


@given(
    st.sampled_from(["https://", "http://", "hxxps://", ""]),
    HOSTS,
    st.sampled_from(["/", ":8443/", ""]),
    PATHS,
)
def test_what_is_read_at_a_glance_is_read_as_everywhere_else(
    scheme: str, host: str, mark: str, path: str
) -> None:
    typed = scheme + host + mark + path
    if not is_plainly_address(typed):
        return
    found = read_places(typed)
    read = read_one(typed)
    if isinstance(read, Place):
        assert found.places == (read,)
        assert found.problems == ()
    else:
        assert [one.code for one in found.problems] == [read]
