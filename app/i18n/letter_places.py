"""What a letter says of each place, and of the laws it cites. Pure: from findings to blocks of text."""

from app.domain.assessments import Finding
from app.domain.notice_words import LawUse, NoticeKind
from app.domain.notices import CitedLaw, NoticeFacts, NoticePlace
from app.domain.words import AgeBand, Basis, Kind
from app.i18n.letter_files import LetterError, LetterText
from app.i18n.letter_values import exact, host_of, one_line, own_lines

_DSA = "dsa_16"


def places_block(places: tuple[NoticePlace, ...], parts: LetterText) -> str:
    """Each place with its address, what was found, on what "under 18" stands, and on what basis."""
    return "\n\n".join(_place(place, parts) for place in places)


def _place(place: NoticePlace, parts: LetterText) -> str:
    finding = place.finding
    kind = f"finding.harmful.{finding.ground}" if finding.kind is Kind.HARMFUL else f"finding.{finding.kind}"
    tier = finding.age_stands_on  # None: an identity and safety finding has no child test
    return parts.paragraphs(
        "place",
        number=str(place.number),
        url=exact(place.url),
        label=parts.line("label.unseen" if finding.basis is Basis.NOBODY else "label.seen"),
        finding=parts.line(kind),
        age_band=parts.line(f"band.{finding.age_band or AgeBand.UNKNOWN}") if tier else "",
        age=parts.line(f"age.{tier}") if tier else "",
        identified=parts.line(_identified(finding.identified)) if tier else "",
        basis=_basis(finding, parts),
    )


def _identified(answer: bool | None) -> str:
    return "identified.unknown" if answer is None else "identified.yes" if answer else "identified.no"


def _basis(finding: Finding, parts: LetterText) -> str:
    if finding.basis is Basis.OTHER:
        return parts.line("basis.other", body=one_line(finding.basis_by))
    return parts.line(f"basis.{finding.basis}")


def plain_places(places: tuple[NoticePlace, ...], text: LetterText) -> str:
    """Each place with its number and address alone: what was found stands in the notice."""
    lines = (text.paragraphs("place", number=str(one.number), url=exact(one.url)) for one in places)
    return "\n\n".join(lines)


def hosts_block(places: tuple[NoticePlace, ...]) -> str:
    """The hosts of the places, each once, and nothing more of them."""
    return own_lines(dict.fromkeys(host_of(place.url) for place in places))


def shows_a_child(facts: NoticeFacts) -> bool:
    return any(place.finding.kind is not Kind.IDENTITY for place in facts.places)


def has_csam(facts: NoticeFacts) -> bool:
    return any(place.finding.kind is Kind.CSAM for place in facts.places)


def concerns_block(facts: NoticeFacts, text: LetterText) -> str:
    """What a letter without places is about: one sentence for each kind of finding."""
    kinds = dict.fromkeys(place.finding.kind for place in facts.places)
    return "\n\n".join(text.paragraphs(f"concern.{kind}") for kind in kinds)


def check_laws(facts: NoticeFacts) -> None:
    """Raises LetterError for a law that a notice of this kind cannot cite.

    Grounds a to c never assert that anything is against a law; who supplies a provider is told of none.
    """
    uses = {law.use for law in facts.laws}
    if facts.kind is NoticeKind.HARMFUL and LawUse.GROUND in uses:
        raise LetterError("a notice on grounds a to c cites no law as a ground")
    if facts.kind is NoticeKind.UPSTREAM and uses:
        raise LetterError("a notice to who supplies a provider cites no law")
    if facts.kind is NoticeKind.SEARCH and LawUse.PRESERVATION in uses:
        raise LetterError("a notice to a search engine asks to keep nothing")


def laws_block(laws: tuple[CitedLaw, ...], use: LawUse, parts: LetterText) -> str:
    """One paragraph for each law cited for this, or "". Raises LetterError for one no letter knows so."""
    mine = [(f"{law.use}.{law.code}", one_line(law.citation)) for law in laws if law.use is use]
    if any(name not in parts.agreed for name, _citation in mine):
        raise LetterError("a law that no letter cites for this")
    return "\n\n".join(parts.paragraphs(name, citation=citation) for name, citation in mine)


def elements_line(laws: tuple[CitedLaw, ...], parts: LetterText) -> str:
    """That the notice is complete by Regulation (EU) 2022/2065, Article 16(2): where that law is cited."""
    is_cited = any(law.code == _DSA and law.use is LawUse.GROUND for law in laws)
    return parts.line("elements") if is_cited else ""
