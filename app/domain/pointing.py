"""Pointing out, in somebody's own words, what could tell a reader who they are.

An honest guess for the writer's eyes, before the words go to a stranger: addresses, numbers, and words
with a capital letter. It marks some harmless words, and finds no names in scripts without capitals: the
page that shows it says so. Nothing is decided by it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ADDRESS = (
    r"(?:https?|hxxps?)://\S*\w|(?<![\w.+-])[\w.+-]+@\S*\w|@\w+|(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?"
)
_NUMBER = r"[+#]?\d(?:[\d().:/\-\t ]*\d)?\w*"
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_TOKEN = re.compile(rf"(?P<address>{_ADDRESS})|(?P<number>{_NUMBER})|(?P<word>{_WORD})")
_SENTENCE_END = re.compile(r"[.!?…:;\n\u2028\u2029\"“”«»]")
_ONLY_SPACE = re.compile(r"[ \t-]*")
# Words that begin sentences, in the languages of the site that have capitals. Any other first word is
# marked, too: names begin sentences more often than not.
_BEGINNERS = frozenset(
    "a after all also an and any as at because before but by did do does even every everyone for from he "
    "her here his how i if in is it its just like many maybe me more my never no nobody not nothing now of "
    "on one or other our people please she since so some somebody someone sometimes something stop still "
    "take tell thank thanks that the their then there these they this those to today until was we were "
    "what when where which while who why will with write yes you your alors après au aucun aujourd aussi "
    "avant avec c ce cela ces cet cette chaque comme d dans de depuis des du elle elles en encore est et "
    "il ils j jamais je l la le les leur leurs lui m ma mais merci mes moi mon ne nos notre nous on ou où "
    "par parce parfois pas pendant personne peut pour pourquoi puis qu quand que quelqu qui quoi rien s "
    "sa sans se ses si son sur toi ton tous tout toute toutes tu un une vos votre vous y à ça".split()
)


@dataclass(frozen=True)
class Piece:
    """A stretch of the text, word for word. All pieces together are the whole text."""

    text: str
    is_marked: bool

    def __repr__(self) -> str:
        return f"Piece({self.is_marked})"


def point_out(text: str) -> tuple[Piece, ...]:
    """The text cut into pieces; marked are those that may name a person, a place, a time, a way to reach."""
    pieces: list[Piece] = []
    done = 0
    for start, end in _spans(text):
        if start > done:
            pieces.append(Piece(text[done:start], False))
        pieces.append(Piece(text[start:end], True))
        done = end
    if done < len(text):
        pieces.append(Piece(text[done:], False))
    return tuple(pieces)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where marks begin and end; neighbours ("Ada Quill", "12 May") are one."""
    begun = ended = -1
    for start, end in _finds(text):
        if begun >= 0 and _ONLY_SPACE.fullmatch(text, ended, start):
            ended = end
            continue
        if begun >= 0:
            yield begun, ended
        begun, ended = start, end
    if begun >= 0:
        yield begun, ended


def _finds(text: str) -> Iterator[tuple[int, int]]:
    tokens = list(_TOKEN.finditer(text))
    common = _BEGINNERS | {found[0] for found in tokens if found["word"] and found[0].islower()}
    last = 0
    for found in tokens:
        is_first = last == 0 or _SENTENCE_END.search(text, last, found.start()) is not None
        last = found.end()
        if found["word"] is None or _is_name(found[0], is_first, common):
            yield found.span()


def _is_name(word: str, is_first: bool, common: frozenset[str]) -> bool:
    if not word[0].isupper() or word == "I":
        return False
    return not (is_first and word.lower() in common)
