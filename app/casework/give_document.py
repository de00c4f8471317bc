"""A document as proof: its text is kept, sealed; the file and every picture in it never are."""

from app.casework.actors import Requester
from app.casework.errors import DocumentRefused
from app.casework.give_proof import give_proof, load_giver
from app.casework.kit import Kit
from app.domain.proof_words import Tier
from app.domain.proofs import ProofContent
from app.outbound.pdf_text import PdfRefused, read_pdf_text
from app.places.pictures import without_pictures


def give_document(kit: Kit, actor: Requester, document: memoryview) -> None:
    """Read a PDF in memory, in a process that can do nothing else, and keep what it says.

    The caller wipes `document` afterwards. Raises DocumentRefused, Busy, and what `give_proof` raises.
    """
    with kit.database.reading() as work:  # first: nobody reads a document that may not be given
        load_giver(work, actor)
    try:
        read = kit.take_turns(kit.documents, lambda: read_pdf_text(document))
    except PdfRefused as refused:
        code = refused.code
    else:
        text, _had_picture = without_pictures(read)  # a picture can be written out in letters, too
        if text.strip():
            return give_proof(kit, actor, ProofContent(Tier.DOCUMENT, document_text=text))
        code = "no_text"
    raise DocumentRefused(code)
