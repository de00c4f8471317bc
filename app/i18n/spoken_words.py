"""What those who ask read for the closed lists of app/domain/words.py, and providers for their own.

They say exactly what is so and promise nothing: a notice that went out is "Notice sent", never
"removed"; "removed" is only ever the provider's word.
"""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.proof_words import AgeResult, ContactState, ProofState, Tier, VoucherRole
from app.domain.words import (
    AgeBand,
    Asker,
    Authority,
    Content,
    Hours,
    LocationState,
    Matter,
    Reply,
    Since,
    Standing,
    Telling,
    YesNo,
)
from app.i18n.locales import N_
from app.i18n.provider_words import REPLIES

# By enum first, then by member: StrEnum members of different enums that store the same value
# (Asker.BYSTANDER, Standing.BYSTANDER) are equal, and in one flat table one would speak for both.
Table = Mapping[type[StrEnum], Mapping[StrEnum, str]]

SPOKEN: Table = {
    Asker: {
        Asker.PERSON: N_("I am the person shown"),
        Asker.PARENT: N_("I am a parent or guardian"),
        Asker.AUTHORISED: N_("I act for the person shown (as a lawyer, or as someone who helps them)"),
        Asker.BYSTANDER: N_("I am an adult who came across it"),
        Asker.UNSAID: N_("I do not want to say"),
    },
    Standing: {
        Standing.OWN: N_("This is your request."),
        Standing.UNCHECKED: N_("We have not checked yet that you may speak for the person shown."),
        Standing.CHECKED: N_("We have checked that you may speak for the person shown."),
        Standing.CHILD: N_("This is your own access. We have not met you yet."),
        Standing.BYSTANDER: N_("We received it. Thank you."),
        Standing.HOTLINE: N_("The hotline asks by itself."),
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
        LocationState.ASKED: N_("We have a question for you"),
        LocationState.HEARING_DUE: N_("We are still looking at it. Nothing has been decided."),
        LocationState.APPROVED: N_("A notice is ready. It has not gone out yet."),
        LocationState.NOTICE_SENT: N_("Notice sent"),
        LocationState.HAS_IT: N_("The website has our notice"),
        LocationState.SAYS_REMOVED: N_("The provider says it is removed"),
        LocationState.GONE: N_("Checked: it is gone"),
        LocationState.BACK: N_("It is back again"),
        LocationState.REFUSED: N_("The website refused"),
        LocationState.REFERRED: N_("With another hotline"),
        LocationState.UPSTREAM: N_("With the company behind the website"),
        LocationState.WITHDRAWN: N_("You took it back"),
        LocationState.BOUNCED: N_("Our notice did not arrive"),
        LocationState.ASKS: N_("The website has a question for us"),
        LocationState.MOVED: N_("It is with another company"),
        LocationState.WATCHED: N_("Checked again: it is still gone"),
        LocationState.STALLED: N_("Nobody has acted yet. We go on."),
    },
    Reply: REPLIES,
    AgeBand: {
        AgeBand.PREPUBESCENT: N_("0 to 8 years"),
        AgeBand.PUBESCENT: N_("9 to 12 years"),
        AgeBand.POST_PUBESCENT: N_("13 to 17 years"),
        AgeBand.UNKNOWN: N_("I do not know"),
    },
    YesNo: {YesNo.YES: N_("Yes"), YesNo.NO: N_("No"), YesNo.UNSURE: N_("I am not sure")},
    Since: {
        Since.NEW: N_("It is new there"),
        Since.OLD: N_("It has been there for a long time"),
        Since.BACK: N_("It was gone and is back"),
    },
    Authority: {
        Authority.PARENT: N_("Mother or father"),
        Authority.GUARDIAN: N_("Guardian"),
        Authority.LAWYER: N_("Lawyer"),
        Authority.SOCIAL_WORKER: N_("Social worker"),
        Authority.ADVOCATE: N_("Someone who speaks for children"),
        Authority.SUPPORT: N_("Someone from a support group"),
        Authority.OTHER: N_("Someone else"),
    },
    Matter: {
        Matter.SPEED: N_("That it goes fast"),
        Matter.PRIVACY: N_("That as few people as possible know"),
        Matter.BEING_TOLD: N_("That I am told what happens"),
        Matter.POLICE: N_("That the police are told"),
        Matter.NO_POLICE: N_("That the police are not told"),
        Matter.READ_FIRST: N_("That I can read the notice before it goes"),
    },
    Telling: {
        Telling.NOTHING: N_("Tell me nothing. I will look when I want to."),
        Telling.END: N_("Tell me when it is over."),
        Telling.EACH_STEP: N_("Tell me about each step."),
    },
    Hours: {
        Hours.ANY: N_("At any time"),
        Hours.SCHOOL: N_("Only Monday to Friday, 9:00 to 15:00"),
        Hours.EVENING: N_("Only in the evening, 18:00 to 21:00"),
    },
    Tier: {
        Tier.DECLARED: N_("Your word"),
        Tier.VOUCHED: N_("Someone who knows"),
        Tier.RECORD: N_("A record"),
        Tier.CREDENTIAL: N_("A digital card"),
        Tier.DOCUMENT: N_("A document"),
    },
    ProofState: {
        ProofState.AWAITED: N_("We wait for the person you chose"),
        ProofState.GIVEN: N_("Received. A caseworker will look at it."),
        ProofState.DECIDED: N_("We have looked at it"),
    },
    VoucherRole: {
        VoucherRole.POLICE: N_("Police officer"),
        VoucherRole.LAWYER: N_("Lawyer"),
        VoucherRole.DOCTOR: N_("Doctor"),
        VoucherRole.SOCIAL_WORKER: N_("Social worker"),
        VoucherRole.ADVOCACY_CENTRE: N_("Someone from a child advocacy centre"),
        VoucherRole.HOTLINE: N_("Someone from another hotline"),
    },
    AgeResult: {
        AgeResult.CONFIRMED: N_("Shown: under 18"),
        AgeResult.LIKELY: N_("Likely under 18"),
        AgeResult.NOT_SHOWN: N_("It does not show it yet"),
    },
    ContactState: {
        ContactState.UNCONFIRMED: N_("Not confirmed yet"),
        ContactState.CONFIRMED: N_("Confirmed"),
        ContactState.UNDELIVERABLE: N_("Our mail did not arrive"),
    },
}

NEXT: Table = {
    LocationState: {
        LocationState.RECEIVED: N_("Next: a caseworker looks at it."),
        LocationState.ASSESSING: N_("Next: we decide what to ask for."),
        LocationState.ASSESSED: N_("Next: we send a notice."),
        LocationState.ASKED: N_("Next: read our message and write back when you can. Nothing is lost."),
        LocationState.HEARING_DUE: N_("Next: we ask you before we decide anything."),
        LocationState.APPROVED: N_("Next: the notice goes out."),
        LocationState.NOTICE_SENT: N_("Next: the website has to answer. If it does not, we ask again."),
        LocationState.HAS_IT: N_("Next: the website has to take it down. If it does not, we ask again."),
        LocationState.SAYS_REMOVED: N_("Next: we check that it is really gone. You do not have to look."),
        LocationState.GONE: N_("Next: we look again if it stays gone. You do not have to look."),
        LocationState.BACK: N_("Next: we ask for it to be taken down again."),
        LocationState.REFUSED: N_("Next: a caseworker decides who else can be asked."),
        LocationState.REFERRED: N_("Next: that hotline asks the website. We ask them how it goes."),
        LocationState.UPSTREAM: N_("Next: that company has to act. We ask them how it goes."),
        LocationState.WITHDRAWN: N_("We no longer ask for this place."),
        LocationState.BOUNCED: N_("Next: we write to them in another way."),
        LocationState.ASKS: N_("Next: we answer them. You do not have to do anything."),
        LocationState.MOVED: N_("Next: we find out who has it and ask them."),
        LocationState.WATCHED: N_("Next: we look again from time to time. You do not have to look."),
        LocationState.STALLED: N_("Next: we look at it again each month. We do not give up."),
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
        Content.ABUSE: N_("Pictures or films of a child being abused."),
        Content.AROUND_ABUSE: N_("The child may be dressed. Nothing may look wrong. It still counts."),
        Content.SEXUALISED: N_("The child may be dressed or not. Others use the picture in a sexual way."),
        Content.VIOLENCE: N_("It does not have to be sexual."),
        Content.IDENTITY: N_("Anything that says who or where the person is. New pictures of them too."),
        Content.COMMENTS: N_("What others write about the person, as a child or today."),
        Content.POINTERS: N_("Links, names or codes that lead others to them."),
        Content.SEARCH: N_("When you search a name, the images or pages about them come up."),
    },
}
