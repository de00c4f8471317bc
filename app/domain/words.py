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
    CHILD = "child"  # the child's own access beside a representative's; not known yet to be the child's
    BYSTANDER = "bystander"  # sees "received, thank you", for ever
    HOTLINE = "hotline"  # the hotline itself, for a child who cannot ask: nobody holds a code

    @property
    def sees_places(self) -> bool:
        """Whether states are shown: not to an unchecked representative, nor to who merely came across it."""
        return self in (Standing.OWN, Standing.CHECKED, Standing.CHILD)

    @property
    def is_own(self) -> bool:
        """Speaks for themselves, known to a caseworker or not."""
        return self in (Standing.OWN, Standing.CHILD)


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
    ASKED = "asked"  # the requester was asked something; their answer brings it on
    HEARING_DUE = "hearing_due"  # the finding does not ask for removal: nothing is decided before a hearing
    APPROVED = "approved"  # a notice is approved and waits for the courier
    NOTICE_SENT = "notice_sent"
    HAS_IT = "has_it"  # the provider says that it has the notice
    SAYS_REMOVED = "says_removed"  # the provider's word, not ours
    GONE = "gone"  # we, or a partner we trust, checked it lawfully after the provider's word
    BACK = "back"  # it was gone, or said to be, and is there again
    REFUSED = "refused"  # by the provider: a caseworker decides whom to ask next
    REFERRED = "referred"  # with the hotline of the provider's country
    UPSTREAM = "upstream"  # with who supplies the provider
    BOUNCED = "bounced"  # the notice did not arrive: another contact is needed
    ASKS = "asks"  # the provider asks something
    MOVED = "moved"  # the provider says it lies with somebody else
    WATCHED = "watched"  # gone, and still gone when the hotline or a partner looked again
    STALLED = "stalled"  # nobody moves: looked at every month, never closed
    WITHDRAWN = "withdrawn"  # the person it belongs to no longer wants it asked


@unique
class RequestState(StrEnum):
    OPEN = "open"
    NOT_A_REQUEST = "not_a_request"  # two caseworkers found no place in it; one message opens it again
    FORGOTTEN = "forgotten"  # hidden at once, destroyed when its days of grace are over


@unique
class NoticeState(StrEnum):
    APPROVED = "approved"
    SENT = "sent"
    UNDELIVERED = "undelivered"  # the mail system refused it for good
    ANSWERED = "answered"
    PLANNED = "planned"  # approved ahead: goes out when its step of the ladder is due
    CANCELLED = "cancelled"  # not needed any more, or taken into another letter, before it went out


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

    HAS_IT = "has_it"
    REMOVED = "removed"
    NOT_OURS = "not_ours"
    ASKS = "asks"
    REFUSES = "refuses"
    AGE_DOUBT = "age_doubt"  # doubts that the person shown was under 18
    OVER_18 = "over_18"  # somebody says that the person shown was 18 or older


@unique
class Role(StrEnum):
    """What a member does. Who opens cases holds a grant of the team key; nobody else does."""

    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"  # a caseworker who also sets policy and limits
    ADMIN = "admin"  # people, providers, countries
    AUDITOR = "auditor"  # trail and numbers

    @property
    def opens_cases(self) -> bool:
        return self in (Role.CASEWORKER, Role.SUPERVISOR)


@unique
class YesNo(StrEnum):
    """An answer that may always be left open."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@unique
class Since(StrEnum):
    """What a requester knows of how long a location has been there."""

    NEW = "new"
    OLD = "old"
    BACK = "back"  # it was taken down before


@unique
class Authority(StrEnum):
    """In what capacity a representative says they act. Checked by a caseworker, never by this program."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    LAWYER = "lawyer"
    SOCIAL_WORKER = "social_worker"
    ADVOCATE = "advocate"
    SUPPORT = "support"  # a support organisation
    OTHER = "other"


@unique
class Matter(StrEnum):
    """What matters to the person who asks. A wish, weighed by a caseworker."""

    SPEED = "speed"
    PRIVACY = "privacy"
    BEING_TOLD = "being_told"
    POLICE = "police"
    NO_POLICE = "no_police"
    READ_FIRST = "read_first"  # to see the notice before it is sent


@unique
class Telling(StrEnum):
    """How much a requester wants to be told by mail. The follow page always shows everything."""

    NOTHING = "nothing"
    END = "end"
    EACH_STEP = "each_step"


@unique
class Hours(StrEnum):
    """When it is safe to write, in the time zone of the hotline."""

    ANY = "any"
    SCHOOL = "school"  # Monday to Friday, 9:00 to 15:00
    EVENING = "evening"  # every day, 18:00 to 21:00


@unique
class SafetyState(StrEnum):
    """Whether a caseworker must think of the person's safety before anything goes out."""

    NONE = "none"
    DUE = "due"
    CLEAR = "clear"
    HOLD = "hold"  # a caseworker found that a notice could harm; nothing goes out
