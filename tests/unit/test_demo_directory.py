"""The directory of the demonstration: one of each kind of provider, all invented, and no law switched on."""

from pathlib import Path

from app.casework.found_hotline import Recovery, found_hotline
from app.casework.kit import Kit
from app.demo.directory import fill_directory
from app.domain.notice_words import ProviderKind
from app.persistence.database import open_embedded
from app.persistence.schema import migrate
from app.reads.laws import read_laws
from tests.make import DATABASE_KEY, MIRA, RECOVERY, TEAM, Clock, make_settings


def test_it_holds_every_kind_of_provider_and_only_invented_ones(tmp_path: Path) -> None:
    database = open_embedded(tmp_path / "heard.db", DATABASE_KEY)
    migrate(database)
    kit = Kit(database, make_settings(tmp_path), clock=Clock())
    found_hotline(kit, TEAM, Recovery(RECOVERY, 2, 3))
    fill_directory(kit, MIRA)
    with database.reading() as work:
        directory, countries = work.providers.all(), work.countries.all()
    database.engine.dispose()
    assert {one.kind for one in directory} == set(ProviderKind)
    assert any(one.is_covered and one.country == "US" for one in directory)
    assert any(one.by_mail is None for one in directory if one.kind is ProviderKind.SEARCH)
    assert any(one.by_mail is not None for one in directory if one.kind is ProviderKind.SEARCH)
    suppliers = {one.id for one in directory if one.kind is ProviderKind.SUPPLIER}
    assert any(suppliers & set(one.upstreams) for one in directory)
    assert all(suffix.endswith(".example") for one in directory for suffix in one.suffixes)
    assert all(one.regulator_name and one.regulator_way for one in countries)
    assert not any(law.is_on for law in read_laws(kit))
