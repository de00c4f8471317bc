"""The directory as a table that a spreadsheet opens, and that another hotline can take in."""

import csv
from io import StringIO

from app.casework.actors import Admin
from app.casework.kit import Kit
from app.casework.provider_lines import COLUMNS, line_of
from app.domain.providers import Provider


def export_providers(kit: Kit, actor: Admin) -> bytes:
    """CSV in UTF-8, with the mark by which spreadsheets know it: the directory, and nothing of a case."""
    with kit.database.reading() as work:
        return table_of(work.providers.all())


def table_of(directory: tuple[Provider, ...]) -> bytes:
    """All of these providers, by their order; who supplies them has to be among them."""
    hosts = {one.id: one.suffixes[0] for one in directory if one.suffixes}
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(line_of(one, hosts) for one in directory)
    return f"\ufeff{text.getvalue()}".encode()
