"""Which letters one courier takes in hand next. Of several couriers each gets others."""

from app.casework.kit import Kit, new_id
from app.domain.letters import Letter, gap


def claim_letters(kit: Kit, most: int) -> tuple[Letter, ...]:
    """Those that are due longest, at most so many, under one lease.

    Each provider is written to at its pace. A letter that must wait for it costs no try, and stays where it
    is: those to others go past it.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        due = work.letters.due(at, most)
        if not due:
            return ()
        own = work.paces.per_hour(letter.provider_id for letter in due)
        firsts = {letter.provider_id: letter for letter in reversed(due)}
        mine: list[Letter] = []
        for provider_id in sorted(firsts):  # in one order, so that no two couriers wait for each other
            wait = gap(own.get(provider_id) or kit.settings.letters_per_hour)
            if wait is None:
                mine += [letter for letter in due if letter.provider_id == provider_id]
            elif provider_id not in own or work.paces.take(provider_id, at, at + wait):
                mine.append(firsts[provider_id])
        taken = work.letters.take(mine, new_id(), at)
        work.commit()
    return tuple(sorted(taken, key=lambda letter: (letter.due_at, letter.id)))
