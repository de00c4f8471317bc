"""The field's closed lists, as enums. Their values are what is stored; they never change meaning.

Sources: the framework "How We Are Failing Children" (Canadian Centre for Child Protection, 2019)
for grounds, age bands and the two questions; General Comment No. 12 for who may ask.
"""

from enum import StrEnum, unique


@unique
class Asker(StrEnum):
    """Who files a request. Optional: a person who does not say is treated as the person depicted."""

    PERSON = "person"  # the person depicted
    PARENT = "parent"  # parent or guardian
    AUTHORISED = "authorised"  # someone with a stated authority: lawyer, social worker, advocate
    BYSTANDER = "bystander"  # another adult who came across it
    UNSAID = "unsaid"

    @property
    def is_representative(self) -> bool:
        return self in (Asker.PARENT, Asker.AUTHORISED)


@unique
class Standing(StrEnum):
    """What a party may see on the follow page. Plain column: it names no relation to the child."""

    OWN = "own"  # sees every place and its state
    UNCHECKED = "unchecked"  # a representative before a caseworker checked the authority
    CHECKED = "checked"  # a representative whose authority was checked
    BYSTANDER = "bystander"  # sees "received, thank you", for ever


@unique
class Content(StrEnum):
    """What a requester says is there. A first word, never an assessment."""

    ABUSE = "abuse"
    AROUND_ABUSE = "around_abuse"
    SEXUALISED = "sexualised"
    VIOLENCE = "violence"
    IDENTITY = "identity"
    COMMENTS = "comments"
    POINTERS = "pointers"
    SEARCH = "search"


@unique
class Kind(StrEnum):
    """The kind a caseworker finds; it decides which notice is written."""

    CSAM = "csam"  # inside a criminal definition
    HARMFUL = "harmful"  # harmful/abusive images, with a ground
    IDENTITY = "identity"  # identity and safety: no child test


@unique
class Ground(StrEnum):
    """Ground of a harmful/abusive images notice. None of them asserts illegality."""

    ABUSIVE_INCIDENT = "a"
    SEXUALISED = "b"
    PHYSICAL_ABUSE = "c"


@unique
class AgeBand(StrEnum):
    """Age of the youngest child in the item."""

    PREPUBESCENT = "0-8"
    PUBESCENT = "9-12"
    POST_PUBESCENT = "13-17"
    UNKNOWN = "unknown"


@unique
class Basis(StrEnum):
    """On whose eyes a finding rests. There is no default."""

    US = "us"
    OTHER = "other"  # another body, named
    NOBODY = "nobody"


@unique
class LocationState(StrEnum):
    """Where one location stands. Plain column; the words people read are in app/i18n/words.py."""

    RECEIVED = "received"
    ASSESSING = "assessing"  # a caseworker has taken the case
    ASSESSED = "assessed"  # a finding asks for removal; no notice approved yet
    HEARING_DUE = "hearing_due"  # the finding does not ask for removal: nothing is decided before a hearing
    APPROVED = "approved"  # a notice is approved and waits for the courier
    NOTICE_SENT = "notice_sent"
    SAYS_REMOVED = "says_removed"  # the provider's word, not ours


@unique
class RequestState(StrEnum):
    OPEN = "open"
    FORGOTTEN = "forgotten"  # hidden at once, destroyed when its days of grace are over


@unique
class NoticeState(StrEnum):
    APPROVED = "approved"
    SENT = "sent"
    UNDELIVERED = "undelivered"  # the mail system refused it for good
    ANSWERED = "answered"


@unique
class LetterState(StrEnum):
    """One letter in the outbox. See domain/letters.py for the moves."""

    WAITING = "waiting"
    SENDING = "sending"  # being handed over; found like this after a crash it becomes DOUBT
    DOUBT = "doubt"  # may or may not have gone out: a caseworker decides
    SENT = "sent"
    REFUSED = "refused"
    DROPPED = "dropped"  # a caseworker decided not to send a doubtful or refused letter again


@unique
class Reply(StrEnum):
    """A provider's answer for one location."""

    REMOVED = "removed"
    NOT_OURS = "not_ours"
    ASKS = "asks"
    REFUSES = "refuses"


@unique
class Role(StrEnum):
    CASEWORKER = "caseworker"
    ADMIN = "admin"


@unique
class Channel(StrEnum):
    PLAIN = "plain"
    PLAIN_XARF = "plain_xarf"
