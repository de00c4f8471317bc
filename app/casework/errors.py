"""What a verb may answer instead of doing. None carries a value a person typed."""


class CaseworkError(Exception):
    """Base of all; the text is a code for the log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotFound(CaseworkError):
    """There is no such thing for this actor."""

    def __init__(self) -> None:
        super().__init__("not_found")


class NotAllowed(CaseworkError):
    """This actor may not do this (now)."""

    def __init__(self) -> None:
        super().__init__("not_allowed")


class Recused(CaseworkError):
    """This caseworker stepped back from the case for good."""

    def __init__(self) -> None:
        super().__init__("recused")


class EnoughForToday(CaseworkError):
    """The daily limit is reached: nothing more is shown to this member today."""

    def __init__(self) -> None:
        super().__init__("enough_for_today")


class SecondCaseworkerNeeded(CaseworkError):
    """By the hotline's policy somebody else than who did the first part has to agree."""

    def __init__(self) -> None:
        super().__init__("second_caseworker_needed")


class ReferFirst(CaseworkError):
    """By the policy for the provider's country a referral comes first, or its hours are not over."""

    def __init__(self) -> None:
        super().__init__("refer_first")


class PoliceHoldRuns(CaseworkError):
    """Police asked to wait with notices, and the time is not over."""

    def __init__(self) -> None:
        super().__init__("police_hold_runs")


class NotHolding(CaseworkError):
    """The caseworker does not hold the case (any more): take it first."""

    def __init__(self) -> None:
        super().__init__("not_holding")


class TakenBySomeoneElse(CaseworkError):
    """Another caseworker works on this case now."""

    def __init__(self) -> None:
        super().__init__("taken")


class Stale(CaseworkError):
    """Somebody moved first; nothing was written."""

    def __init__(self) -> None:
        super().__init__("stale")


class Busy(CaseworkError):
    """Too many people are waiting for a derivation; nothing was done. Try again in a few seconds."""

    def __init__(self) -> None:
        super().__init__("busy")


class SafetyCheckDue(CaseworkError):
    """Nothing goes out before a caseworker has made the safety check, or while it says: hold."""

    def __init__(self) -> None:
        super().__init__("safety_check_due")


class SecondWordNeeded(CaseworkError):
    """The second word that was chosen at filing is missing or wrong. Nothing was done."""

    def __init__(self) -> None:
        super().__init__("second_word_needed")


class CodeProblem(CaseworkError):
    """A receipt code that opens nothing. `code` is "mistyped" (checksum) or "unknown" (all else)."""


class SignInRefused(CaseworkError):
    """One refusal for every cause."""

    def __init__(self) -> None:
        super().__init__("sign_in_refused")


class KeyNotTrusted(CaseworkError):
    """A public key in the database is not the one that was pinned or vouched for. Stop and look.

    `what` says which one, by kind and id.
    """

    def __init__(self, what: str = "") -> None:
        super().__init__("key_not_trusted")
        self.what = what


class AlreadyFounded(CaseworkError):
    """There is a hotline in this database."""

    def __init__(self) -> None:
        super().__init__("already_founded")


class SignInTaken(CaseworkError):
    """A member or an open invitation has this sign-in name."""

    def __init__(self) -> None:
        super().__init__("sign_in_taken")


class OtherRecoveryKey(CaseworkError):
    """The shares fit each other, but open the recovery key of another hotline, or of another day."""

    def __init__(self) -> None:
        super().__init__("other_recovery_key")


class RotationRefused(CaseworkError):
    """Not now. `code`: under_way, nothing_prepared, not_pinned, second_person, left_over."""


class SecondPersonNeeded(CaseworkError):
    """Settings ask for two people: a colleague has to compare the same key, too."""

    def __init__(self) -> None:
        super().__init__("second_person_needed")


class LastOne(CaseworkError):
    """Nobody else could do their work. `code`: last_admin (never), last_caseworker (when it is meant)."""


class SuffixTaken(CaseworkError):
    """Another provider in the directory already has this host suffix."""

    def __init__(self) -> None:
        super().__init__("suffix_taken")


class SuppliedInCircle(CaseworkError):
    """A provider would, by way of others, supply itself."""

    def __init__(self) -> None:
        super().__init__("supplied_in_circle")


class ContactRefused(CaseworkError):
    """About a mail address. `code`: not_offered, email_empty, email_wrong, too_many (mails with a number
    today), number_short, number_wrong, number_over (too late, or tried too often: ask for another one)."""


class DocumentRefused(CaseworkError):
    """Nothing of it is kept. `code`: not_pdf, too_large, no_text (a scan), unreadable."""


class ReferralRefused(CaseworkError):
    """A referral that cannot be made, or taken out, like this. `code`: no_places, withdrawn, no_address,
    not_assessed, other_country, under_way, no_recipient, no_words, no_reason."""


class ClaimRefused(CaseworkError):
    """A counter-claim that cannot be moved like this. `code`: no_note."""
