"""One provider as a caseworker reads of it: the ladder, who supplies them, how they answer, the law there."""

from flask.typing import ResponseReturnValue

from app.casework.actors import Caseworker
from app.domain.behaviour import FAST, SILENT_AFTER, may_have_own_words
from app.reads.provider_record import read_record
from app.reads.providers import read_provider_page
from app.web import guards
from app.web.desk.routes import blueprint
from app.web.glue import kit, page


@blueprint.get("/provider/<provider_id>")
@guards.caseworker
def provider(actor: Caseworker, provider_id: str) -> ResponseReturnValue:
    """To read. An admin changes it."""
    shown = read_provider_page(kit(), actor, provider_id)
    return page(
        "desk/provider.html",
        provider=shown.provider,
        chain=shown.chain,
        kept=shown.country,
        record=read_record(kit(), actor, provider_id),
        hours=int(FAST.total_seconds() // 3600),
        days=SILENT_AFTER.days,
        own_words=may_have_own_words(shown.provider.behaviours),
    )
