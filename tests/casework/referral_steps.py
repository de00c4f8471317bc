"""Steps of referrals that many tests walk before their own begins."""

from sqlalchemy import update

from app.casework.actors import Caseworker
from app.casework.emergency import EmergencyInput, emergency
from app.casework.kit import Kit, new_id
from app.casework.move_referral import MoveInput, move_referral
from app.casework.open_own_motion import OwnMotion, open_own_motion, seal_own_motion
from app.casework.prepare_referral import PrepareInput, Whom, prepare_referral
from app.domain.desk_words import ReferralKind, ReferralPolicy, ReferralState
from app.domain.referrals import Referral
from app.domain.words import Content
from app.persistence.countries import Country
from app.persistence.providers import providers
from app.places.reading import read_places
from tests.casework.steps import places_of
from tests.make import ADA, Clock, Filed

HERE, THERE = "CA", "NL"
POLICE = Whom(name="Police of Someplace", way="By their own upload page.")


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def agree(
    kit: Kit, policy: ReferralPolicy = ReferralPolicy.REFER_ONLY, hours: int = 0, code: str = THERE
) -> None:
    """A country with a hotline and police, and what was agreed with that hotline."""
    country = Country(
        code, "Far Hotline", "By their form.", policy, hours, "Far Police", "By courier.", "A law.", ""
    )
    with kit.database.writing() as work:
        work.countries.save(country, work.countries.of(country.code))
        work.commit()


def move_providers(kit: Kit, code: str = THERE) -> None:
    """Every provider of the directory is in that country."""
    with kit.database.writing() as work:
        work.connection.execute(update(providers).values(country=code))
        work.commit()


def prepare(
    kit: Kit,
    filed: Filed,
    kind: ReferralKind = ReferralKind.HOTLINE,
    numbers: tuple[int, ...] = (),
    whom: Whom | None = None,
    actor: Caseworker = ADA,
) -> str:
    """All places, when no numbers are given, to the far hotline or police. The case is taken."""
    chosen = tuple(
        place.id
        for place in places_of(kit, filed.request_id, actor)
        if not numbers or place.number in numbers
    )
    given = PrepareInput(new_id(), filed.request_id, kind, chosen, whom or Whom(country=THERE))
    return prepare_referral(kit, actor, given)


def move(
    kit: Kit, referral_id: str, to: ReferralState | None, note: str = "", actor: Caseworker = ADA
) -> None:
    version = referral(kit, referral_id).version
    move_referral(kit, actor, MoveInput(referral_id, version, to, note))


def refer(kit: Kit, filed: Filed, *numbers: int) -> str:
    """Prepared and handed over to the far hotline."""
    referral_id = prepare(kit, filed, numbers=numbers)
    move(kit, referral_id, ReferralState.SENT)
    return referral_id


def raise_emergency(kit: Kit, filed: Filed, actor: Caseworker = ADA, words: str = "It goes on.") -> str:
    given = EmergencyInput(new_id(), filed.request_id, POLICE, (), words, is_told=True)
    return emergency(kit, actor, given)


def referral(kit: Kit, referral_id: str) -> Referral:
    with kit.database.reading() as work:
        return work.referrals.load(referral_id)


def own_motion(kit: Kit, places: str) -> Filed:
    """A request that the hotline opened itself: nobody has a code."""
    found = read_places(places).places
    given = OwnMotion(new_id(), found, ("",) * len(found), (Content.ABUSE,), "Best interests.")
    sealed = seal_own_motion(given, kit.clock())
    with kit.database.writing() as work:
        open_own_motion(work, kit.team_key(work).public, sealed, ADA.id)
        work.commit()
    return Filed("", sealed.request.id)
