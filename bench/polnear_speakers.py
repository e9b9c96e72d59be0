"""Speaker accuracy on PolNeAR's development part, by the labels in `bench/gold`.

    python bench/polnear_speakers.py [--errors]      (also the second table of bench/speakers.py)

Nothing is learned from these articles, but choices were compared on them and the resolver's rules revised on their
errors. `rules` and `learned` read the text alone.
A gold claim is found when a claim of theirs shares half the words of both contents (Jaccard, as `hit` in
score_quotes.py). `given spans` is the resolver on gold content, cue and source; `nearest name` is the PERSON or ORG
of spaCy that stands nearest to the gold cue, outside the content.

right    the speaker's name is the gold one's, or a shorter or longer form of it: both end in the same word (whatever
         follows the head noun put aside) and one has all words of the other. A description does for the nameless only.
touch    looser: some mention of the speaker overlaps a gold one, which the source does by itself; or it is right.

Claims without a gold speaker are left out. The next four columns split `right` by the form of the source, the last two
by whether the resolver names other candidates.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

import spacy
from _gold import ROOT, SHARED, Gold, claim_of, parse
from extraction import polnear

from annotate.engine import ENGINES, MODEL, analyse_many
from annotate.model import Claim, Record
from annotate.read import Article
from annotate.spans import Span
from annotate.speakers import resolve
from annotate.uncertainty import rivals

LABELS = ROOT / "bench/gold/speakers.jsonl"
HIT = 0.5
FORMS = ("name", "nominal", "pronoun", "none")
COLUMNS = (*FORMS, "no rivals", "rivals")
NAMED = {"person", "organisation", "place", "document"}
"""Kinds of speakers whose descriptions are names if they have a capital."""
GIVEN, NEAREST = "given spans", "nearest name"
_PROPER = re.compile(r"\b[A-Z][\w-]+")
_WORD = re.compile(r"\w+")
_AFTER = "about|at|by|close|for|from|in|of|on|that|to|which|who|with"
_CUT = re.compile(rf"(?<=\w)(?:\s*[,(]|\s+(?:\w+ed\s+)?(?:{_AFTER})\b)")
_NO_NAME = {
    "a", "an", "the", "and", "s", "i", "we", "you", "he", "she", "it", "they", "our", "his", "her", "its", "their",
    "all", "each", "many", "most", "who", "which", "that", "whose",
}  # fmt: skip


@dataclass(frozen=True)
class Entity:
    """A speaker: its names and mentions."""

    names: tuple[str, ...]
    spans: tuple[Span, ...]
    or_others: bool = False
    """True if others may be meant as well."""


Answers = dict[int, Entity | None]
"""Speakers by index of the gold claim; claims not found are missing."""


@dataclass(frozen=True)
class Labelled:
    """An article with its gold claims, each with the speakers that are right and the form of its source."""

    article: Article
    claims: tuple[Claim, ...]
    speakers: tuple[tuple[Entity, ...], ...]
    forms: tuple[str, ...]


def labelled() -> Iterator[Labelled]:
    """Yield the labelled articles, their texts from PolNeAR."""
    rows = {row["id"]: row for row in polnear("dev")}
    for line in LABELS.read_text("utf-8").splitlines():
        labels = json.loads(line)
        row = rows[labels["id"]]
        known = {speaker["id"]: _entity(speaker, row["text"]) for speaker in labels["speakers"]}
        yield Labelled(
            article=Article(row["text"], row["id"], date=row["date"]),
            claims=tuple(claim_of(row["attributions"][c["index"]], str(c["index"])) for c in labels["claims"]),
            speakers=tuple(
                tuple(known[key] for key in (claim["speaker"], *claim.get("also", ()))) if claim["speaker"] else ()
                for claim in labels["claims"]
            ),
            forms=tuple(claim["form"] for claim in labels["claims"]),
        )


def _entity(speaker: Mapping[str, Any], text: str) -> Entity:
    spans = tuple(Span(*span) for span in (speaker["name"], *speaker["mentions"]))
    name, *others = (text[start:end] for start, end in spans)
    proper = set(_PROPER.findall(name)) if speaker["kind"] in NAMED else set()
    forms = (form for form in others if not proper or form.isupper() or proper & set(_PROPER.findall(form)))
    return Entity((name, *forms), spans)


def of_engine(gold: Labelled, record: Record) -> Answers:
    """Return the engine's speaker of each gold claim that it found."""
    words = word_starts(record.text)
    claims = enumerate(record.claims)
    shares = [(share(words, a.content, b.content), i, j) for j, b in claims for i, a in enumerate(gold.claims)]
    pairs: dict[int, int] = {}
    for overlap, i, j in sorted(shares, reverse=True):
        if overlap >= HIT and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return {i: said_by(record, record.claims[j]) for i, j in pairs.items()}


def word_starts(text: str) -> AbstractSet[int]:
    """Return where words begin."""
    return {match.start() for match in _WORD.finditer(text)}


def share(words: AbstractSet[int], first: Iterable[Span], second: Iterable[Span]) -> float:
    """Return the Jaccard overlap of the words of two contents or sources."""
    a, b = ({at for start, end in spans for at in range(start, end) if at in words} for spans in (first, second))
    return len(a & b) / len(a | b) if a & b else 0.0


def said_by(record: Record, claim: Claim) -> Entity | None:
    """Return a claim's speaker."""
    speaker = record.speaker(claim.speaker)
    return None if speaker is None else Entity((speaker.name,), speaker.mentions, bool(rivals(claim)))


def of_resolver_and_baseline(gold: Labelled, record: Record, nlp: spacy.language.Language) -> tuple[Answers, Answers]:
    """Return the speaker of each claim by the resolver, and by the nearest name."""
    text = gold.article.text
    doc = parse(nlp, Gold(gold.article.id, text, record.blocks, record.quotes, gold.claims, {}))
    suggested = [replace(claim, confidence=1.0) for claim in gold.claims]
    speakers, claims = resolve(doc, suggested, record.quotes, record.blocks)
    resolved = Record(gold.article.id, text, speakers=speakers, claims=claims)
    names = [Span(e.start_char, e.end_char) for e in doc.ents if e.label_ in {"PERSON", "ORG"}]
    nearest: Answers = {}
    for i, claim in enumerate(gold.claims):
        at = (claim.cue or claim.content)[0]
        outside = [n for n in names if not any(n.start < c.end and c.start < n.end for c in claim.content)]
        best = min(outside, key=lambda n: max(n.start - at.end, at.start - n.end), default=None)
        nearest[i] = best and Entity((text[best.start : best.end],), (best,))
    return {i: said_by(resolved, claim) for i, claim in enumerate(claims)}, nearest


def right(found: Entity | None, gold: Sequence[Entity]) -> bool:
    """Tell if a speaker has the name of one of the gold ones."""
    if found is None:
        return False
    name = found.names[0]
    return any(name.lower() == e.names[0].lower() or any(_same(name, form) for form in e.names) for e in gold)


def _same(name: str, gold: str) -> bool:
    ours, theirs = _words(name), _words(gold)
    if not ours or not theirs or ours[-1] != theirs[-1]:
        return False
    return set(ours) <= set(theirs) or set(theirs) <= set(ours)


def _words(name: str) -> list[str]:
    """Return a name's words up to its head noun; none for a pronoun. *And* stays, to tell a pair from a single name."""
    whole = name.replace("’", "'")
    cut = _CUT.search(whole)
    words = _WORD.findall((whole[: cut.start()] if cut else whole).lower())
    kept = [word for word in words if word not in _NO_NAME]
    return [*kept, "&"] if kept and "and" in words else kept


def touches(found: Entity | None, gold: Sequence[Entity]) -> bool:
    """Tell if a speaker's mention overlaps one of the gold ones, or its name is right."""
    overlap = found is not None and any(
        a.start < b.end and b.start < a.end for a in found.spans for e in gold for b in e.spans
    )
    return overlap or right(found, gold)


def count(gold: Labelled, answers: Answers) -> Counter[str]:
    """Count an article's claims with a gold speaker, those found and those right, also by form."""
    out: Counter[str] = Counter()
    for i, (wanted, form) in enumerate(zip(gold.speakers, gold.forms, strict=True)):
        if wanted:
            out["all"] += 1
        if wanted and i in answers:
            answer = answers[i]
            is_right = right(answer, wanted)
            alone = "rivals" if answer is not None and answer.or_others else "no rivals"
            out.update(found=1, right=is_right, touch=touches(answer, wanted))
            for column in (form, alone):
                out.update({f"{column} found": 1, f"{column} right": is_right})
    return out


def table(*, errors: bool = False) -> None:
    """Print the measures of all systems and, if asked, each wrong speaker of the learned engine."""
    if not (SHARED / "data/polnear/dev.jsonl.gz").exists():
        print("\nPolNeAR is not here: set ONRECORD_SHARED")
        return
    articles = list(labelled())
    answers: dict[str, list[Answers]] = {GIVEN: [], NEAREST: []}
    for name in ENGINES:
        records = list(analyse_many([gold.article for gold in articles], engine=name))
        answers[name] = [of_engine(gold, record) for gold, record in zip(articles, records, strict=True)]
    nlp = spacy.load(MODEL, exclude=["lemmatizer"])
    for gold, record in zip(articles, records, strict=True):
        for name, given in zip((GIVEN, NEAREST), of_resolver_and_baseline(gold, record, nlp), strict=True):
            answers[name].append(given)
    totals = {name: sum(map(count, articles, some), Counter[str]()) for name, some in answers.items()}
    claims = totals[GIVEN]["all"]
    print(f"\n{len(articles)} articles of PolNeAR, {claims} claims with a speaker")
    print(
        f"{'':14}{'found':>7}{'right':>8}{'of all':>8}{'touch':>8}{'of all':>8}" + "".join(f"{c:>10}" for c in COLUMNS)
    )
    for name in (*ENGINES, GIVEN, NEAREST):
        print(_line(name, totals[name]))
    for gold, some in zip(articles, answers["learned"], strict=True) if errors else ():
        print(*_wrong(gold, some), sep="\n")


def _line(name: str, row: Counter[str]) -> str:
    pairs = [("right", "found"), ("right", "all"), ("touch", "found"), ("touch", "all")]
    shares = "".join(f"{100 * row[part] / max(row[whole], 1):8.1f}" for part, whole in pairs)
    parts = "".join(f"{100 * row[f'{c} right'] / max(row[f'{c} found'], 1):10.1f}" for c in COLUMNS)
    return f"{name:14}{row['found']:7}{shares}{parts}"


def _wrong(gold: Labelled, answers: Answers) -> Iterator[str]:
    yield gold.article.id
    for i, found in sorted(answers.items()):
        if gold.speakers[i] and not right(found, gold.speakers[i]):
            source = " … ".join(gold.article.text[a:b] for a, b in gold.claims[i].source)
            name = found.names[0] if found else None
            loose = "  (touches)" if touches(found, gold.speakers[i]) else ""
            yield f"  {i} {gold.forms[i]} {source!r}: {name!r}, not {gold.speakers[i][0].names[0]!r}{loose}"


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--errors", action="store_true", help="print each claim that the learned engine got wrong")
    table(errors=options.parse_args().errors)
