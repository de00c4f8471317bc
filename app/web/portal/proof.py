"""Showing to have been under 18: only who wants to does it, and it holds nothing up."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from app.casework.actors import Requester
from app.casework.ask_voucher import ask_voucher
from app.casework.errors import Busy, DocumentRefused, NotAllowed
from app.casework.give_document import give_document
from app.casework.give_proof import give_proof
from app.casework.take_back_proof import take_back_proof
from app.domain.proofs import MOST_UNDECIDED
from app.i18n.locales import gettext as _
from app.reads.proofs import read_proofs
from app.web import guards
from app.web.glue import kit, page
from app.web.intake import DocumentTooLarge, HeldDocument
from app.web.portal.blueprint import portal
from app.web.portal.follow_steps import again_soon
from app.web.portal.proof_forms import (
    AskVoucherForm,
    DocumentForm,
    ProofForm,
    RecordForm,
    WordForm,
    role_options,
)

_KEY = "proof_done"


@portal.get("/follow/proof")
@guards.requester
def proof(actor: Requester) -> ResponseReturnValue:
    """What can be given, what was given, and how far it has come."""
    shown = read_proofs(kit(), actor)
    base = kit().settings.base_url
    return page("portal/proof.html", shown=shown, base=base, most=MOST_UNDECIDED, done=_what_was_done())


@portal.route("/follow/proof/word", methods=["GET", "POST"])
@guards.requester
def proof_word(actor: Requester) -> ResponseReturnValue:
    """Their word."""
    return _given(actor, WordForm(), "portal/proof_word.html")


@portal.route("/follow/proof/record", methods=["GET", "POST"])
@guards.requester
def proof_record(actor: Requester) -> ResponseReturnValue:
    """Where it is written."""
    return _given(actor, RecordForm(), "portal/proof_record.html")


def _given(actor: Requester, form: WordForm | RecordForm, template: str) -> ResponseReturnValue:
    is_own = read_proofs(kit(), actor).is_own
    if request.method == "GET":
        return page(template, form=form, is_own=is_own)
    content = form.content()
    if content is not None:
        try:
            give_proof(kit(), actor, content)
        except NotAllowed:
            form.refuse("proof_words", "too_many")
        else:
            return _back("given")
    return page(template, status=422, form=form, is_own=is_own)


@portal.route("/follow/proof/voucher", methods=["GET", "POST"])
@guards.requester
def proof_voucher(actor: Requester) -> ResponseReturnValue:
    """Somebody who knows: whom they will ask. Link and words then stand on the first page."""
    form = AskVoucherForm()
    if request.method == "GET":
        return _voucher_page(form, 200)
    role = form.role_chosen()
    if role is None:
        return _voucher_page(form, 422)
    try:
        ask_voucher(kit(), actor, role)
    except NotAllowed:
        form.refuse("role", "too_many")
        return _voucher_page(form, 422)
    except Busy:
        form.refuse("role", "busy")
        return _voucher_page(form, 503)
    return _back("asked")


def _voucher_page(form: ProofForm, status: int) -> ResponseReturnValue:
    shown = page("portal/proof_voucher.html", status=status, form=form, roles=role_options())
    return again_soon(shown, status)


@portal.route("/follow/proof/document", methods=["GET", "POST"])
@guards.requester
def proof_document(actor: Requester) -> ResponseReturnValue:
    """The one page of this site that takes a file. It is wiped when this was answered (app/web/intake.py)."""
    form = DocumentForm()
    if request.method == "GET":
        return page("portal/proof_document.html", form=form)
    code = _give(actor)
    if not code:
        return _back("read")
    return _refused_document(form, code, 503 if code == "busy" else 422)


def _give(actor: Requester) -> str:
    """Empty when it was taken, else the code of the sentence that says why not."""
    found = request.files.get("document")
    if found is None or not isinstance(found.stream, HeldDocument):
        return "document_empty"
    if found.stream.is_too_large:
        return "too_large"
    with found.stream.document() as document:
        if not document:
            return "document_empty"
        try:
            give_document(kit(), actor, document)
        except DocumentRefused as refused:
            return refused.code
        except NotAllowed:
            return "too_many"
        except Busy:
            return "busy"
    return ""


def _refused_document(form: ProofForm, code: str, status: int) -> ResponseReturnValue:
    form.refuse("document", code)
    return again_soon(page("portal/proof_document.html", status=status, form=form), status)


@portal.errorhandler(DocumentTooLarge)
def document_too_large(_error: DocumentTooLarge) -> ResponseReturnValue:
    """Told by its own length, before anything of it was read."""
    return _refused_document(DocumentForm(formdata=None), "too_large", 413)


@portal.post("/follow/proof/take-back")
@guards.requester
def proof_take_back(actor: Requester) -> ResponseReturnValue:
    """Take one back that nobody has decided about."""
    take_back_proof(kit(), actor, request.form.get("proof", ""))
    return _back("taken_back")


def _back(done: str) -> ResponseReturnValue:
    """To the first page, which says once what was done."""
    session[_KEY] = done
    return redirect(url_for("portal.proof"), 303)


def _what_was_done() -> str:
    match session.pop(_KEY, ""):
        case "given":
            return _("We have it. A caseworker looks at it.")
        case "read":
            return _("We read the text of your PDF and kept only that. The file is gone.")
        case "asked":
            return _("Your link and your words are below. Please pass on both.")
        case "taken_back":
            return _("You took it back. We have destroyed it.")
        case _nothing:
            return ""
