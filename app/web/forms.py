"""The base of every form. CSRF is checked once, before any view (app/web/csrf.py), not per form."""

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField, ValidationError

from app.i18n.locales import gettext as _
from app.places.pictures import has_picture, without_pictures

# Control characters but tab and newline: they cannot be seen, and break mail, logs and exports.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def clean(text: str) -> str:
    """Typed text without invisible control characters, with one kind of line end."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Form(FlaskForm):
    """A form whose fields keep what was typed; of a picture no field keeps, or gives back, anything."""

    class Meta:
        csrf = False

    def process(self, *args: Any, **kwargs: Any) -> None:
        super().process(*args, **kwargs)
        for field in self:
            # A code, a name, an address: what is no CleanText is short, and asks for itself when empty.
            is_short = isinstance(field, StringField) and not isinstance(field, CleanText)
            if is_short and has_picture(field.data or ""):
                field.data = ""


class CleanText(TextAreaField):
    """Free text. Pictures in it (data: URLs, base64, image bytes) are taken out and refused kindly."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = clean(str(valuelist[0])) if valuelist else ""
        self.data, self.had_picture = without_pictures(typed)

    def pre_validate(self, form: Any) -> None:
        if getattr(self, "had_picture", False):
            raise ValidationError(
                _("There was a picture or a file in this. We never take pictures, so we kept nothing of it.")
            )
