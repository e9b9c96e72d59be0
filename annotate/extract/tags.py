"""Component `onrecord_tags`: the learned tagger's output for every word, as `doc._.onrecord_tags`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from annotate.extract.blocks import blocks_of
from annotate.extract.component import span_scores
from annotate.extract.extensions import text_of
from annotate.extract.links import span_of
from annotate.model import Block
from annotate.tagger.inference import TaggerOutput
from annotate.tagger.model import Model, shipped
from annotate.tagger.outputs import HEADS

_LABELS = tuple(head.upper() for head in HEADS)


@dataclass(frozen=True)
class Tagger:
    """The component `onrecord_tags`."""

    model: Model

    def __call__(self, doc: Doc) -> Doc:
        """Tag an article, unless that is already done."""
        if doc._.onrecord_tags is None:
            doc._.onrecord_tags = self.read(text_of(doc), blocks_of(doc))
        return doc

    def read(self, text: str, blocks: Sequence[Block]) -> TaggerOutput:
        """Return the model's output for an article."""
        return next(self.model.read([(text, [block.start for block in blocks])]))

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Return the agreement of the tagger's spans with the claims of reference articles, as in `nlp.evaluate`.

        Args:
            examples: Articles paired with references that have spans labelled CONTENT, CUE and SOURCE in
                `doc.spans["onrecord_claims"]`.

        Returns:
            Precision, recall and F of exact spans, 0 to 1: `onrecord_tags_p`, `_r`, `_f` and `_per_type`.
        """
        return span_scores(examples, "onrecord_tags", _tagged_or_labelled)


def _tagged_or_labelled(doc: Doc, _: str) -> Iterable[Span]:
    """Return the spans tagged in an article, or the labelled ones if it is a reference."""
    tags: TaggerOutput | None = doc._.onrecord_tags
    if tags is None:
        return [span for span in doc.spans.get("onrecord_claims", ()) if span.label_ in _LABELS]
    found = ((span_of(tags, run), label) for head, label in enumerate(_LABELS) for run in tags.runs(head))
    spans = (doc.char_span(*span, label=label, alignment_mode="expand") for span, label in found)
    return [span for span in spans if span is not None]


@cache
def _loaded(folder: Path, threads: int) -> Model:
    return Model.load(folder, threads=threads)


def make_tagger(nlp: Language, name: str, model: str | None, threads: int) -> Tagger:
    """Make the component.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        model: Folder written by `onrecord train`; None for the model shipped with Onrecord.
        threads: Maximum number of threads for one article.

    Raises:
        EngineError: The model is missing, or this version cannot use it.
    """
    del nlp, name
    return Tagger(_loaded(shipped() if model is None else Path(model), threads))


Language.factory(
    "onrecord_tags",
    func=make_tagger,
    default_config={"model": None, "threads": 2},
    default_score_weights={"onrecord_tags_f": 1.0},
)
