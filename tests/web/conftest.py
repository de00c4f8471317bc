"""The web tests' hotline: founded once and copied for each test, its templates compiled once for all."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from app.casework.kit import Kit
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.persistence.database import open_embedded
from app.persistence.schema import migrate
from app.web.site import make_site
from tests.make import DATABASE_KEY, Clock, found, make_settings


class KeptTemplates(BytecodeCache):
    """Compiled templates, in memory: compiling them is most of what a small test costs."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = KeptTemplates()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an embedded database that holds a founded hotline and no request."""
    file = tmp_path_factory.mktemp("founded") / "heard.db"
    database = open_embedded(file, DATABASE_KEY)
    migrate(database)
    found(Kit(database, make_settings(file.parent), clock=Clock()))
    database.engine.dispose()
    return file


@pytest.fixture
def embedded_kit(founded: Path, tmp_path: Path) -> Iterator[Kit]:
    """As in tests/conftest.py, without migrating and founding anew for each of hundreds of tests."""
    shutil.copy(founded, tmp_path / "heard.db")
    made = Kit(open_embedded(tmp_path / "heard.db", DATABASE_KEY), make_settings(tmp_path), clock=Clock())
    yield made
    made.database.engine.dispose()


@pytest.fixture
def site(embedded_kit: Kit) -> Flask:
    """As in tests/conftest.py: the web app over a founded hotline, open to visitors."""
    app = make_site(embedded_kit, load_site_texts(DEMO_TEXTS))
    app.jinja_env.bytecode_cache = TEMPLATES
    app.testing = False  # errors become pages, as for a visitor
    return app
