"""What may be added to the letters of a case, if a caseworker chooses so for one of them."""

from app.casework.case_keys import CaseKeys
from app.casework.drafts import Offers
from app.casework.note_mandate import has_mandate
from app.casework.own_names import names_to_pass_on
from app.casework.own_words import words_to_pass_on
from app.persistence.database import Work


def read_offers(work: Work, request_id: str, keys: CaseKeys) -> Offers:
    """Own words and names as they were agreed to, and whether a signed mandate was noted."""
    return Offers(
        own_words=words_to_pass_on(work, request_id, keys),
        own_names=names_to_pass_on(work, request_id, keys),
        has_mandate=has_mandate(work, request_id, keys),
    )
