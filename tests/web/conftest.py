"""The web tests' hotline: founded once, and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.casework.kit import Kit
from app.persistence.database import open_embedded
from app.persistence.schema import migrate
from tests.make import DATABASE_KEY, Clock, found, make_settings


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
