"""What the words around an expression say of it: days named before, whether it lies ahead, what is reported on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from annotate.dates.calendar import make_day
from annotate.dates.expression import Expression, Meaning
from annotate.dates.grammar import Match
from annotate.dates.lexicon import Tokens, letter

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-Q(?P<quarter>[1-4]))?(?![\d-])")
_REACH = 12
"""So many words before an expression can say that it lies ahead."""
_OPENING = 1
"""So many words, as "on", may stand before an expression that opens a sentence."""
_NEAR = 40
"""So many words after a day its hours are spoken of."""
_REPORT = 150
"""So many words before an expression, or `_NEAR` after, can say that a report of quarters is given."""


@dataclass
class Named:
    """The days named so far."""

    anchor: date | None
    last: date | None = None
    near: date | None = None
    """The last one named as a day, whatever the paragraph."""
    token: int = 0
    """Where that was."""

    def note(self, match: Match, meaning: Meaning) -> None:
        """Remember the day, month, quarter or year that an expression means."""
        found = _DAY.match(meaning.value or "") if meaning.type in ("DATE", "TIME") else None
        if not found:
            return
        month = int(found["month"] or 3 * int(found["quarter"] or 1) - 2)
        day = make_day(int(found["year"]), month, int(found["day"] or 1))
        self.last = day or self.last
        if day and found["day"]:
            self.near, self.token = day, match.end

    def near_to(self, tokens: Tokens, first: int) -> date | None:
        """Return the day last named in the paragraph of a token, else that of publication."""
        apart = letter("PARAGRAPH") in tokens.classes[max(self.token, first - _NEAR) : first]
        return self.near if self.near and not apart and first - self.token < _NEAR else self.anchor


def expression(tokens: Tokens, match: Match, named: Named) -> Expression:
    """Return a match with all that its meaning may hang on."""
    return Expression(
        match.groups,
        named.anchor,
        named.last or named.anchor,
        named.near_to(tokens, match.first),
        joined=named.token == match.first - 1,
        ahead=_ahead(tokens, match),
        quarterly=_quarterly(tokens, match),
    )


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile("[" + "".join(letter(name) for name in ("STOP", "DOT", "PARAGRAPH")) + "]")


@cache
def _future() -> re.Pattern[str]:
    """Return what says that a clause is about what is to come: "will", "plans to", "expected on"."""
    return re.compile(f"{letter('WILL')}|{letter('PLAN')}[{letter('TO')}{letter('ON')}]")


def _ahead(tokens: Tokens, match: Match) -> bool:
    """Tell whether the clause that an expression closes, or the sentence that it opens, speaks of what is to come."""
    *_, before = _sentence_end().split(tokens.classes[max(0, match.first - _REACH) : match.first])
    if len(before) > _OPENING:
        *reported, clause = before.split(letter("SAID"))
        foreseen = bool(reported) and letter("WOULD") in clause
        return foreseen or _future().search(clause) is not None
    after, *_ = _sentence_end().split(tokens.classes[match.end : match.end + _REACH])
    clause, *_ = after.split(letter("SAID"))
    return _future().search(clause) is not None


def _quarterly(tokens: Tokens, match: Match) -> bool:
    """Tell whether a report of quarters is given around an expression."""
    around = tokens.classes[max(0, match.first - _REPORT) : match.end + _NEAR]
    return any(letter(name) in around for name in ("QUARTER", "QUARTERS"))
