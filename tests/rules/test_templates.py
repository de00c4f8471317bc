"""Every template compiles, belongs to a layout, speaks through gettext, and brings nothing along."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from app.web.glue import add_to_templates
from tests.rules.sources import APP

TEMPLATES = APP / "web" / "templates"
STATIC = APP / "web" / "static"
NAMES = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html"))
LAYOUT = "layout.html"
TAKES_LISTS = re.compile(
    r"""action="{{ url_for\('(?:desk.own_motion|desk.bring_findings|admin.provider_list)'[^}]*\) }}" """
    r"""enctype="multipart/form-data\""""
)
TAKES_A_PDF = """action="{{ url_for('portal.proof_document') }}" enctype="multipart/form-data\""""
ALONE = "errors/elsewhere.html"  # what lies behind the way out, in the demonstration: nothing of this site
WHOLE = '<html lang="{{ locale.code }}" dir="{{ locale.direction }}">'
GETTEXT = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
READ_ALOUD = {"alt", "title", "aria-label", "placeholder", "label", "data-label"}
GAP = " ¤ "


def source(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def bare(text: str) -> str:
    """The HTML of a template: comments and translated blocks gone, a gap for all that Jinja fills in."""
    text = re.sub(r"{#.*?#}", "", text, flags=re.DOTALL)
    text = re.sub(r"{% block \w+_class %}.*?{% endblock %}", "", text)  # it stands within an attribute
    text = re.sub(r"{%-? *trans\b.*?endtrans *-?%}", GAP, text, flags=re.DOTALL)
    text = re.sub(r"{{.*?}}", GAP, text, flags=re.DOTALL)
    return re.sub(r"{%.*?%}", "", text, flags=re.DOTALL)


class Seen(HTMLParser):
    """Tags with their attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def has_letters(text: str) -> bool:
    return any(char.isalpha() for char in re.sub(r"&\w+;", "", text))


def loose_words(text: str) -> list[str]:
    """What a person would read that no translator ever saw."""
    seen = Seen(bare(text))
    # A macro may write attributes alone, for a tag that stands elsewhere.
    found = [re.sub(r'[\w-]+="[^"]*"', "", words).strip() for words in seen.words]
    found += [value for _, has in seen.tags for name, value in has.items() if name in READ_ALOUD]
    return [words for words in found if has_letters(words)]


def untranslated_literals(tree: nodes.Node) -> Iterator[str]:
    """Sentences that are handed on inside Jinja without passing gettext."""
    if isinstance(tree, nodes.Call) and isinstance(tree.node, nodes.Name) and tree.node.name in GETTEXT:
        return
    if isinstance(tree, nodes.Const) and isinstance(tree.value, str):
        if " " in tree.value.strip() and has_letters(tree.value):
            yield tree.value
        return
    for below in tree.iter_child_nodes():
        yield from untranslated_literals(below)


def active(text: str) -> list[str]:
    """Script and style that stands in a page, which the content security policy forbids."""
    found = []
    for tag, has in Seen(bare(text)).tags:
        if tag in ("script", "style", "iframe", "object", "embed", "base", "audio", "video", "canvas"):
            found.append(f"<{tag}>")
        found += [
            f"{tag} {name}" for name in has if name.startswith("on") or name in ("style", "srcdoc", "ping")
        ]
    return found


def foreign(text: str) -> list[str]:
    """References to anything that is not of this site."""
    text = text.replace("http://www.w3.org/2000/svg", "")  # a name, never fetched
    text = re.sub(r"{#.*?#}|/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.findall(r"https?:|[\"'(=]\s*//|@import|\bdata:|\bjavascript:", text)


def forms_of(text: str) -> list[str]:
    return re.findall(r"<form\b.*?</form>", text, flags=re.DOTALL)


SETS_TOKEN = "{% set token = csrf_field() %}"


def bad_forms(text: str) -> list[str]:
    """A form that sends by GET puts words into an address; one without a token is refused."""
    found = []
    for form in forms_of(text):
        tag = form.partition(">")[0]
        if 'method="post"' not in tag or re.search(
            r"enctype|target=", TAKES_LISTS.sub("", tag.replace(TAKES_A_PDF, ""))
        ):
            found.append(tag)
        # A page with many forms asks for its token once.
        token = "token" if SETS_TOKEN in text else r"csrf_field\(\)"
        if not re.search(rf"^<form\b[^>]*>\s*{{{{ {token} }}}}", form):
            found.append(f"{tag}: csrf_field() is missing, or not first")
    return found


@pytest.fixture(scope="module")
def jinja() -> Environment:
    app = Flask("app.web", template_folder="templates")
    add_to_templates(app)
    return app.jinja_env


def parents(jinja: Environment, name: str) -> list[str]:
    """The layouts a template extends, nearest first."""
    found = [one.template for one in jinja.parse(source(name)).find_all(nodes.Extends)]
    if not found:
        return []
    assert isinstance(found[0], nodes.Const), f"{name} extends what only a run can tell"
    return [found[0].value, *parents(jinja, found[0].value)]


def used_by_others(jinja: Environment) -> set[str]:
    used: list[nodes.Expr] = []
    for name in NAMES:
        tree = jinja.parse(source(name))
        used += [one.template for one in tree.find_all(nodes.Include)]
        used += [one.template for one in tree.find_all(nodes.Import)]
        used += [one.template for one in tree.find_all(nodes.FromImport)]
    return {one.value for one in used if isinstance(one, nodes.Const)}


def block_text(jinja: Environment, name: str, block: str) -> str:
    """What stands in a block of one template, without what it inherits."""
    if not any(one.name == block for one in jinja.parse(source(name)).find_all(nodes.Block)):
        return ""
    found = re.search(rf"{{% block {block} %}}(.*?){{% endblock %}}", source(name), flags=re.DOTALL)
    return found[1].strip() if found else ""


def test_there_are_templates() -> None:
    assert len(NAMES) > 20
    assert LAYOUT in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(jinja: Environment, name: str) -> None:
    jinja.get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_template_is_a_page_of_a_layout_or_a_part(jinja: Environment, name: str) -> None:
    above = parents(jinja, name)
    if above:
        assert above[-1] == LAYOUT
    elif name not in (LAYOUT, ALONE):
        assert name in used_by_others(jinja), "a part that no page uses"


@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_a_title(jinja: Environment, name: str) -> None:
    above = parents(jinja, name)
    if not above or any(name in parents(jinja, other) for other in NAMES):
        return  # a part, or a layout of others
    own = [block_text(jinja, one, kind) for one in (name, *above[:-1]) for kind in ("title", "full_title")]
    assert any("{{" in text for text in own), "its title is empty"


def test_every_page_says_in_which_language_it_speaks() -> None:
    assert [name for name in NAMES if "<html" in source(name)] == sorted([LAYOUT, ALONE])
    assert WHOLE in source(LAYOUT)
    assert WHOLE in source(ALONE)
    assert "<title>{{" in source(ALONE)


@pytest.mark.parametrize("name", NAMES)
def test_no_template_holds_script_or_style(name: str) -> None:
    assert active(source(name)) == []


def test_the_two_scripts_come_from_one_place() -> None:
    # app/web/assets.py writes their tags and lets that answer's policy allow them; nothing else does.
    scripts = {file.name for file in STATIC.iterdir() if file.suffix in (".js", ".mjs")}
    assert scripts == {"leave.js", "passkey.js"}
    writing = [file.name for file in APP.rglob("*.py") if "<script" in file.read_text("utf-8")]
    assert writing == ["assets.py"]
    assert [name for name in NAMES if re.search(r"\w\.js\b", source(name))] == []
    assert [name for name in NAMES if "leave_script" in source(name)] == [LAYOUT]


@pytest.mark.parametrize("name", NAMES)
def test_every_form_is_posted_with_its_token(name: str) -> None:
    assert bad_forms(source(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_word_can_be_translated(jinja: Environment, name: str) -> None:
    assert loose_words(source(name)) == []
    assert list(untranslated_literals(jinja.parse(source(name)))) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_template_marks_text_as_safe(name: str) -> None:
    assert re.findall(r"\|\s*safe\b|autoescape\s+false|Markup\(", source(name)) == []


@pytest.mark.parametrize(
    "file", [*(TEMPLATES / name for name in NAMES), *sorted(STATIC.iterdir())], ids=lambda file: file.name
)
def test_nothing_is_fetched_from_elsewhere(file: Path) -> None:
    assert foreign(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (loose_words, "<p>Hello</p>"),
        (loose_words, "<p>{{ name }}, hello</p>"),
        (loose_words, '<img alt="a house">'),
        (loose_words, '<nav aria-label="Help">'),
        (active, '<p style="color:red">'),
        (active, '<a {% if x %}onclick="x()"{% endif %}>'),
        (active, "<script>x</script>"),
        (foreign, '<img src="//site.example/x.png">'),
        (foreign, '<a href="https://site.example/">'),
        (foreign, "p { background: url( '//site.example/x') }"),
        (bad_forms, '<form method="post"><button></form>'),
        (bad_forms, "<form>{{ csrf_field() }}</form>"),
        (bad_forms, '<form method="get">{{ csrf_field() }}</form>'),
    ],
)
def test_each_rule_sees_its_fault(rule: object, fault: str) -> None:
    assert callable(rule)
    assert rule(fault)


def test_the_rule_sees_a_sentence_inside_jinja(jinja: Environment) -> None:
    assert list(untranslated_literals(jinja.parse("{{ note('Please wait') }}"))) == ["Please wait"]
    assert list(untranslated_literals(jinja.parse("{{ note(_('Please wait')) }}"))) == []
