"""One's own file, to keep: all of it as JSON, or as a page to print."""

import json

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.open_own_file import open_own_file
from app.places.showing import whole_place
from app.reads.proofs import OwnProof, read_proofs
from app.web import guards
from app.web.glue import kit, page
from app.web.portal.blueprint import portal
from app.web.portal.follow_wishes import as_answered
from app.web.portal.read_back import read_back

FILE_NAME = "file.json"
"""Says nothing of what it holds: it stands in a list of downloads."""


@portal.get("/follow/file")
@guards.requester
def file(_actor: Requester) -> ResponseReturnValue:
    """What the file holds, and what to think of before keeping it."""
    return page("portal/file.html")


@portal.post("/follow/file")
@guards.requester
def open_file(actor: Requester) -> ResponseReturnValue:
    """Opened by POST alone: each time is written down in the trail."""
    opened, proofs = open_own_file(kit(), actor), read_proofs(kit(), actor).proofs
    if request.form.get("form") != "json":
        answered = read_back(as_answered(opened.voice, opened.contents))
        return page("portal/file_page.html", file=opened, proofs=proofs, answered=answered, whole=whole_place)
    record = opened.as_record() | {"proofs": [_proof_record(each) for each in proofs]}
    written = json.dumps(record, ensure_ascii=False, indent=1)
    response = Response(written, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _proof_record(proof: OwnProof) -> dict[str, str | None]:
    """What was found; never the link and the phrase of one that is still open."""
    return {
        "tier": proof.tier,
        "state": proof.state,
        "given_at": proof.given_at.isoformat(),
        "result": proof.result,
        "decided_on": proof.decided_on.isoformat() if proof.decided_on else None,
    }
