"""Rules of `rules.tsv`, compiled to regular expressions over word classes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from annotate.dates.tokens import Tokens, letter
from annotate.tables import rows

_NAME = re.compile(r"(?P<open>[a-z]+)=\(|(?:(?P<group>[a-z]+)=)?(?P<name>[A-Z][A-Z_]*)")
_GROUP = re.compile(r"\?P<([a-z]+)\d*>")
_AROUND = (
    "OTHER", "CAPITAL", "DID", "WILL", "WOULD", "IS", "MIGHT", "HAVE", "NOT", "PLAN", "DUE", "SET", "HOLDS", "SAID",
    "PUT_OFF", "REMAINS", "PRONOUN",
)  # fmt: skip
"""Classes that never occur inside an expression, only in its clause."""
_IDLE = (
    *_AROUND, "COMMA", "DOT", "STOP", "PARAGRAPH", "TO", "OF", "AND", "IN", "INTO", "ON", "POSSESSIVE", "MILLION",
    "FULL", "TERM", "JUST", "PLUS", "EASTERN", "ENDED", "ENDING", "ONWARD", "OCLOCK", "CLOCKS", "PERCENT", "MONEY",
)  # fmt: skip
"""Classes that never begin an expression."""
_ALONE = (
    "MONTH", "MAYBE", "WEEKDAY", "WEEKDAYS", "TODAY", "TONIGHT", "OVERNIGHT", "YEAR", "ISO", "SLASHED", "HOLIDAY",
    "DECADE", "SEASON", "ADVERB", "QUARTERLY", "PRESENT", "PAST", "CURRENT", "QNAME", "CLOCK", "NOON", "UNITS",
    "DAYNUM", "DAYTH", "OLDYEAR", "YEARS", "FYEAR", "UNITLONG", "QYEAR", "HYEAR", "SHORTDECADE",
)  # fmt: skip
"""Classes that can be an expression as a single word."""


class Rule(NamedTuple):
    """One line of `rules.tsv`."""

    meaning: str
    pattern: re.Pattern[str]
    example: str
    result: str


class Match(NamedTuple):
    """Words matched by a rule: tokens `first` to `end`, end exclusive, and the values of its named groups."""

    rule: Rule
    first: int
    end: int
    groups: Mapping[str, tuple[str, ...]]


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules in file order."""
    names: dict[str, str] = {}
    out: list[Rule] = []
    for meaning, source, *rest in rows("dates/rules.tsv"):
        if meaning == "let":
            names[source] = _expanded(rest[0], names)
        else:
            example, result = rest
            out.append(Rule(meaning, re.compile(_numbered(_expanded(source, names))), example, result))
    return tuple(out)


def _expanded(source: str, names: Mapping[str, str]) -> str:
    """Return a rule's pattern with names replaced by their definitions, without white space."""

    def one(found: re.Match[str]) -> str:
        name = found[2]
        if found["open"]:
            return f"(?P<{found['open']}>"
        name = found["name"]
        meant = f"(?:{names[name]})" if name in names else letter(name)
        return f"(?P<{found['group']}>{meant})" if found["group"] else meant

    return _NAME.sub(one, source).replace(" ", "")


def _numbered(pattern: str) -> str:
    """Return a pattern with numbered group names, since `re` allows no duplicates."""
    count = iter(range(1000))
    return _GROUP.sub(lambda found: f"?P<{found[1]}{next(count)}>", pattern)


@cache
def _any() -> re.Pattern[str]:
    """Return a pattern that matches wherever any rule does; a cheap lookahead rejects most words."""
    quick = f"(?=[{_letters(_ALONE)}]|[^{_letters(_IDLE)}][^{_letters(_AROUND)}])"
    return re.compile(f"{quick}(?:{'|'.join(_GROUP.sub('?:', rule.pattern.pattern) for rule in rules())})")


def _letters(names: tuple[str, ...]) -> str:
    return "".join(letter(name) for name in names)


def candidates(tokens: Tokens, begin: int) -> list[Match]:
    """Return all matches at the first matching position from a token on, longest first."""
    found = _any().search(tokens.classes, begin)
    if not found:
        return []
    first = found.start()
    matches = [(rule, rule.pattern.match(tokens.classes, first)) for rule in rules()]
    out = [Match(rule, first, m.end(), _groups(m, tokens)) for rule, m in matches if m and m.end() > first]
    return sorted(out, key=lambda match: -match.end)


def _groups(found: re.Match[str], tokens: Tokens) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for name in found.re.groupindex:
        if found[name] is not None:
            plain = name.rstrip("0123456789")
            out[plain] = out.get(plain, ()) + tuple(tokens.values[found.start(name) : found.end(name)])
    return out
