"""Context of an expression: days mentioned before, tense of the clause, and the quarter being reported on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from annotate.dates.calendar import make_day
from annotate.dates.expression import Expression, Meaning
from annotate.dates.grammar import Match
from annotate.dates.tokens import Tokens, letter

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-Q(?P<quarter>[1-4]))?(?![\d-])")
_REACH = 12
"""Number of words before an expression that are searched for signs of the future."""
_NEXT = 5
"""Maximum number of words between "ahead of" or "holds its" and the day."""
_OPENING = 1
"""Maximum number of words before an expression that opens a sentence, such as "on"."""
_AS_SOON_AS = (("START", "as"), ("soon", "as"))
"""Two words, as values of the lexicon, that put the next expression in the future: "early as", "soon as"."""
_NEAR = 40
"""Number of words after a day within which times of day refer to it."""
_QUARTER = 91
"""Days in a quarter."""
_LONGER = ("P6M", "P9M")
"""Reporting periods longer than a quarter."""


@dataclass
class Named:
    """The days mentioned so far."""

    anchor: date | None
    last: date | None = None
    grain: str = "D"
    near: date | None = None
    """The last one mentioned as a day, in any paragraph."""
    first: int = 0
    token: int = 0
    """The tokens that mentioned it, `first` to `token`, end exclusive."""
    quarter: date | None = None
    """First day of the quarter last reported on."""
    quarterly: bool = False
    """True if the last period reported on was a quarter, not a longer one such as nine months."""

    def note(self, match: Match, meaning: Meaning, *, ahead: bool) -> None:
        """Record the day, month, quarter or year of an expression, unless it is only used for comparison."""
        if meaning.value in _LONGER:
            self.quarterly = False
        found = _DAY.match(meaning.value or "") if meaning.type in ("DATE", "TIME") else None
        if not found or _compares(match, quarter=bool(found["quarter"])):
            return
        month = int(found["month"] or 3 * int(found["quarter"] or 1) - 2)
        day = make_day(int(found["year"]), month, int(found["day"] or 1))
        if day:
            self.last, self.grain = day, "D" if found["day"] else "M" if found["month"] else "Y"
        if day and found["quarter"] and self._reports(day, match, ahead=ahead):
            self.quarter, self.quarterly = day, True
        if day and found["day"]:
            self.near, self.first, self.token = day, match.first, match.end

    def _reports(self, day: date, match: Match, *, ahead: bool) -> bool:
        """Return whether the quarter beginning on a day may be the one reported on: it began up to five quarters ago.

        "After a weak second quarter", without "the", only looks back from the third.
        """
        days = (self.anchor - day).days if self.anchor else -1
        looks_back = self.quarter and day < self.quarter and "known" not in match.groups
        return (_QUARTER if ahead else 0) <= days < 5 * _QUARTER and "month" not in match.groups and not looks_back

    def near_to(self, tokens: Tokens, first: int) -> date | None:
        """Return the last day mentioned in the paragraph of a token, else that of publication."""
        apart = letter("PARAGRAPH") in tokens.classes[max(self.token, first - _NEAR) : first]
        return self.near if self.near and not apart and first - self.token < _NEAR else self.anchor


def _compares(match: Match, *, quarter: bool) -> bool:
    """Return whether an expression is only used for comparison: "year-earlier", "a year before"."""
    before = match.groups.get("dir") in (("START",), ("-1",))
    return before or match.rule.meaning == "year_ago" or (quarter and "back" in match.groups)


def expression(tokens: Tokens, match: Match, named: Named) -> Expression:
    """Return a match together with its context."""
    clause, gone = _clause(tokens, match), _was_before(tokens, match.first)
    return Expression(
        match.groups,
        named.anchor,
        named.last or named.anchor,
        named.grain,
        named.near_to(tokens, match.first),
        joined=named.token == match.first - 1,
        to=_to(tokens, match.first, named),
        ahead=not gone and (_points_ahead(tokens, match) or _ahead(tokens, match, clause)),
        gone=gone or _gone(tokens, match.first, clause),
        quarterly=named.quarterly,
        quarter=named.quarter,
    )


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


def _clause(tokens: Tokens, match: Match) -> tuple[int, int]:
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


def _ahead(tokens: Tokens, match: Match, clause: tuple[int, int]) -> bool:
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


def _points_ahead(tokens: Tokens, match: Match) -> bool:
    """Return whether the words before look ahead: "as early as Tuesday", "vigil for Friday", "until 6 a.m. Friday"."""
    first, kinds = match.first, tokens.classes[match.first : match.end]
    before, after = tokens.classes[first - 1 : first], tokens.classes[match.end : match.end + 1]
    if before == letter("FOR"):
        return letter("WEEKDAY") in kinds and after != letter("APOSTROPHE")
    if tokens.values[max(0, first - 1) : first] in (["until"], ["till"]):
        return any(letter(name) in kinds for name in ("CLOCK", "AMPM", "DAYPART"))
    return tuple(tokens.values[max(0, first - 2) : first]) in _AS_SOON_AS


def _to(tokens: Tokens, first: int, named: Named) -> bool:
    """Return whether an expression ends a range: "from Monday to Friday", "between Monday and Friday"."""
    if named.token != first - 1 or letter("WEEKDAY") not in tokens.classes[named.first : named.token]:
        return False
    between = tokens.values[named.first - 1 : named.first] == ["between"] and tokens.classes[first - 1] == letter("AND")
    return between or tokens.classes[first - 1] in (letter("TO"), letter("DASH"), letter("UNTIL"))


def _gone(tokens: Tokens, first: int, clause: tuple[int, int]) -> bool:
    """Return whether the clause puts an expression in the past: "ended Jan. 31", "rose in May".

    An infinitive, as in "agreed to leave in May", may look ahead.
    """
    before = tokens.classes[first - 1 : first]
    kinds = tokens.classes[slice(*clause)]
    if before not in (letter("IN"), letter("ON")) or _infinitive().search(kinds) or letter("WOULD") in kinds:
        return before == letter("ENDED")
    return any(_is_past(tokens, i) for i in range(*clause))


def _was_before(tokens: Tokens, first: int) -> bool:
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
    return kind == letter("DID") or (kind == letter("OTHER") and tokens.values[i].endswith("ed"))
