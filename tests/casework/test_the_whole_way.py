"""From filing to a notice that was sent, through the verbs, on both databases."""

from app.casework.approve_notice import ApproveInput, approve_notice
from app.casework.assess import AssessInput, assess
from app.casework.deliver_letter import deliver_letter
from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.casework.post_courier import CourierDoor
from app.casework.preview_notice import preview_notices
from app.casework.record_reply import ReplyInput, record_reply
from app.casework.take_case import take_case
from app.domain.words import LocationState, Reply
from app.outbound.ports import NullMailer
from app.reads.follow import read_follow
from tests.make import ADA, CSAM, URL, file_one


def test_a_location_goes_from_received_to_provider_says_removed(kit: Kit) -> None:
    filed = file_one(kit)
    requester = follow_with_code(kit, filed.code)
    assert [p.state for p in read_follow(kit, requester).places] == [LocationState.RECEIVED]

    door = CourierDoor(kit)
    take_case(kit, ADA, filed.request_id)
    place = open_case(kit, ADA, filed.request_id).places[0]
    assert (place.url, place.provider_name) == (URL, "Northlight Hosting")
    assess(kit, ADA, AssessInput(filed.request_id, (place.id,), (place.version,), CSAM))
    place = open_case(kit, ADA, filed.request_id).places[0]
    assert place.ready
    assert place.provider_id
    (preview,) = preview_notices(kit, ADA, filed.request_id)
    assert preview.body
    assert URL not in preview.body
    assert "img[.]northlight[.]example/…" in preview.body
    given = ApproveInput(filed.request_id, place.provider_id, preview.location_ids, preview.seen)
    reference = approve_notice(kit, ADA, given)

    courier, mailer = door.knock(), NullMailer()
    assert courier is not None
    assert deliver_letter(kit, courier, mailer)
    assert not deliver_letter(kit, courier, mailer)
    assert reference in mailer.sent[0]["Subject"]
    assert read_follow(kit, requester).places[0].state is LocationState.NOTICE_SENT

    record_reply(kit, ADA, ReplyInput(filed.request_id, (place.id,), Reply.REMOVED))
    assert read_follow(kit, requester).places[0].state is LocationState.SAYS_REMOVED
