"""What is sent to every route by who may: forms that do something, for the cases of tests/rules/people.py."""

from datetime import timedelta

from app.casework.import_providers import directory_print
from app.casework.preview_notice import preview_notices
from app.casework.series_to_assess import read_series_to_assess
from app.domain.policy import Policy
from app.reads.countries import read_country
from app.reads.laws import read_law
from tests.make import ADA, BEN, SINA
from tests.rules.people import PROVIDER_LIST, World

OF_CASE = {
    "/authority": "unchecked",
    "/own-code": "unchecked",
    "/revoke": "unchecked",
    "/join": "unchecked",
    "/own-verified": "family",
    "/locate": "alone",
    "/doubt": "alone",
    "/recusal": "stepped",
    "/series/leave": "alone",
    "/stalled": "stalled",
}
"""Routes for a case of their own."""


def told_place(world: World) -> str:
    """The place without an address, in the case in which somebody asks alone."""
    with world.kit.database.reading() as work:
        return work.requests.locations_of(world.cases["alone"].request_id)[-1].id


def filer_of(world: World, name: str) -> str:
    with world.kit.database.reading() as work:
        return work.parties.of_request(world.cases[name].request_id)[0].id


def values_of(world: World) -> dict[str, str]:
    """What stands for the variables of a route."""
    with world.kit.database.reading() as work:
        provider = work.providers.all()[0]
    return {
        "filename": "heard.css",
        "int:number": "1",
        "law_id": "dsa_16",
        "letter_id": world.letter_id,
        "member_id": BEN.id,
        "name": "what",
        "notice_id": bounced_notice(world),
        "passkey_id": "f" * 32,
        "proof_id": world.proof_id,
        "provider_id": provider.id,
        "question": "wishes",
        "reader": "adult",
        "referral_id": world.referral_id,
        "claim_id": world.claim_id,
        "mail_id": world.mail_id,
        "reply_id": world.reply_id,
        "request_id": world.cases["mine"].request_id,
        "series_id": world.series_id,
        "staged_id": world.list_id,
        "list_id": world.provider_list_id,
        "code": "NL",
    }


def bounced_notice(world: World) -> str:
    """The one that the mail system refused: it waits for another contact."""
    with world.kit.database.reading() as work:
        return work.letters.load(world.letter_id).notice_id


def stalled_place(world: World) -> str:
    with world.kit.database.reading() as work:
        return work.requests.locations_of(world.cases["stalled"].request_id)[0].id


def seen_in_series(world: World) -> str:
    """How one case of the series stands, as the page of its assessment says it."""
    one = read_series_to_assess(world.kit, ADA, world.series_id).cases[0]
    return f"{one.request_id}:{one.mark}"


def _tomorrow(world: World) -> str:
    return (world.kit.clock() + timedelta(days=1)).date().isoformat()


def _directory_print(world: World) -> str:
    with world.kit.database.reading() as work:
        return directory_print(work)


def forms_of(world: World) -> dict[str, dict[str, str]]:
    """For each route that takes a form: one that is right in every way."""
    case = world.cases["mine"].request_id
    with world.kit.database.reading() as work:
        places = {place.number: place for place in work.requests.locations_of(case)}
    letter = next(one for one in preview_notices(world.kit, ADA, case) if one.seen)
    provider = {
        "name": "Cloudfen",
        "scope": "content",
        "address": "abuse@cloudfen.example",
        "suffixes": "cloudfen.example",
        "language": "en",
        "country": "CA",
        "channel": "plain",
    }
    finding = {"kind": "csam", "is_child": "yes", "is_harmed": "yes", "ground": "a", "basis": "us"}
    finding |= {"age_band": "9-12", "identified": "no", "location_ids": places[1].id}
    return {
        "POST /ask": {"places": "https://site.example/x"},
        "POST /follow": {"code": "0000-0000-0000-0000-0000-0001"},
        "POST /follow/message": {"text": "hello"},
        "POST /follow/forget": {"meant": "yes"},
        "POST /follow/place/<int:number>": {"do": "note", "label_1": "hello"},
        "POST /follow/back": {"number": "1"},
        "POST /follow/add": {"places": "https://site.example/x"},
        "POST /follow/withdraw": {"numbers": "1"},
        "POST /follow/wishes/<question>": {"telling": "end"},
        "POST /follow/names": {"names": "Somebody", "agree": "yes"},
        "POST /follow/file": {"form": "page"},
        "POST /follow/contact": {"email": "someone@mail.example", "telling": "end", "hours": "any"},
        "POST /follow/contact/number": {"number": "123456"},
        "POST /follow/access": {"meant": "yes"},
        "POST /desk/case/<request_id>/forget": {"meant": "yes"},
        "POST /desk/case/<request_id>/hand-over": {"hand_to": SINA.id, "hand_note": "hello"},
        "POST /desk/case/<request_id>/hold": {"hold_day": _tomorrow(world), "hold_reason": "hello"},
        "POST /desk/case/<request_id>/recusal": {"member_id": BEN.id},
        "POST /desk/case/<request_id>/put": {"where": "first", "order_reason": "hello"},
        "POST /desk/case/<request_id>/note": {"desk_note": "hello"},
        "POST /desk/case/<request_id>/mandate": {"mandate_where": "hello"},
        "POST /desk/case/<request_id>/danger": {"danger": "now", "danger_reason": "hello"},
        "POST /desk/case/<request_id>/doubt": {"doubt_reason": "hello"},
        "POST /desk/not-requests": {"request_ids": world.cases["doubted"].request_id, "agree": "yes"},
        "POST /desk/sign-in": {"name": "nobody", "passphrase": "no such words", "totp": "000000"},
        "POST /desk/confirm": {"code": "000000"},
        "POST /desk/people": {"fingerprint": world.waiting},
        "POST /desk/me/passphrase": {"step": "current", "passphrase": "x"},
        "POST /desk/me/factor": {"step": "current", "passphrase": "x"},
        "POST /desk/me/passkeys": {"label": "x", "credential": "{}"},
        "POST /desk/letters/<letter_id>": {"choice": "again"},
        "POST /desk/notice/<notice_id>/further": {"provider_id": "x", "rung": "1", "seen": "x"},
        "POST /desk/notice/<notice_id>/settle": {"step": "second_way", "note": "hello"},
        "POST /desk/case/<request_id>/stalled": {
            "location_ids": stalled_place(world),
            "review": "later",
            "note": "x",
        },
        "POST /desk/cases": {"act": "take", "request_ids": world.cases["mine"].request_id},
        "POST /desk/cases/do": {"act": "skip", "request_ids": world.cases["mine"].request_id},
        "POST /desk/case/<request_id>/assess": finding | {"versions": f"{places[1].id}:{places[1].version}"},
        "POST /desk/case/<request_id>/notices": {
            "letter": letter.seen,
            f"provider_id-{letter.seen}": letter.provider_id or "",
            f"location_ids-{letter.seen}": letter.location_ids[0],
        },
        "POST /desk/case/<request_id>/provider": {
            "location_ids": places[2].id,
            "provider_name": "talkyard",
        },
        "POST /desk/notice/<notice_id>/by-hand": {"act": "done"},
        "POST /desk/case/<request_id>/ask": {
            "location_ids": places[1].id,
            "versions": f"{places[1].id}:{places[1].version}",
            "party_id": filer_of(world, "mine"),
            "text": "hello",
        },
        "POST /desk/find": {"words": "northlight"},
        "POST /desk/replies": {"language": "en", "title": "hello", "text": "hello"},
        "POST /desk/replies/<reply_id>": {"language": "en", "title": "hello", "text": "hello"},
        "POST /desk/case/<request_id>/reply": {"location_ids": places[3].id, "reply": "removed"},
        "POST /desk/own-motion": {"reason": "why", "contents": "abuse", "pasted": "https://site.example/x"},
        "POST /desk/case/<request_id>/take-out": {"location_ids": places[1].id},
        "POST /desk/case/<request_id>/bring-back": {"pasted": "reference,kind\nx,csam"},
        "POST /desk/case/<request_id>/refer": {
            "kind": "police",
            "location_ids": places[2].id,
            "to": "other",
            "recipient": "hello",
        },
        "POST /desk/case/<request_id>/emergency": {
            "to": "other",
            "recipient": "hello",
            "must_leave": "hello",
            "told": "yes",
        },
        "POST /desk/case/<request_id>/wait": {"act": "start", "reason": "hello"},
        "POST /desk/referral/<referral_id>/move": {"version": "1", "to": "sent", "note": "hello"},
        "POST /desk/case/<request_id>/series": {"other": world.cases["unchecked"].request_id},
        "POST /desk/series/<series_id>": {"version": "1", "is_known": "yes", "police_reference": "hello"},
        "POST /desk/series/<series_id>/assess": finding | {"seen": seen_in_series(world)},
        "POST /desk/case/<request_id>/signal": {
            "location_ids": places[3].id,
            "seen": "there",
            "source": "us",
        },
        "POST /desk/case/<request_id>/outcome": {"location_ids": places[3].id, "outcome": "upstream"},
        "POST /desk/case/<request_id>/locate": {
            "location_id": told_place(world),
            "address": "https://talkyard.example/u/somebody",
        },
        "POST /desk/case/<request_id>/safety": {"found": "clear", "note": "hello"},
        "POST /desk/case/<request_id>/own-verified": {"meant": "yes"},
        "POST /desk/case/<request_id>/revoke": {"meant": "yes", "party_id": filer_of(world, "unchecked")},
        "POST /desk/case/<request_id>/join": {"child_request_id": world.cases["alone"].request_id},
        "POST /desk/case/<request_id>/message": {"text": "hello"},
        "POST /desk/case/<request_id>/show": {"what": "addresses", "location_ids": places[1].id},
        "POST /desk/policy": {
            "seen": Policy().written,
            "soft_limit": "5",
            "hard_limit": "9",
            "break_after": "30",
        },
        "POST /admin/people/<member_id>/role": {"to": "supervisor"},
        "POST /admin/providers/new": provider,
        "POST /admin/": {"find": "talkyard"},
        "POST /admin/providers/list": {"pasted": PROVIDER_LIST.decode()},
        "POST /admin/providers/list/<list_id>": {"seen": _directory_print(world)},
        "POST /admin/countries/<code>": {
            "seen": read_country(world.kit, "NL").seen,
            "hotline_name": "A hotline",
            "policy": "parallel",
        },
        "POST /admin/laws": {"country": "CA", "citation": "An act", "use": "ground", "kinds": "csam"},
        "POST /admin/laws/<law_id>": {
            "seen": read_law(world.kit, "dsa_16").seen,
            "citation": "An act",
            "kinds": "csam",
        },
        "POST /admin/providers/<provider_id>": provider,
        "POST /admin/people/invite": {"role": "admin", "sign_in": "nora"},
        "POST /admin/people/<member_id>/leave": {"meant": "yes"},
        "POST /n/<link>/answers": {"reply_1": "removed"},
        "POST /verify": {"reference": "H-0000-0000", "notice_code": "0000000000"},
        "POST /desk/claim/<claim_id>": {"version": "1", "move": "ask", "claim_note": "hello"},
        "POST /desk/mail/<mail_id>": {"do": "settle", "all": "asks"},
        "POST /follow/proof/word": {"meant": "yes", "proof_words": "hello"},
        "POST /follow/proof/record": {"docket": "4"},
        "POST /follow/proof/voucher": {"role": "doctor"},
        "POST /follow/proof/take-back": {"proof": world.proof_id},
        "POST /v/<link>": {"phrase": "no such words"},
        "POST /v/<link>/say": {"how_known": "hello"},
        "POST /desk/case/<request_id>/proof/<proof_id>": {
            "version": "1",
            "birth_date": "not_shown",
            "image_date": "not_shown",
            "tie": "not_shown",
            "result": "likely",
        },
    }
