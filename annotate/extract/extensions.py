"""Custom attributes of a spaCy `Doc` shared by the components, and spans for display.

A whole article is one `Doc` with the article's text, so all offsets are the article's. Attributes hold the model's own
types: `doc._.onrecord_blocks` (`Block`), `_quotes` (`Quote`), `_claims` (`Claim`), `_dates` (`DateMention`),
`_speakers` (`Speaker`), all tuples; `doc._.onrecord_anchor` is the ISO date of publication or None,
`doc._.onrecord_least` the least confidence of a claim,
`doc._.onrecord_tags` the tagger's output (`annotate.tagger.inference.TaggerOutput`) or None, `doc._.onrecord_text` the
cached text or None.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, SpanGroup

from annotate.uncertainty import LEAST

LAYERS = ("blocks", "quotes", "claims", "dates", "speakers")


def register() -> None:
    """Add the attributes to `Doc`; calling it again does no harm."""
    for layer in LAYERS:
        if not Doc.has_extension(f"onrecord_{layer}"):
            Doc.set_extension(f"onrecord_{layer}", default=())
    for single, default in (("anchor", None), ("least", LEAST), ("tags", None), ("text", None)):
        if not Doc.has_extension(f"onrecord_{single}"):
            Doc.set_extension(f"onrecord_{single}", default=default)


def text_of(doc: Doc) -> str:
    """Return an article's text, cached: spaCy joins all words anew for each `doc.text`."""
    if doc._.onrecord_text is None:
        doc._.onrecord_text = doc.text
    text: str = doc._.onrecord_text
    return text


def show(doc: Doc, layer: str, labelled: Iterable[tuple[int, int, str]]) -> None:
    """Store spans in `doc.spans["onrecord_<layer>"]`, for displaCy and other components.

    Args:
        doc: The article.
        layer: One of `LAYERS`.
        labelled: (start, end, label) in code points; edges inside a token are moved out to the token's.
    """
    spans = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in labelled)
    doc.spans[f"onrecord_{layer}"] = SpanGroup(doc, name=f"onrecord_{layer}", spans=[s for s in spans if s is not None])
