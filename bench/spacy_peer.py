"""Train spaCy's own span tagger on the training data of Onrecord's, and score it: a one-time comparison.

    python bench/spacy_peer.py [--epochs N]

spaCy's `ner` (transitions over a tok2vec of hashed words, as in its small model) learns contents, cues and sources as
three kinds of entity, a paragraph at a time, from PolNeAR's training part. Its `spancat` was not tried: it rates every
stretch up to some length, and contents run to a hundred words. A content belongs to the nearest cue, and to the source
nearest to that: the best tie that needs no learning. Figures are those of `extraction.py`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator

import spacy
from extraction import COLUMNS, Row, polnear, print_line, scored
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import compounding, filter_spans, fix_random_seed, minibatch

from annotate.segment import segment

_PARTS = ("content", "cue", "source")


def main() -> None:
    """Train, and print the figures after every epoch."""
    arguments = argparse.ArgumentParser(description="Train spaCy's own tagger of spans on PolNeAR and score it.")
    arguments.add_argument("--epochs", type=int, default=6, help="how often every paragraph is read")
    epochs = arguments.parse_args().epochs
    fix_random_seed(1)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    lessons = [Example(nlp.make_doc(doc.text), doc) for row in polnear("train") for doc in labelled(nlp, row)]
    nlp.initialize(lambda: lessons)
    rows = polnear("dev")
    words = sum(len(row["text"].split()) for row in rows)
    print(f"{len(lessons):,} paragraphs\n{'':26}" + "".join(f"{column:>16}" for column in COLUMNS), flush=True)
    sizes = compounding(16.0, 128.0, 1.001)
    for epoch in range(1, epochs + 1):
        random.shuffle(lessons)
        for batch in minibatch(lessons, sizes):
            nlp.update(batch, drop=0.2)
        begun = time.perf_counter()
        found = [list(attributions(nlp, row["text"])) for row in rows]
        speed = words / (time.perf_counter() - begun)
        print_line(f"epoch {epoch}, {speed:,.0f} words/s", scored(rows, found)[0])


def labelled(nlp: Language, row: Row) -> Iterator[Doc]:
    """Yield an article's paragraphs with their labels; of overlapping labels, the longest."""
    spans = [(*span, part) for one in row["attributions"] for part in _PARTS for span in one[part]]
    for doc, start in paragraphs(nlp, row["text"]):
        end = start + len(doc.text)
        inside = [(max(s, start) - start, min(e, end) - start, part) for s, e, part in spans if s < end and e > start]
        some = (doc.char_span(s, e, label=part, alignment_mode="contract") for s, e, part in inside)
        doc.ents = filter_spans([span for span in some if span is not None])
        yield doc


def attributions(nlp: Language, text: str) -> Iterator[Row]:
    """Yield the contents found in an article, each with the nearest cue and source."""
    parts = list(paragraphs(nlp, text))
    for doc, (_, start) in zip(nlp.pipe(doc for doc, _ in parts), parts, strict=True):
        found = {part: [span for span in doc.ents if span.label_ == part] for part in _PARTS}
        for content in found["content"]:
            cue = nearest(content, found["cue"])
            source = nearest(cue or content, found["source"])
            tied = {"content": content, "cue": cue, "source": source}
            yield {
                part: [[start + span.start_char, start + span.end_char]] if span else [] for part, span in tied.items()
            }


def nearest(one: Span, others: list[Span]) -> Span | None:
    """Return the span nearest to another, by the words between; None if there are none."""
    return min(others, key=lambda other: max(other.start - one.end, one.start - other.end), default=None)


def paragraphs(nlp: Language, text: str) -> Iterator[tuple[Doc, int]]:
    """Yield each paragraph and its offset in the article."""
    for block in segment(text):
        yield nlp.make_doc(text[block.start : block.end]), block.start


if __name__ == "__main__":
    main()
