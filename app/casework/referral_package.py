"""A referral as it leaves: text to read, the same as a table, the same for machines. A pure function of
ReferralFacts, in the language being spoken: nothing of a requester passes through here."""

import csv
import textwrap
from dataclasses import asdict
from datetime import datetime
from io import StringIO

from app.casework.findings import finding_of, finding_record
from app.domain.assessments import Finding
from app.domain.desk_words import ReferralKind
from app.domain.notices import Hotline
from app.domain.referrals import EarlierNotice, ReferralFacts, ReferredPlace, ReferredTo
from app.i18n.locales import country_name, format_when
from app.i18n.locales import gettext as _
from app.i18n.words import desk_words
from app.vault.records import Record

COLUMNS = (
    *("reference", "number", "url", "app", "account", "provider"),
    *("kind", "ground", "age_band", "identified", "basis", "basis_by"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A table program takes a cell that begins so for a formula."""
_WIDTH = 90


def text_of(facts: ReferralFacts) -> str:
    """To be read by a person. Ends with a line end."""
    parts = [
        _head(facts),
        _ask(facts.kind),
        _part(_("What you have to know"), facts.must_leave),
        _("The addresses below are live. Please open them only in the way the law allows you."),
        "\n\n".join(_place(place) for place in facts.places),
        _part(_("Known to police under"), facts.series_reference),
        _part(_("Notices of ours that went out"), "\n".join(map(_notice, facts.notices))),
        _part(_("The law in your country, as we know it"), facts.legal_note),
        _part(_("From"), _hotline(facts.hotline)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def csv_of(facts: ReferralFacts) -> str:
    """One line for each place, with a line that names the columns. Nothing in it runs as a formula."""
    written = StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for place in facts.places:
        found = {} if place.finding is None else finding_record(place.finding)
        row = {"reference": facts.reference} | found | vars(place)
        table.writerow([_cell(row.get(name)) for name in COLUMNS])
    return written.getvalue()


def record_of(facts: ReferralFacts) -> Record:
    """As JSON can hold it; `facts_of` reads it back."""
    return asdict(facts) | {
        "made_at": facts.made_at.isoformat(),
        "places": [
            asdict(place) | {"finding": None if place.finding is None else finding_record(place.finding)}
            for place in facts.places
        ],
        "notices": [asdict(notice) | {"sent_at": notice.sent_at.isoformat()} for notice in facts.notices],
    }


def facts_of(record: Record) -> ReferralFacts:
    return ReferralFacts(
        **record
        | {
            "kind": ReferralKind(record["kind"]),
            "made_at": datetime.fromisoformat(record["made_at"]),
            "hotline": Hotline(**record["hotline"]),
            "recipient": ReferredTo(**record["recipient"]),
            "places": tuple(_place_of(one) for one in record["places"]),
            "notices": tuple(_notice_of(one) for one in record["notices"]),
        }
    )


def _place_of(record: Record) -> ReferredPlace:
    found = record["finding"]
    return ReferredPlace(**record | {"finding": None if found is None else finding_of(found)})


def _notice_of(record: Record) -> EarlierNotice:
    read = {"sent_at": datetime.fromisoformat(record["sent_at"]), "numbers": tuple(record["numbers"])}
    return EarlierNotice(**record | read)


def _head(facts: ReferralFacts) -> str:
    to = facts.recipient
    whom = f"{to.name} ({country_name(to.country)})" if to.country else to.name
    lines = (
        _("Referral %(reference)s", reference=facts.reference),
        _("To: %(recipient)s", recipient=whom),
        _("From: %(hotline)s", hotline=facts.hotline.name),
        _("Written: %(time)s", time=format_when(facts.made_at)),
    )
    return "\n".join(lines)


def _ask(kind: ReferralKind) -> str:
    asked = {
        ReferralKind.HOTLINE: _(
            "The places below show or concern the sexual abuse of a child, by our findings. Please see to "
            "their removal in your own way, and tell us under this reference what you did."
        ),
        ReferralKind.POLICE: _(
            "The places below show or concern the sexual abuse of a child. We hand them to you for your "
            "national database and to find the child. Please tell us under this reference that you have them."
        ),
        ReferralKind.EMERGENCY: _(
            "URGENT. We have reason to believe that a child is being abused now. Please act at once, and "
            "tell us under this reference that you have this."
        ),
    }
    return _wrapped(asked[kind])


def _part(title: str, text: str) -> str:
    return f"{title}\n{text.strip()}" if text.strip() else ""


def _place(place: ReferredPlace) -> str:
    where = place.url or f"{place.app}: {place.account}"
    lines = [f"{place.number}. {where}"]
    if place.provider:
        lines.append("   " + _("Provider: %(provider)s", provider=place.provider))
    said = (_("Nobody has assessed it yet"),) if place.finding is None else _found(place.finding)
    return "\n".join([*lines, *(f"   {one}" for one in said)])


def _found(finding: Finding) -> tuple[str, ...]:
    said = [desk_words(finding.kind)]
    if finding.ground is not None:
        said.append(desk_words(finding.ground))
    if finding.age_band is not None:
        said.append(_("Youngest child: %(age)s", age=desk_words(finding.age_band)))
    if finding.is_child:
        known = {
            True: _("Identified by police"),
            False: _("Not identified by police"),
            None: _("Not known whether police have identified the child"),
        }
        said.append(known[finding.identified])
    by = f" ({finding.basis_by})" if finding.basis_by else ""
    return (*said, desk_words(finding.basis) + by)


def _notice(notice: EarlierNotice) -> str:
    return _(
        "%(reference)s to %(provider)s, %(time)s, for %(numbers)s",
        reference=notice.reference,
        provider=notice.provider,
        time=format_when(notice.sent_at),
        numbers=", ".join(map(str, notice.numbers)),
    )


def _hotline(hotline: Hotline) -> str:
    lines = (hotline.name, hotline.address, hotline.email, hotline.phone, hotline.hours)
    return "\n".join(line for line in lines if line)


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False))


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
