"""Where a signed mandate is kept, as a caseworker writes it. The labels stand in the template."""

from app.casework.note_mandate import MandateInput
from app.i18n.locales import gettext as _
from app.web.desk.case_forms import NOTE_CHARACTERS
from app.web.desk.forms import refuse
from app.web.forms import CleanText, Form


class MandateForm(Form):
    """One sentence: where the paper lies."""

    mandate_where = CleanText()

    def read(self, request_id: str) -> MandateInput | None:
        """What to note, or None with a sentence at the field."""
        self.validate()
        where = (self.mandate_where.data or "").strip()
        if not where and not self.errors:
            refuse(self.mandate_where, _("Please write where the signed paper is kept."))
        if len(where) > NOTE_CHARACTERS:
            refuse(self.mandate_where, _("This is too long. Please make it shorter."))
        return None if self.errors else MandateInput(request_id, where)
