"""An odd word in everything that proof is made of, and then a search for it: found in no row, file or log."""

import io
import logging
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import structlog

from app import log
from app.casework.kit import Kit
from app.i18n.site_texts import DEMO_TEXTS, load_site_texts
from app.web.site import make_site
from tests import pdfs
from tests.web.canary import (
    Words,
    addresses_in,
    decrypted,
    digests_of,
    fields_in,
    found_in,
    path_of,
    raw_files,
    spellings,
)
from tests.web.proof_walks import DECIDED, SAID, Confirming, Proving, proof_at_desk


def test_no_word_of_a_proof_is_found_where_it_must_not_be(kit: Kit, tmp_path: Path) -> None:
    words, since, said = Words(), time.time(), io.StringIO()
    listening = logging.StreamHandler(said)
    logging.getLogger().addHandler(listening)
    try:
        with redirect_stderr(said), redirect_stdout(said):
            log.configure()
            site = make_site(kit, load_site_texts(DEMO_TEXTS))
            asker = Proving(site, kit)
            asker.give("word", meant="yes", proof_words=words("words"))
            asker.give("record", police_file=words("file"), docket=words("docket"), series=words("series"))
            asker.upload(pdfs.text_pdf(f"{pdfs.BORN} {words('document')}"), f"{words('file name')}.pdf")
            asker.upload(b"%PDF-" + words("broken").encode() * 99, f"{words('file name')}.pdf")
            asker.give("voucher", role="lawyer")
            link, phrase = asker.link_and_phrase()
            knows = Confirming(site)
            knows.open(link, words("wrong phrase"))
            knows.open(link, phrase)
            typed = {name: words(name) for name in SAID if name != "role"}
            knows.say(link, **typed | {"how_known": ""})
            knows.say(link, **typed)
            ada, path = proof_at_desk(asker)
            ids = ids_on(ada.go(f"{asker.case}/proof").text)
            shown = "".join(ada.go(f"{asker.case}/proof/{one}").text for one in ids)
            ada.go(path)
            ada.send(path, **DECIDED | {"result": "not_shown"})
    finally:
        logging.getLogger().removeHandler(listening)
        structlog.reset_defaults()
    assert {"words", "docket", "document", "confirmer", "how_known"} <= set(fields_in(shown.encode(), words))
    assert not {"file name", "broken", "wrong phrase"} & set(fields_in(shown.encode(), words))
    patterns = spellings(words.core) | spellings(link.rpartition("/")[2]) | spellings(phrase)
    digests = digests_of({*words.fields.values(), phrase})
    places = [
        *decrypted(kit.database, tmp_path, kit.settings.database_path),
        *raw_files(kit.database, tmp_path, since),
    ]
    answers = [*asker.seen, *knows.seen, *ada.seen]
    elsewhere = [("the log", said.getvalue().encode())]
    for answer in answers:
        held = [f"{name}: {value}" for name, value in answer.headers.items()]
        held += [] if link in answer.request.url else [path_of(answer.request.url)]
        elsewhere += [("an answer", one.encode()) for one in held if link not in one]
        elsewhere += [("an address", one.encode()) for one in addresses_in(answer.text) if link not in one]
    found = {
        place: [*hits[:3], *fields_in(blob, words)]
        for place, blob in [*places, *elsewhere]
        if (hits := found_in(blob, patterns, digests))
    }
    assert found == {}


def ids_on(page: str) -> list[str]:
    """Of the proofs that the page offers to open."""
    return [piece.partition('"')[0] for piece in page.split("/proof/")[1:]]
