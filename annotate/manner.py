"""The manner of a claim (denied, alleged, rejected, …) in the article's own words; a quotation must not omit it."""

from __future__ import annotations

import re
from functools import cache

from annotate.model import Claim
from annotate.spans import Span
from annotate.tables import word_lists

_WORDS = word_lists("extract/cue_words.tsv")
_HEDGES = frozenset[str]().union(*(_WORDS[name] for name in ("hearsay", "hedges", "modals", "doubted")))
_HEDGED = rf"\b(?:{'|'.join(sorted(_HEDGES))})\b"
_NO = (
    r"(?:(?:(?:do|does|did|has|have|had|will|would|could|can|is|are|was|were) )?not|\w+n['’]t|cannot|never"
    rf"|{'|'.join(sorted(_WORDS['nobody']))})"
)
_UNSAID = rf"(?:{'|'.join(sorted(_WORDS['unsaid']))}) (?:to|of)"
"""Pattern for words before a cue that say that nothing was said: *has yet to*, *stopped short of*."""
_NEGATED = rf"\b(?:{_NO}|{_UNSAID}|den(?:y|ies|ied|ying)|(?:declin|disput|refus|refut|reject|dismiss)\w*)\b"
_NO_BEFORE = rf"\b{_NO}(?:\s\w+){{0,2}}\s$"
"""Pattern for a negation right before a cue: *did not* deny, *neither confirm nor* deny."""
_PLAIN = (
    r"\W*|according to|(?:(?:has|have|had|is|are|was|were|been) )*"
    r"(?:sa(?:ys?|id|ying)|t(?:ells?|old|elling)|writ(?:es?|ing|ten)|wrote|add(?:s|ed|ing)?)"
)
"""Pattern for a neutral cue, which adds nothing to “said”; an empty cue and a label's colon count, too."""
_CLAUSE = r"[^.;:!?—“”\"\n]*"
_FARTHEST = 2_000
"""Maximum number of code points searched in a cue, in its source and before each; one may be a megabyte long."""
_MOST_WORDS = 5
"""Maximum number of words shown from a *not* to its verb without an ellipsis."""


def telling(text: str, claim: Claim) -> str:
    """Return the cue if it is not neutral: *rejected*, *alleged*, *called for*; else an empty string."""
    cue = _joined(text, claim.cue)
    return "" if _pattern(_PLAIN).fullmatch(cue) else cue


def negation(text: str, claim: Claim) -> str:
    """Describe a claim's negation, with the words that express it: *denied*, *did not say*; empty without one."""
    return _with_why("denied or not said", text, claim, _NEGATED) if claim.negated else ""


def hedge(text: str, claim: Claim) -> str:
    """Describe a claim's hedge, with the words that express it: *alleged*, *reportedly told*; empty without one."""
    named = claim.source or claim.speaker
    says = "not certain that it was said" if named else "alleged, source not named"
    return _with_why(says, text, claim, _HEDGED) if claim.hedged else ""


def own_words(text: str, claim: Claim) -> str:
    """Return the article's words for a claim's manner, to follow the speaker's name: *denied on Thursday*.

    Empty where it was just said, and where they do not say all that `manner` does.
    """
    marks = [mark for is_so, mark in ((claim.negated, _NEGATED), (claim.hedged, _HEDGED)) if is_so]
    words = _why(text, claim, marks[0]) if marks else telling(text, claim)
    is_nobodys = claim.hedged and not (claim.source or claim.speaker)
    says_so = words and all(_pattern(mark).search(words) for mark in marks) and not is_nobodys
    return words if says_so else ""


def manner(text: str, claim: Claim) -> str:
    """Describe a claim's manner, quoting the article; empty if it was just said.

    Args:
        text: The article's.
        claim: Denied, alleged, or said in a way that has a verb of its own: *rejected*.
    """
    flags = " and ".join(filter(None, (negation(text, claim), hedge(text, claim))))
    cue = telling(text, claim)
    return flags or (f"“{cue}”" if cue else "")


def _with_why(says: str, text: str, claim: Claim, mark: str) -> str:
    why = _why(text, claim, mark)
    return f"{says} (“{why}”)" if why else says


def _why(text: str, claim: Claim, mark: str) -> str:
    """Return the words from a negation or hedge to the cue; if the cue is one itself, with a *no* right before it.

    The mark stands before the cue in its clause or in the source; else these are the cue's own words.
    """
    if not claim.cue:
        return ""
    cue = _near(claim.cue[0])
    ends = [span.end for span in claim.content if span.end <= cue.start]
    clause = _clause_before(text, max(ends, default=0), cue.start)
    if _pattern(mark).search(text, *cue):
        no = _pattern(_NO_BEFORE).search(text, *clause)
        return " ".join((*(no[0].split() if no else ()), telling(text, claim)))
    inside = [_near(span) for span in claim.source if span.end <= cue.start]
    found = [match for span in (*inside, clause) for match in _pattern(mark).finditer(text, *span)]
    if not found:
        return telling(text, claim)
    between = text[found[-1].start() : cue.end].split()
    verb = _joined(text, claim.cue)
    return " ".join(between) if len(between) <= _MOST_WORDS else f"{found[-1][0]} … {verb}"


def _clause_before(text: str, least: int, end: int) -> Span:
    """Return the clause up to an offset, cut off at another offset before it."""
    before = _pattern(_CLAUSE).match(text[max(least, end - _FARTHEST) : end][::-1])
    return Span(end - (before.end() if before else 0), end)


def _near(span: Span) -> Span:
    return Span(span.start, min(span.end, span.start + _FARTHEST))


def _joined(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(" … ".join(text[start:end] for start, end in map(_near, spans)).split())


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """Compile an expression on first use: not before the first paint."""
    return re.compile(source, re.IGNORECASE)
