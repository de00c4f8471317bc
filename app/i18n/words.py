"""The words for every closed list in app/domain/words.py: what people read instead of stored values.

`words` is for those who ask and for providers, `desk_words` for caseworkers, `hint` is the line under
a choice of the ask form. Words for those who ask say exactly what is so and promise nothing: a notice
that went out is "Notice sent", never "removed"; "removed" is only ever the provider's word.
"""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.words import (
    AgeBand,
    Asker,
    Basis,
    Channel,
    Content,
    Ground,
    Kind,
    LetterState,
    LocationState,
    NoticeState,
    Reply,
    RequestState,
    Role,
    Standing,
)
from app.i18n.locales import N_, gettext

# By enum first, then by member: StrEnum members of different enums that store the same value
# (Asker.BYSTANDER, Standing.BYSTANDER) are equal, and in one flat table one would speak for both.
Table = Mapping[type[StrEnum], Mapping[StrEnum, str]]

SPOKEN: Table = {
    Asker: {
        Asker.PERSON: N_("I am the person shown"),
        Asker.PARENT: N_("I am a parent or guardian"),
        Asker.AUTHORISED: N_("I act for the person shown (lawyer, social worker, support worker)"),
        Asker.BYSTANDER: N_("I am an adult who came across it"),
        Asker.UNSAID: N_("I do not want to say"),
    },
    Standing: {
        Standing.OWN: N_("This is your request."),
        Standing.UNCHECKED: N_("We have not checked yet that you may speak for the person shown."),
        Standing.CHECKED: N_("We have checked that you may speak for the person shown."),
        Standing.BYSTANDER: N_("We received it. Thank you."),
    },
    Content: {
        Content.ABUSE: N_("Sexual abuse"),
        Content.AROUND_ABUSE: N_("Just before or after the abuse"),
        Content.SEXUALISED: N_("Pictures used in a sexual way"),
        Content.VIOLENCE: N_("A child being hurt or tied up"),
        Content.IDENTITY: N_("A name, a home, a school or a family"),
        Content.COMMENTS: N_("Sexual comments"),
        Content.POINTERS: N_("Posts that say where to find the images"),
        Content.SEARCH: N_("Search results"),
    },
    LocationState: {
        LocationState.RECEIVED: N_("Received. Nobody has looked at it yet."),
        LocationState.ASSESSING: N_("A caseworker is looking at it."),
        LocationState.ASSESSED: N_("We looked at it. It should be taken down. The notice is not ready yet."),
        LocationState.HEARING_DUE: N_("We are still looking at it. Nothing has been decided."),
        LocationState.APPROVED: N_("A notice is ready. It has not gone out yet."),
        LocationState.NOTICE_SENT: N_("Notice sent"),
        LocationState.SAYS_REMOVED: N_("The provider says it is removed"),
    },
    # In the provider's own voice: it is the provider who chooses among these.
    Reply: {
        Reply.REMOVED: N_("We have removed it"),
        Reply.NOT_OURS: N_("It is not on our service"),
        Reply.ASKS: N_("We have a question"),
        Reply.REFUSES: N_("We will not remove it"),
    },
}

HINTS: Table = {
    Asker: {
        Asker.PERSON: N_("You are in the pictures. It does not matter how old you are now."),
        Asker.PARENT: N_("You look after the child shown. We check this before we show you what happens."),
        Asker.AUTHORISED: N_("You may speak for them. We check this before we show you what happens."),
        Asker.BYSTANDER: N_("To keep the child safe, you will only see that we received it."),
        Asker.UNSAID: N_("That is all right. You can still ask."),
    },
    Content: {
        Content.ABUSE: N_("Pictures or videos of a child being sexually abused."),
        Content.AROUND_ABUSE: N_("The child may be dressed. Nothing may look wrong. It still counts."),
        Content.SEXUALISED: N_("The child may be dressed or not. Others use the picture in a sexual way."),
        Content.VIOLENCE: N_("It does not have to be sexual."),
        Content.IDENTITY: N_("Anything that says who or where the person is. New pictures of them too."),
        Content.COMMENTS: N_("What others write about the person, as a child or today."),
        Content.POINTERS: N_("Links, names or codes that lead others to them."),
        Content.SEARCH: N_("When you search a name, the images or pages about them come up."),
    },
}

DESK: Table = {
    Asker: {
        Asker.PERSON: N_("Person depicted"),
        Asker.PARENT: N_("Parent or guardian"),
        Asker.AUTHORISED: N_("Authorised representative"),
        Asker.BYSTANDER: N_("Adult who came across it"),
        Asker.UNSAID: N_("Did not say"),
    },
    Standing: {
        Standing.OWN: N_("Sees every place"),
        Standing.UNCHECKED: N_("Representative, authority not checked"),
        Standing.CHECKED: N_("Representative, authority checked"),
        Standing.BYSTANDER: N_("Sees only that it was received"),
    },
    Content: {
        Content.ABUSE: N_("Abusive incident"),
        Content.AROUND_ABUSE: N_("Before or after an abusive incident"),
        Content.SEXUALISED: N_("Sexualised images, nude or clothed"),
        Content.VIOLENCE: N_("Physical abuse or restraint"),
        Content.IDENTITY: N_("Name, whereabouts, family, adult pictures"),
        Content.COMMENTS: N_("Sexualising comments"),
        Content.POINTERS: N_("Links that advertise a series"),
        Content.SEARCH: N_("Search results for a name"),
    },
    Kind: {
        Kind.CSAM: N_("Child sexual abuse material (CSAM)"),
        Kind.HARMFUL: N_("Harmful/abusive images of a child"),
        Kind.IDENTITY: N_("Identity and safety"),
    },
    Ground: {
        Ground.ABUSIVE_INCIDENT: N_("Recorded in the course of an abusive incident"),
        Ground.SEXUALISED: N_("Nude, partly nude or clothed, and sexualised"),
        Ground.PHYSICAL_ABUSE: N_("Physical abuse, torture or restraint"),
    },
    AgeBand: {
        AgeBand.PREPUBESCENT: N_("prepubescent (0–8)"),
        AgeBand.PUBESCENT: N_("pubescent (9–12)"),
        AgeBand.POST_PUBESCENT: N_("post-pubescent (13–17)"),
        AgeBand.UNKNOWN: N_("age band not known"),
    },
    Basis: {
        Basis.US: N_("Assessed by us"),
        Basis.OTHER: N_("Assessed by another body"),
        Basis.NOBODY: N_("Not assessed by us"),
    },
    LocationState: {
        LocationState.RECEIVED: N_("Received"),
        LocationState.ASSESSING: N_("Being assessed"),
        LocationState.ASSESSED: N_("Assessed, no notice approved"),
        LocationState.HEARING_DUE: N_("Removal not asked, hearing due"),
        LocationState.APPROVED: N_("Notice approved, not sent"),
        LocationState.NOTICE_SENT: N_("Notice sent"),
        LocationState.SAYS_REMOVED: N_("The provider says it is removed"),
    },
    RequestState: {
        RequestState.OPEN: N_("Case open"),
        RequestState.FORGOTTEN: N_("Case forgotten"),
    },
    NoticeState: {
        NoticeState.APPROVED: N_("Notice approved, not sent"),
        NoticeState.SENT: N_("Notice sent"),
        NoticeState.UNDELIVERED: N_("Notice refused by the mail system"),
        NoticeState.ANSWERED: N_("Answered by the provider"),
    },
    LetterState: {
        LetterState.WAITING: N_("Waiting to be sent"),
        LetterState.SENDING: N_("Being handed over"),
        LetterState.DOUBT: N_("In doubt: may or may not have gone out"),
        LetterState.SENT: N_("Accepted by the mail system"),
        LetterState.REFUSED: N_("Refused by the mail system"),
        LetterState.DROPPED: N_("Will not be sent again"),
    },
    Reply: {
        Reply.REMOVED: N_("Says it is removed"),
        Reply.NOT_OURS: N_("Says it is not theirs"),
        Reply.ASKS: N_("Asks a question"),
        Reply.REFUSES: N_("Refuses to remove it"),
    },
    Role: {Role.CASEWORKER: N_("Caseworker"), Role.ADMIN: N_("Administrator")},
    Channel: {Channel.PLAIN: N_("Plain text"), Channel.PLAIN_XARF: N_("Plain text with XARF file")},
}


def words(member: StrEnum) -> str:
    """What a requester or provider reads for `member`, in the current language.

    Lists that only providers and caseworkers meet (kinds, grounds, age bands, …) keep the field's terms.
    Raises KeyError for an enum that is not of the domain.
    """
    table = SPOKEN.get(type(member)) or DESK[type(member)]
    return gettext(table[member])


def desk_words(member: StrEnum) -> str:
    """What a caseworker reads for `member`: short, in the field's standard terms. KeyError as in `words`."""
    return gettext(DESK[type(member)][member])


def hint(member: Asker | Content) -> str:
    """One plain line under a choice of the ask form, in the current language."""
    return gettext(HINTS[type(member)][member])
