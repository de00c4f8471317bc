"""A document as proof: its text is kept, and nothing else of it."""

from base64 import b64encode
from dataclasses import replace

import pytest

from app.casework.errors import Busy, DocumentRefused, NotAllowed
from app.casework.give_document import give_document
from app.casework.kit import Kit
from app.casework.open_proof import open_proof
from app.domain.proof_words import AgeResult, Tier
from app.domain.words import Asker
from app.vault.queue import FairQueue
from tests import pdfs
from tests.casework.key_steps import dump
from tests.casework.proof_steps import asking, decide, own
from tests.make import ADA
from tests.web.pages import PNG


def test_the_words_of_a_document_are_what_a_caseworker_reads(kit: Kit) -> None:
    filed, actor = asking(kit)
    give_document(kit, actor, memoryview(pdfs.text_pdf(pdfs.BORN, "Second page.")))
    [shown] = own(kit, actor)
    assert (shown.tier, shown.words) == (Tier.DOCUMENT, len(pdfs.BORN.split()) + 2)
    content = open_proof(kit, ADA, filed.request_id, shown.id).content
    assert content is not None
    assert content.document_text == f"{pdfs.BORN}\n\nSecond page."
    decide(kit, filed, shown.id)
    assert own(kit, actor)[0].result is AgeResult.CONFIRMED


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (pdfs.scan_pdf(), "no_text"),
        (PNG, "not_pdf"),
        (pdfs.locked_pdf(), "unreadable"),
        (b"%PDF-" + bytes(4 * 1024 * 1024), "too_large"),
    ],
)
def test_of_what_is_refused_nothing_is_kept(embedded_kit: Kit, document: bytes, code: str) -> None:
    _filed, actor = asking(embedded_kit)
    before = dump(embedded_kit)
    with pytest.raises(DocumentRefused) as refused:
        give_document(embedded_kit, actor, memoryview(document))
    assert refused.value.code == code
    assert dump(embedded_kit) == before


def test_a_picture_written_out_in_letters_is_not_kept_either(embedded_kit: Kit) -> None:
    filed, actor = asking(embedded_kit)
    picture = b64encode(PNG * 8).decode()
    with pytest.raises(DocumentRefused, match="no_text"):
        give_document(embedded_kit, actor, memoryview(pdfs.text_pdf(picture)))
    give_document(embedded_kit, actor, memoryview(pdfs.text_pdf(f"{pdfs.BORN} {picture}")))
    [shown] = own(embedded_kit, actor)
    content = open_proof(embedded_kit, ADA, filed.request_id, shown.id).content
    assert content is not None
    assert picture[:16] not in content.document_text


def test_who_may_give_no_proof_has_no_document_read(
    embedded_kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_document: object) -> str:
        raise AssertionError("it was read")

    monkeypatch.setattr("app.casework.give_document.read_pdf_text", read)
    _filed, actor = asking(embedded_kit, asker=Asker.BYSTANDER)
    with pytest.raises(NotAllowed):
        give_document(embedded_kit, actor, memoryview(pdfs.text_pdf()))


def test_a_crowd_waits_in_line_and_too_many_are_asked_to_come_again(embedded_kit: Kit) -> None:
    kit = replace(embedded_kit, documents=FairQueue(at_once=0, per_lane=0, in_all=0))
    _filed, actor = asking(kit)
    with pytest.raises(Busy):
        give_document(kit, actor, memoryview(pdfs.text_pdf()))
    assert own(kit, actor) == ()
