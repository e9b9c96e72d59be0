"""Find the spans between quotation marks of every kind, in plain text.

Marks are paired within each paragraph with a stack, so quotes may nest. Apostrophes are told apart from single marks by
their neighbours. An unclosed double mark runs to the end of its paragraph, as in news that opens every paragraph of a
long quotation and closes only the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotate.spans import Span

_MARK = re.compile("``|''|,,(?=\\w)|[\"＂“”„‟«»‹›‘’‚'`「」]")
_CLOSERS = {
    "“": '”"', "„": '“”"', "‟": "”", "«": "»", "»": "«", "‹": "›", "‘": "’'", "’": "’", "‚": "‘’", "'": "'’", '"': '"”',
    "``": ("''", '"', "”"), ",,": ("''", '"', "”", "“"), "''": ("''",), "`": "'’", "「": "」", "”": "”", "＂": "＂",
}  # fmt: skip
_RARE = frozenset({"”", ",,"})
"""Marks that seldom open a quote."""
_SINGLE = frozenset("‘’‚'‹`")
_APOSTROPHES = frozenset("'’‘")
_OPENS_AFTER = frozenset("([{—–-―/:…“„«\"'‘")
_ELISION = re.compile(r"['’‘](?:\d0?s?\b|em\b|tis\b|twas\b|til\b|cause\b|bout\b|round\b|n['’]|cos\b)", re.IGNORECASE)
_WRONG_WAY = re.compile(r"’[^\W\d_][^‘’\n]*(?:’\w[^‘’\n]*)*[,.!?…]’(?!\w)")
"""A quote between two closing single marks."""
_DEEPEST = 6
"""Maximum number of nested open quotes: keeps a text full of opening marks from taking quadratic time."""
_SINGLE_REACH = 1500
"""Maximum length of a quote in single marks, in code points."""


def paired(text: str, paragraphs: Iterable[Span]) -> list[Span]:
    """Return the quotes of a text, marks included, in text order; an inner quote after the one around it.

    Args:
        text: The article's text.
        paragraphs: Spans of its paragraphs; a quote never leaves one.
    """
    out: list[Span] = []
    for paragraph in paragraphs:
        out.extend(_paragraph(text, paragraph))
    return sorted(out, key=lambda span: (span.start, -span.end))


def _paragraph(text: str, paragraph: Span) -> Iterator[Span]:
    stack: list[tuple[str, int]] = []
    apart = {mark for mark in "\"'" if _stand_apart(text, mark, paragraph)}
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        if match.group() in apart:
            yield from _alternately(match, stack)
            continue
        either = _single if match.group() in _APOSTROPHES else _double
        yield from either(text, match, stack, paragraph)
        del stack[1 : max(1, len(stack) - _DEEPEST)]
    for mark, start in stack:
        if mark not in _SINGLE or (start == paragraph.start and mark == "‘"):
            yield Span(start, paragraph.end)
            return


def _stand_apart(text: str, mark: str, paragraph: Span) -> bool:
    """Return whether all marks of a kind stand between blanks, as in tokenised text: " We go , " said Ada ."""
    places = [match.start() for match in re.finditer(mark, text[paragraph.start : paragraph.end])]
    around = (text[max(paragraph.start, paragraph.start + at - 1) : paragraph.start + at + 2] for at in places)
    return len(places) > 1 and len(places) % 2 == 0 and all(three.strip() == mark for three in around)


def _alternately(match: re.Match[str], stack: list[tuple[str, int]]) -> Iterator[Span]:
    """Open and close quotes in turn."""
    mark, at = match.group(), match.start()
    depth = next((i for i, (opened, _) in enumerate(stack) if opened == mark), None)
    if depth is None:
        stack.append((mark, at))
    else:
        yield Span(stack[depth][1], at + 1)
        del stack[depth:]


def _double(text: str, match: re.Match[str], stack: list[tuple[str, int]], paragraph: Span) -> Iterator[Span]:
    """Open or close a quote with any mark that cannot be an apostrophe."""
    mark, at = match.group(), match.start()
    depth = _depth(stack, mark)
    if depth is None and mark == "“" and _ends_wrong_way(text, at):
        depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] in "“”"), None)
    reopens = depth is not None and mark == '"' and _may_open(text, at, 1, paragraph) and not _may_close(text, at)
    if depth is not None and not reopens:
        start = stack[depth][1]
        del stack[depth:]
        if match.end() - start > len(mark) + 1:
            yield Span(start, match.end())
    elif reopens and depth is not None:
        del stack[depth:]
        stack.append((mark, at))
    elif mark in _CLOSERS and _may_open(text, at, len(mark), paragraph) and not _is_odd(text, match, stack, paragraph):
        stack.append((mark, at))


def _single(text: str, match: re.Match[str], stack: list[tuple[str, int]], paragraph: Span) -> Iterator[Span]:
    """Open or close a single quote, or skip an apostrophe."""
    mark, at = match.group(), match.start()
    depth = _depth(stack, mark)
    if depth is not None and _may_close(text, at) and at - stack[depth][1] <= _SINGLE_REACH:
        if not _is_possessive(text, at, paragraph):
            start = stack[depth][1]
            del stack[depth:]
            if at - start > 1:
                yield Span(start, at + 1)
    elif depth is None and _may_open(text, at, 1, paragraph) and not _ELISION.match(text, at):
        is_wrong_way = mark == "’"
        if not is_wrong_way or _WRONG_WAY.match(text, at, min(paragraph.end, at + _SINGLE_REACH)):
            stack.append((mark, at))


def _depth(stack: list[tuple[str, int]], mark: str) -> int | None:
    """Return the position in the stack of the opening mark that this mark closes."""
    return next((i for i in range(len(stack) - 1, -1, -1) if mark in _CLOSERS[stack[i][0]]), None)


def _may_open(text: str, at: int, width: int, paragraph: Span) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + width] if at + width < paragraph.end else " "
    opens = before.isspace() or before in _OPENS_AFTER or (before in ".!?," and text[at] == '"' and after.isupper())
    return (not after.isspace() and opens) or text[at] in "“„«「‹‚"


def _is_odd(text: str, match: re.Match[str], stack: list[tuple[str, int]], paragraph: Span) -> bool:
    """Return whether a mark that seldom opens (”…” or ,,…'') does not: a quote is open, or nothing closes it."""
    mark = match.group()
    if mark not in _RARE:
        return False
    closes = any(text.find(closer, match.end(), paragraph.end) >= 0 for closer in _CLOSERS[mark])
    return not closes or any(opened in "“„" for opened, _ in stack)


def _ends_wrong_way(text: str, at: int) -> bool:
    """Return whether an opening mark can only be meant to close: “It is late,“ said Ada."""
    return at > 0 and text[at - 1] in ",.!?…" and not text[at + 1 : at + 2].isalnum()


def _may_close(text: str, at: int) -> bool:
    """Return whether a mark follows a word or its punctuation and is not followed by a letter or digit."""
    after = text[at + 1 : at + 2]
    return at > 0 and not text[at - 1].isspace() and not after.isalnum()


def _is_possessive(text: str, at: int, paragraph: Span) -> bool:
    """Return whether a mark after an s is possessive (workers’ rights), as a likelier end of the quote follows."""
    if text[at - 1] not in "sS" or not re.match(r".\s+[a-z]", text[at : at + 3]):
        return False
    for match in re.finditer("['’‘]", text[at + 1 : min(paragraph.end, at + _SINGLE_REACH)]):
        later = at + 1 + match.start()
        if _may_open(text, later, 1, paragraph) and text[later - 1].isspace():
            return False
        if _may_close(text, later) and not text[later + 1 : later + 2].isalnum():
            return text[later - 1] in ".,!?…" or text[later - 1] not in "sS"
    return False
