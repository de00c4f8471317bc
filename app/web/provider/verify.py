"""Is a notice genuine? Anybody may ask who has its reference and its code; nothing else is told."""

from flask.typing import ResponseReturnValue

from app.reads.verification import verify_notice
from app.web import guards
from app.web.glue import kit, page
from app.web.provider.blueprint import provider
from app.web.provider.forms import VerifyForm


@provider.get("/verify")
@guards.anyone
def verify() -> ResponseReturnValue:
    """The form."""
    return page("provider/verify.html", form=VerifyForm(formdata=None), found=None, was_asked=False)


@provider.post("/verify", endpoint="verified")
@guards.anyone
def answer() -> ResponseReturnValue:
    """When it went out and to whom; or that this cannot be confirmed, whatever is wrong."""
    form = VerifyForm()
    given = form.read()
    if given is None:
        return page("provider/verify.html", status=422, form=form, found=None, was_asked=False)
    return page("provider/verify.html", form=form, found=verify_notice(kit(), given), was_asked=True)
