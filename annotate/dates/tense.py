"""Tense of the clause around an expression: whether it looks ahead or back."""

from __future__ import annotations

import re
from functools import cache

from annotate.dates.grammar import Match
from annotate.dates.tokens import Tokens, letter

_REACH = 12
"""Number of words before an expression that are searched for signs of the future."""
_NEXT = 5
"""Maximum number of words between "ahead of", or "holds its", and the day."""
_OPENING = 1
"""Maximum number of words before an expression that opens a sentence, such as "on"."""
_AS_SOON_AS = (("START", "as"), ("soon", "as"))
"""Two words, as values of the lexicon, that put the next expression in the future: "early as", "soon as"."""
_UNTIL = (["until"], ["till"])
_TARGET = (*_UNTIL, ["to"], ["for"], ["from"])
"""The word before a day to or from which something is put off."""


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile("[" + "".join(letter(name) for name in ("STOP", "DOT", "PARAGRAPH")) + "]")


@cache
def _future() -> re.Pattern[str]:
    """Return the pattern of a clause about the future: "will", "plans to", "is on", "might", "ahead of"."""
    to, when = letter("TO") + letter("FOR"), letter("ON") + letter("IN") + letter("BY")
    planned = f"{letter('PLAN')}[{to}]|{letter('DUE')}(?:[{to}{when}]|$)|{letter('SET')}[{to}]"
    holds = f"{letter('HOLDS')}[{letter('A')}{letter('ITS')}{letter('THE')}].{{0,{_NEXT}}}$"
    before = f"{letter('ONWARD')}{letter('OF')}.{{0,{_NEXT}}}$"
    is_on = f"{letter('IS')}(?:{letter('TO')}|[{when}]?$)"
    might = f"{letter('MIGHT')}(?![{letter('HAVE')}{letter('NOT')}{letter('APOSTROPHE')}])"
    return re.compile(f"{letter('WILL')}|{planned}|{is_on}|{might}|{holds}|{before}")


@cache
def _infinitive() -> re.Pattern[str]:
    """Return the pattern of an infinitive: "to" without "a", "the" or "its" after it."""
    return re.compile(f"{letter('TO')}(?![{letter('A')}{letter('THE')}{letter('ITS')}])")


@cache
def _lasts() -> re.Pattern[str]:
    """Return the pattern of a state that lasts: "is shut until Friday", "have been banned until Friday"."""
    names = ("IS", "HAVE", "REMAINS")
    return re.compile(f"[{''.join(letter(name) for name in names)}]")


@cache
def _plain() -> frozenset[str]:
    """Return the classes of verbs in the present."""
    return frozenset(letter(name) for name in ("OTHER", "REMAINS", "PUT_OFF", "WILL", "EDGE"))


def clause_of(tokens: Tokens, match: Match) -> tuple[int, int]:
    """Return the token range of the clause before an expression, or after it if it opens a sentence.

    A reporting verb begins a new clause.
    """
    first = max(0, match.first - _REACH)
    *_, before = _sentence_end().split(tokens.classes[first : match.first])
    if len(before) > _OPENING:
        *_, clause = before.split(letter("SAID"))
        return match.first - len(clause), match.first
    after, *_ = _sentence_end().split(tokens.classes[match.end : match.end + _REACH])
    clause, *_ = after.split(letter("SAID"))
    return match.end, match.end + len(clause)


def looks_ahead(tokens: Tokens, match: Match, clause: tuple[int, int]) -> bool:
    """Return whether a clause, or the next word, is about the future; "would" counts beside a reporting verb."""
    begin, end = clause
    if _was_done(tokens, match.first):
        return False
    if begin == match.end:
        end = next((i for i in range(begin, end) if _is_past(tokens, i)), end)
    kinds = tokens.classes[begin:end]
    is_said_before = tokens.classes[begin - 1 : begin] == letter("SAID")
    foreseen = letter("WOULD") in kinds and (is_said_before or _is_said(tokens, match.end))
    will_follow = tokens.classes[match.end : match.end + 1] == letter("WILL")
    return will_follow or foreseen or _future().search(kinds) is not None


def _is_said(tokens: Tokens, end: int) -> bool:
    """Return whether a reporting verb follows in the sentence: "would rise on Monday, the ministry said"."""
    after, *_ = _sentence_end().split(tokens.classes[end : end + _REACH])
    return after.startswith(letter("COMMA")) and letter("SAID") in after


def _was_done(tokens: Tokens, first: int) -> bool:
    """Return whether the word before is in the past: "released Friday", "earlier Friday", not "be released"."""
    last = first - 1 - (tokens.classes[first - 1 : first] == letter("ON"))
    if last < 0 or "be" in tokens.values[max(0, last - 2) : last]:
        return False
    return _is_past(tokens, last) or (tokens.classes[last], tokens.values[last]) == (letter("EARLIER"), "START")


def was_put_off(tokens: Tokens, first: int, clause: tuple[int, int]) -> bool:
    """Return whether something was moved to an expression: "postponed until Monday", "moved to Sunday"."""
    before = tokens.values[max(0, first - 1) : first]
    is_back = tokens.classes[first - 2 : first - 1] in (letter("BACK"), letter("OVER"))  # "put back to", "held over to"
    return before in _TARGET and (is_back or letter("PUT_OFF") in tokens.classes[slice(*clause)])


def points_ahead(tokens: Tokens, match: Match, clause: tuple[int, int]) -> bool:
    """Return whether the words before look ahead: "as early as Tuesday", "vigil for Friday", "until 6 a.m. Friday"."""
    first, kinds = match.first, tokens.classes[match.first : match.end]
    before, after = tokens.classes[first - 1 : first], tokens.classes[match.end : match.end + 1]
    around = tokens.classes[slice(*clause)]
    is_weekday = letter("WEEKDAY") in kinds
    if before == letter("FOR"):
        return is_weekday and after != letter("APOSTROPHE")
    if tokens.values[max(0, first - 1) : first] in _UNTIL:
        is_hour = any(letter(name) in kinds for name in ("CLOCK", "AMPM", "DAYPART"))
        return is_hour or after == letter("TO") or _lasts().search(around) is not None
    if before == letter("BY"):
        return is_weekday and _infinitive().search(around) is not None
    is_planned = before == letter("ON") and _we_do(tokens, clause)
    return is_planned or tuple(tokens.values[max(0, first - 2) : first]) in _AS_SOON_AS


def _we_do(tokens: Tokens, clause: tuple[int, int]) -> bool:
    """Return whether a clause is of the present, "we close" in "we close on Friday", unlike "we closed"."""
    kinds = tokens.classes[slice(*clause)]
    verb = clause[0] + kinds.rfind(letter("PRONOUN")) + 1
    return clause[0] < verb < clause[1] and tokens.classes[verb] in _plain() and not _is_past(tokens, verb)


def is_gone(tokens: Tokens, first: int, clause: tuple[int, int]) -> bool:
    """Return whether the clause puts an expression in the past: "ended Jan. 31", "rose in May".

    An infinitive, as in "agreed to leave in May", may look ahead.
    """
    before = tokens.classes[first - 1 : first]
    kinds = tokens.classes[slice(*clause)]
    if before not in (letter("IN"), letter("ON")) or _infinitive().search(kinds) or letter("WOULD") in kinds:
        return before == letter("ENDED")
    return any(_is_past(tokens, i) and tokens.classes[i - 1 : i] != letter("IS") for i in range(*clause))


def was_before(tokens: Tokens, first: int) -> bool:
    """Return whether an expression is past by the words before it: "since March", "had failed in March".

    A reporting verb counts too: "said in March".
    """
    verb = first - 2
    if tokens.values[max(0, first - 1) : first] == ["since"]:
        return True
    if verb < 0 or tokens.classes[first - 1] not in (letter("IN"), letter("ON")):
        return False
    around = tokens.values[max(0, verb - 2) : verb]
    said = tokens.classes[verb] == letter("SAID") and "be" not in around
    return said or ("had" in around and _is_past(tokens, verb))


def _is_past(tokens: Tokens, i: int) -> bool:
    """Return whether a token is a verb in the past tense."""
    kind = tokens.classes[i]
    return kind == letter("DID") or (kind in _plain() and tokens.values[i].endswith("ed"))
