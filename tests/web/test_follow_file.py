"""One's own file: everything, by POST alone, each time with its line in the trail."""

import json

from flask import Flask

from app.casework.follow_with_code import follow_with_code
from app.casework.give_proof import give_proof
from app.casework.kit import Kit
from app.casework.note_place import NoteInput, note_place
from app.casework.take_case import take_case
from app.casework.write_message import MessageInput, write_message
from app.domain.asking import About, PlaceNote, Voice, Wishes
from app.domain.proof_words import Tier
from app.domain.proofs import ProofContent
from app.domain.words import AgeBand, Asker, LocationState, Matter, Since
from tests.casework.steps import trail_of
from tests.make import ADA, Filed, file_one
from tests.walks import Asking
from tests.web.following import TWO, coming_back, make_family, put
from tests.web.pages import Page, post, token_of

WORDS = "=1+1 <b>my words</b> 🌱 \u202eabc"


def told(kit: Kit) -> Filed:
    """A request with something in every part."""
    voice = Voice(
        asker=Asker.PERSON,
        words=WORDS,
        about=About(AgeBand.PUBESCENT, "I remember it"),
        wishes=Wishes((Matter.SPEED,)),
    )
    filed = file_one(kit, TWO, voice=voice, second_word="blue kettle")
    put(kit, filed, LocationState.NOTICE_SENT)
    actor = follow_with_code(kit, filed.code)
    note_place(kit, actor, NoteInput(2, PlaceNote("the second one", Since.OLD)))
    write_message(kit, actor, MessageInput("is there news?"))
    give_proof(kit, actor, ProofContent(Tier.DECLARED, words="what I remember"))
    take_case(kit, ADA, filed.request_id)
    write_message(kit, ADA, MessageInput("yes, there is", filed.request_id))
    return filed


def as_json(asking: Asking) -> dict[str, object]:
    asking.go("/follow/file")
    answer = post(asking, "/follow/file", {"csrf_token": token_of(asking), "form": "json"})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="file.json"'
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, object] = json.loads(answer.text)
    return found


def test_looking_at_the_page_opens_nothing(site: Flask, embedded_kit: Kit) -> None:
    filed = told(embedded_kit)
    page = coming_back(site, filed.code).go("/follow/file").text
    assert "northlight" not in page
    assert "Whoever finds your file can read all of it" in page
    assert "file_opened" not in trail_of(embedded_kit, filed.request_id)


def test_the_file_holds_everything_and_the_trail_says_so(site: Flask, embedded_kit: Kit) -> None:
    filed = told(embedded_kit)
    found = json.dumps(as_json(coming_back(site, filed.code)), ensure_ascii=False)
    for one in ("https://img.northlight.example/a/1", "notice_sent", "the second one", "is there news?"):
        assert one in found
    for one in ("yes, there is", "I remember it", "speed", "declared", "given", "<b>my words</b>", "\u202e"):
        assert one in found
    assert "second_word" not in found
    assert trail_of(embedded_kit, filed.request_id).count("file_opened") == 1


def test_the_page_to_print_holds_everything_in_words(site: Flask, embedded_kit: Kit) -> None:
    filed = told(embedded_kit)
    asking = coming_back(site, filed.code)
    asking.go("/follow/file")
    answer = post(asking, "/follow/file", {"csrf_token": token_of(asking), "form": "page"})
    shown = Page(answer.text).text
    for one in ("hxxps://img[.]northlight[.]example/a/1", "Notice sent", "the second one", "is there news?"):
        assert one in shown
    for one in (
        "yes, there is",
        "I remember it",
        "That it goes fast",
        "<b>my words</b>",
        "Your word: Received.",
    ):
        assert one in shown
    assert not [link for link in Page(answer.text).values("href") if "northlight" in link]
    assert "<b>" not in answer.text
    assert trail_of(embedded_kit, filed.request_id).count("file_opened") == 1


def test_each_party_gets_their_own_file(site: Flask, embedded_kit: Kit) -> None:
    family = make_family(embedded_kit)
    child, parent = coming_back(site, family.own), coming_back(site, family.filed.code)
    child.write("from the child")
    child.go("/follow/add")
    child.send("/follow/add", places="https://hidden.northlight.example/x")
    found = json.dumps(as_json(parent))
    assert "from the child" not in found
    assert "hidden.northlight" not in found
    assert '"state": null' in found, "nobody checked yet that they may act for the child"
    assert "hidden.northlight" in json.dumps(as_json(child))


def test_a_file_of_nobody_is_given_to_nobody(site: Flask, embedded_kit: Kit) -> None:
    told(embedded_kit)
    answer = post(Asking(site), "/follow/file", {"form": "json"})
    assert (answer.status_code, answer.location) == (303, "/follow")
