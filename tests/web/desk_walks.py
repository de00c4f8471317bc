"""Steps at the desk that only a few tests walk, and requests as they come in for them."""

import re
from collections.abc import Iterator
from secrets import token_hex

from flask import Flask
from werkzeug.test import TestResponse

from app.casework.file_request import Filing, file_request
from app.casework.kit import Kit
from app.casework.take_case import take_case
from app.domain.asking import PlaceNote, Voice
from app.domain.words import Content
from app.places.reading import Place, read_places
from app.vault.codes import new_code
from tests.make import ADA, URL, Filed, request_id_of
from tests.walks import Desk, Value
from tests.web.canary import Words

ACCOUNT = Place("", "", "Some App, somebody", "Some App", "somebody")
WORDS_ONLY = Place("", "", "a forum whose name I forgot")
FOUND = "https://talkyard.example/u/somebody"


def file_whole(
    kit: Kit, voice: Voice, places: tuple[Place, ...] | str = URL, notes: tuple[PlaceNote, ...] = ()
) -> Filed:
    """With all that a person can say; Ada holds the case."""
    found = read_places(places).places if isinstance(places, str) else places
    filing = Filing(token_hex(16), new_code(), found, (Content.ABUSE,), voice, notes)
    file_request(kit, filing)
    filed = Filed(filing.code, request_id_of(kit, filing))
    take_case(kit, ADA, filed.request_id)
    return filed


class CaseDesk(Desk):
    """Ada at one case."""

    def __init__(self, app: Flask, filed: Filed) -> None:
        super().__init__(app, ADA)
        self.case = f"/desk/case/{filed.request_id}"
        self.go(self.case)

    def send_holding(self, action: str, held: dict[str, str], **answers: Value) -> TestResponse:
        """Send that form of several to `action` which holds these hidden values."""
        path = f"{self.case}/{action}"
        forms = [one for one in self.forms if one.action.endswith(f"/{action}")]
        fitting = [one for one in forms if all(one.sent.get(name) == [it] for name, it in held.items())]
        assert len(fitting) == 1, f"{len(fitting)} forms of {len(forms)}"
        assert set(answers) <= fitting[0].names
        typed = {name: [it] if isinstance(it, str) else list(it) for name, it in answers.items()}
        return self._ask("POST", path, fitting[0].sent | typed)


def all_of_case(ada: Desk, case: str) -> Iterator[str]:
    """The page of a case as it comes, then with all that it keeps covered: own words, whole addresses."""
    page = ada.go(f"/desk/case/{case}").text
    yield page
    path = f"/desk/case/{case}/show"
    token = ada._form(path).sent["csrf_token"]
    ids = re.findall('form="show" name="location_ids" value="([0-9a-f]{32})"', page)
    yield ada._ask("POST", path, {"csrf_token": token, "what": ["story"]}).text
    yield ada._ask("POST", path, {"csrf_token": token, "what": ["addresses"], "location_ids": ids}).text


def look_for(ada: Desk, typed: str) -> None:
    """In the cases she holds."""
    ada.go("/desk/find")
    ada.send("/desk/find", words=typed)
    assert ada.now.status_code == 200


def note_first_reply(ada: Desk, case: str) -> None:
    """For the first place that has a notice: it says that it is removed."""
    offered = ada.go(f"/desk/case/{case}").text.partition('id="reply-location_ids"')[2]
    ada.note_reply(case, (offered.partition('name="location_ids" value="')[2][:32],), "removed")
    assert ada.now.status_code == 200


def think_of_safety(ada: Desk, case: str, words: Words) -> None:
    """The check that comes before any notice, with a slip on the way."""
    path = f"/desk/case/{case}/safety"
    ada.go(path)
    ada.send(path, found="", note=words("early safety note"))
    ada.send(path, found="clear", note=words.typed(f"Why: {words('safety note')}"))


def note_mandate(ada: Desk, case: str, words: Words) -> None:
    """Where the signed paper lies, with a slip on the way."""
    ada.go(f"/desk/case/{case}")
    ada.send(f"/desk/case/{case}/mandate", mandate_where="")
    ada.send(f"/desk/case/{case}/mandate", mandate_where=words.typed(f"Kept: {words('mandate')}"))
