"""The directory of the demonstration: invented providers and countries, all under .example. Laws stay off,
as they came along: a demonstration has no counsel."""

from dataclasses import replace

from app.casework.actors import Admin
from app.casework.add_provider import add_provider
from app.casework.keep_country import CountryInput, keep_country, print_of_country
from app.casework.kit import Kit
from app.casework.provider_input import ProviderInput, one_contact
from app.domain.desk_words import Behaviour, Channel, ReferralPolicy, Scope
from app.domain.notice_words import ProviderKind
from app.domain.providers import Contact

PLAIN, XARF = Channel.PLAIN, Channel.PLAIN_XARF
TERMS = "Section 4: sexual content involving anyone under 18 is not allowed here."


def _provider(
    name: str, email: str, hosts: tuple[str, ...], language: str, country: str, channel: Channel, terms: str
) -> ProviderInput:
    return ProviderInput(name, hosts, country, terms, one_contact(email, language, channel))


SKEINWIRE = replace(
    _provider("Skeinwire Transit", "noc@skeinwire.example", ("skeinwire.example",), "en", "CA", PLAIN, ""),
    contacts=(Contact(Scope.UPSTREAM, PLAIN, "noc@skeinwire.example", "en"),),
    kind=ProviderKind.SUPPLIER,
)
"""Supplies Northlight, and holds nothing itself: it is told of hosts, never of places."""
NORTHLIGHT = _provider(
    "Northlight Hosting", "abuse@northlight.example", ("northlight.example",), "en", "CA", XARF, TERMS
)
_PIXELBARN = ("pixelbarn.example", "pxb.example")
_FILEHARBOUR = ("fileharbour.example",)
SUPPLIED = (
    replace(
        _provider("Pixelbarn", "trust@pixelbarn.example", _PIXELBARN, "en", "US", XARF, ""),
        behaviours=(Behaviour.PROACTIVE, Behaviour.REACTIVE),
        kind=ProviderKind.PLATFORM,
        is_covered=True,
        letters_per_hour=60,
    ),
    replace(
        _provider("Fileharbour", "safety@fileharbour.example", _FILEHARBOUR, "en", "NL", XARF, TERMS),
        contacts=(
            Contact(Scope.CONTENT, XARF, "safety@fileharbour.example", "en"),
            Contact(Scope.HOSTING, Channel.FORM, "https://fileharbour.example/report", "en"),
            Contact(Scope.PAYMENT, Channel.PARTNER, "By way of the payment companies' own alliance", "en"),
        ),
        behaviours=(Behaviour.RESISTANT,),
        notes="Asks for the age each time. The line “age confirmed by the hotline” helps.",
    ),
)
"""These are supplied by Northlight."""
OTHERS = (
    _provider("Hébergeur Lumière", "abus@lumiere.example", ("lumiere.example",), "fr", "FR", PLAIN, ""),
    _provider("Canal Vert", "alerte@canalvert.example", ("canalvert.example",), "fr", "BE", XARF, ""),
    _provider("Sahab Cloud", "abuse@sahab.example", ("sahab.example",), "ar", "JO", PLAIN, ""),
    replace(
        _provider("Talkyard", "reports@talkyard.example", ("talkyard.example",), "en", "GB", PLAIN, ""),
        kind=ProviderKind.PLATFORM,
    ),
    replace(
        _provider(
            "Findwell Search", "removals@findwell.example", ("findwell.example",), "en", "IE", PLAIN, ""
        ),
        kind=ProviderKind.SEARCH,
    ),
    replace(
        _provider("Lookaround", "", ("lookaround.example",), "en", "US", PLAIN, ""),
        contacts=(Contact(Scope.CONTENT, Channel.FORM, "https://lookaround.example/remove", "en"),),
        kind=ProviderKind.SEARCH,
        notes="Takes its form only. A caseworker pastes the text there.",
    ),
)
COUNTRIES = (
    ("FR", "Ligne Claire Example", "Unité Exemple", "Autorité Exemple"),
    ("GB", "Safe Harbour Line Example", "Child Protection Desk Example", "Online Safety Office Example"),
    ("NL", "Meldlijn Example", "Team Example", "Toezicht Example"),
)
_WAY = "By its portal, desk.{code}.example; out of hours by phone."
_FORM = "By its form, https://supervision.{code}.example/report"
_LAW = "For the demonstration only: says nothing of any real country's law."


def fill_directory(kit: Kit, actor: Admin) -> None:
    """All of them, the way an admin would type them."""
    carrier = add_provider(kit, actor, SKEINWIRE)
    above = add_provider(kit, actor, replace(NORTHLIGHT, upstreams=(carrier,)))
    for provider in SUPPLIED:
        add_provider(kit, actor, replace(provider, upstreams=(above,)))
    for provider in OTHERS:
        add_provider(kit, actor, provider)
    for code, hotline, police, regulator in COUNTRIES:
        keep_country(kit, actor, _country(code, hotline, police, regulator))


def _country(code: str, hotline: str, police: str, regulator: str) -> CountryInput:
    way = _WAY.format(code=code.lower())
    return CountryInput(
        code=code,
        hotline_name=hotline,
        hotline_way=way,
        policy=ReferralPolicy.PARALLEL,
        policy_hours=0,
        police_name=police,
        police_way=way,
        legal_note=_LAW,
        verified_on="",
        seen=print_of_country(None),
        regulator_name=regulator,
        regulator_way=_FORM.format(code=code.lower()),
    )
