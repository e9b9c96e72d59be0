"""Sayings without a verb of saying: `In Li's view, it is unsafe`, `The plan, per two aides, is dead`; forecasts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from annotate.extract.draft import Draft, ParsedArticle, overlaps
from annotate.model import Block
from annotate.spans import Span
from annotate.tables import rows

_NAMES = {
    "START": r"(?:^|(?<=[.!?]\s)|(?<=[.!?][”\"]\s))",
    "END": r"(?=[.!?;](?:\s|$|[”\"])|$)",
    "WHO": r"[^\W_](?:[^,.;:!?“”\"\n]|\.(?=\w)){1,60}?",
    "QUOTE": r"(?:“[^”\n]{1,300}”|\"[^\"\n]{1,300}\")",
    "PART": r"(?:[^,.;:!?“”\"\n]|\.(?=\w)){2,200}?",
    "VIEW": r"views?|opinion|telling|judge?ment|estimation|eyes|reading",
    "OTHER": r"me|us|you|now|example|instance|years|months|\d+|the (?:first|second|last|next|time|moment|most)",
    "RULES": r"[^,.;:!?\n]*\b(?:agreement|contract|custom|guideline|instruction|law|plan|policy|rule|usual)s?[,.]",
    "UNIT": r"se|cent|capita|day|week|month|year|hour|minute|second|annum|person|head|share|square|\d",
}
_NAMES["CLAUSE"] = rf"(?:[^.;!?“”\"\n]|\.(?=\w)|{_NAMES['QUOTE']}){{3,400}}?"
_FORECAST = re.compile(
    rf"{_NAMES['START']}(?P<source>(?:It|He|She|They|[A-Z]{_NAMES['WHO']})) "
    r"(?P<cue>sees|expects|forecasts|projects|estimates|targets|anticipates|predicts) "
    rf"(?P<content>(?!that\b)(?:[^,.;:!?“”\"\n]|[.,](?=\d)){{3,120}}?)(?=,(?!\d)|{_NAMES['END']})"
)
"""A forecast of a figure: `Li sees margins of 30%`."""
_FIGURE = re.compile(r"\d ?%|[$£€]\d|\d ?(?:percent|per cent|million|billion|trillion|bn|mln)\b|\b\d{4}\b")
_SAID = re.compile(r"\b(?:said|says|told|added|wrote)\b")
"""Words that attribute a content on their own."""
_CONFIDENCE = 0.8


def framed(article: ParsedArticle, earlier: Sequence[Draft]) -> list[Draft]:
    """Return the claims of sentences that a phrase attributes, and the forecasts of figures."""
    taken = sorted(span for draft in earlier for span in draft.content)
    out = []
    for block in article.blocks:
        for match in _found(article.tree.text, block) if block.kind == "body" else ():
            draft = _draft(match, block.start)
            is_forecast = match.re is _FORECAST
            words = article.tree.text[draft.content[0].start : draft.content[-1].end]
            if any(overlaps(taken, *span) for span in draft.content) or _SAID.search(words):
                continue
            if is_forecast and not _is_figure(article, draft.content[0]):
                continue
            out.append(draft)
            taken = sorted([*taken, *draft.content])
    return out


def _found(text: str, block: Block) -> Iterator[re.Match[str]]:
    paragraph = text[block.start : block.end]
    for pattern in (*_patterns(), _FORECAST):
        yield from pattern.finditer(paragraph)


def _draft(match: re.Match[str], offset: int) -> Draft:
    names = [name for name, words in match.groupdict().items() if words is not None]
    spans = {name: Span(match.start(name) + offset, match.end(name) + offset) for name in names}
    content = tuple(spans[name] for name in names if name in ("content", "more"))
    source = spans.get("source") or spans["owner"]
    return Draft(content, (spans["cue"],), (source,), confidence=_CONFIDENCE)


def _is_figure(article: ParsedArticle, span: Span) -> bool:
    """Return whether the content of a forecast is a noun phrase with a share, a sum or a year."""
    tokens = article.tree.tokens_in(*span)
    has_figure = _FIGURE.search(article.tree.text, *span) is not None
    return has_figure and not any(article.tree.is_verb(i) or article.tree.tags[i] in ("TO", "MD") for i in tokens)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_expanded(pattern)) for pattern, _ in rows("extract/frames.tsv"))


def _expanded(pattern: str) -> str:
    return re.sub(r"<([A-Z]+)>", lambda found: f"(?:{_NAMES[found[1]]})", pattern)
