"""The kind sentences of the queue, and of one act on several of its cases."""

from datetime import timedelta
from types import MappingProxyType

from app.casework.many_cases import Act, WhyNot
from app.i18n.locales import N_, ngettext
from app.i18n.locales import gettext as _

ACTS = MappingProxyType(
    {
        Act.TAKE: N_("Take"),
        Act.GIVE_BACK: N_("Give back"),
        Act.SKIP: N_("Skip"),
        Act.NOT_A_REQUEST: N_("Not a request"),
    }
)

QUESTIONS = MappingProxyType(
    {
        Act.TAKE: N_("Take these cases?"),
        Act.GIVE_BACK: N_("Give these cases back?"),
        Act.SKIP: N_("Skip these cases?"),
        Act.NOT_A_REQUEST: N_("Are these not requests?"),
    }
)

MEANS = MappingProxyType(
    {
        Act.TAKE: N_("They are yours for 30 minutes, and longer while you work on them."),
        Act.GIVE_BACK: N_("Somebody else can take them at once."),
        Act.SKIP: N_("You do not see them among the free cases for some hours. Nobody asks why."),
        Act.NOT_A_REQUEST: N_(
            "A colleague looks at each of them, too. Until they agree, the cases stay open and all is kept."
        ),
    }
)

WHY_NOT = MappingProxyType(
    {
        WhyNot.GONE: N_("it is not there (any more)"),
        WhyNot.TAKEN: N_("a colleague has it"),
        WhyNot.NOT_MINE: N_("you do not have it"),
        WhyNot.MINE: N_("you have it already"),
        WhyNot.DOUBTED: N_("somebody said so before"),
        WhyNot.NOT_SO: N_("it needs a look of its own: open it"),
    }
)


def act_words(act: Act) -> str:
    """A button."""
    return _(ACTS[act])


def act_question(act: Act) -> str:
    """The heading of the page that comes before."""
    return _(QUESTIONS[act])


def act_means(act: Act) -> str:
    """What follows from it."""
    return _(MEANS[act])


def why_not_words(why_not: WhyNot) -> str:
    """Why it is not done to a case."""
    return _(WHY_NOT[why_not])


def done_words(act: Act, count: int) -> str:
    """What was done, and to how many."""
    match act:
        case Act.TAKE:
            return ngettext("%(count)s case taken.", "%(count)s cases taken.", count, count=count)
        case Act.GIVE_BACK:
            return ngettext("%(count)s case given back.", "%(count)s cases given back.", count, count=count)
        case Act.SKIP:
            return ngettext("%(count)s case skipped.", "%(count)s cases skipped.", count, count=count)
        case Act.NOT_A_REQUEST:
            return ngettext(
                "%(count)s case waits for a colleague to agree.",
                "%(count)s cases wait for a colleague to agree.",
                count,
                count=count,
            )


def length_words(length: timedelta) -> str:
    """How long, in the largest unit that fits, in either direction. Quicker to read in a list than a date,
    and quicker to make."""
    minutes = max(1, round(abs(length).total_seconds() / 60))
    if minutes < 120:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes, count=minutes)
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)s hour", "%(count)s hours", hours, count=hours)
    days = hours // 24
    return ngettext("%(count)s day", "%(count)s days", days, count=days)
