"""The translators' catalogues, translations/<locale>/messages.po: read, and kept in step with app/.

A language in which providers are written to, and which the site does not speak, has translations/<locale>/
provider.po instead: the texts of the pages that a notice leads to, and nothing else.

For translators and for `make translations`:

    python -m app.i18n.catalogues          brings every catalogue up to date with the texts in app/
    python -m app.i18n.catalogues --check  changes nothing; ends with 1 where a catalogue is behind

pybabel is not used because Babel drops every header it does not know whenever it rewrites a file:
the name of the native speaker who reviewed a catalogue (X-Reviewed-By) would vanish at each update.
"""

import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileParser, write_po

PROJECT = Path(__file__).parents[2]
TRANSLATIONS = PROJECT / "translations"
SITE, PROVIDER = "messages.po", "provider.po"
PROVIDER_PAGES = (
    "app/web/provider/",
    "app/web/templates/provider/",
    "app/web/templates/layout.html",
    "app/web/templates/parts/again.html",
    "app/web/templates/parts/fields.html",
    "app/web/templates/parts/problems.html",
    "app/web/errors.py",
    "app/web/forms.py",
    "app/i18n/provider_words.py",
)
"""Where a provider's pages have their texts from: what is translated for providers alone stands in these."""
_BORROWED = frozenset({"Phone: %(number)s"})
"""Of parts/boxes.html, which is for everybody else."""
_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
# silent=false: a template that does not parse stops the extraction rather than losing its texts.
_OPTIONS = {"**/templates/**": {"newstyle_gettext": "true", "silent": "false", "encoding": "utf-8"}}
_REVIEWER = "X-Reviewed-By"
# Headers that change with every run or hold only Babel's own placeholders say nothing to anybody.
_NOISY = ("POT-Creation-Date", "Generated-By")
_UNFILLED = ("EMAIL@ADDRESS", "LL@li.org", "YEAR-MO-DA")


class Catalogue(Catalog):
    """A Babel catalogue that knows who reviewed it: None until a native speaker has."""

    reviewed_by: str | None = None

    def _read_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        known = list(headers)
        self._set_mime_headers(known)
        for name, value in known:
            if name.lower() == _REVIEWER.lower():
                self.reviewed_by = value.strip() or None

    def _written_headers(self) -> list[tuple[str, str]]:
        kept = [
            (name, value)
            for name, value in self._get_mime_headers()
            if name not in _NOISY and not any(mark in value for mark in _UNFILLED)
        ]
        # The closing line break is Babel's own: it ends the header entry.
        return [*kept, (_REVIEWER, (self.reviewed_by or "") + "\n")]

    mime_headers = property(_written_headers, _read_headers)


def read_catalogue(file: Path, code: str) -> Catalogue:
    """The catalogue in `file`. Raises Babel's PoFileError where it is broken: half a language is none."""
    catalogue = _empty(code)
    with file.open("rb") as lines:
        PoFileParser(catalogue, abort_invalid=True).parse(lines)
    return catalogue


def extract() -> Catalog:
    """Every text in app/ that people read, from Python and templates, in the order of the files."""
    found = Catalog(project="Heard", version="1", charset="utf-8", fuzzy=False)
    texts = extract_from_dir(PROJECT / "app", _METHODS, _OPTIONS, comment_tags=("Translators:",))
    for name, line, message, comments, context in texts:
        found.add(message, locations=[(f"app/{name}", line)], auto_comments=comments, context=context)
    return found


def for_providers(template: Catalog) -> Catalog:
    """Of all texts those that stand on a provider's pages."""
    found = Catalog(project="Heard", version="1", charset="utf-8", fuzzy=False)
    for entry in template:
        is_borrowed = entry.id in _BORROWED
        mine = [place for place in entry.locations if is_borrowed or place[0].startswith(PROVIDER_PAGES)]
        if entry.id and mine:
            comments, context = entry.auto_comments, entry.context
            found.add(entry.id, locations=mine, auto_comments=comments, context=context)
    return found


def updated(code: str, template: Catalog, name: str = SITE) -> bytes:
    """The catalogue of `code` as it should be written: nothing guessed, nothing obsolete kept."""
    file = TRANSLATIONS / code / name
    catalogue = read_catalogue(file, code) if file.exists() else _empty(code)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    text = BytesIO()
    # File names without line numbers: a translator sees where a text stands, and diffs stay quiet.
    write_po(text, catalogue, width=100, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    return text.getvalue()


def catalogue_codes(name: str = SITE) -> tuple[str, ...]:
    """The locales that have such a catalogue; English, the source, has none."""
    return tuple(sorted(file.parent.name for file in TRANSLATIONS.glob(f"*/{name}")))


def _empty(code: str) -> Catalogue:
    # Babel spells a territory with "_", folders and pages with "-".
    return Catalogue(
        code.replace("-", "_"),
        header_comment=f"# {code}: the texts of Heard. {_REVIEWER} names the native speaker who read them.",
        project="Heard",
        version="1",
        charset="utf-8",
        fuzzy=False,
    )


def main(arguments: list[str]) -> int:
    """Update all catalogues, or with --check say which are behind. Returns the exit status."""
    template, behind = extract(), False
    for name, texts in ((SITE, template), (PROVIDER, for_providers(template))):
        for code in catalogue_codes(name):
            file = TRANSLATIONS / code / name
            text = updated(code, texts, name)
            if text == file.read_bytes():
                continue
            behind = True
            said = "is behind" if "--check" in arguments else "is updated"
            print(f"translations/{code}/{name} {said}")
            if "--check" not in arguments:
                file.write_bytes(text)
    return 1 if behind and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
