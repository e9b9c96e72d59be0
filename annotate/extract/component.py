"""Base of the spaCy components: a processing step with a registered factory and a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example

Spans = Callable[[Doc, str], Iterable[Span]]
"""Function of an article and a key that returns labelled spans."""


@dataclass(frozen=True)
class Component:
    """A step that stores its spans in `doc.spans["onrecord_<layer>"]`; named `onrecord_<layer>` in a pipeline."""

    layer: str
    """One of `extensions.LAYERS`."""
    mark: Callable[[Doc], Doc]

    def __call__(self, doc: Doc) -> Doc:
        """Run the step on an article."""
        return self.mark(doc)

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Return the agreement of labelled spans with the reference articles, as in `nlp.evaluate`.

        Args:
            examples: Articles paired with references that have the right spans under the same key of `doc.spans`;
                examples without the key are skipped.

        Returns:
            Precision, recall and F of exact spans, 0 to 1: `onrecord_<layer>_p`, `_r`, `_f` and `_per_type`.
        """
        return span_scores(examples, f"onrecord_{self.layer}")


def span_scores(examples: Iterable[Example], key: str, spans: Spans | None = None) -> dict[str, Any]:
    """Return precision, recall and F of the labelled spans under a key.

    Args:
        examples: Articles paired with their references.
        key: Key in `doc.spans`, also the prefix of the score names.
        spans: Finds the spans of an article for the key; by default those in `doc.spans`.
    """
    scores: dict[str, Any] = Scorer.score_spans(
        examples, key, getter=spans or _spans, has_annotation=lambda doc: bool(spans) or key in doc.spans,
        allow_overlap=True,
    )  # fmt: skip
    return scores


def register(layer: str, mark: Callable[[Doc], Doc]) -> Callable[[Language, str], Component]:
    """Register a step as the component `onrecord_<layer>` and return its factory."""

    def make(nlp: Language, name: str) -> Component:
        del nlp, name
        return Component(layer, mark)

    weights = {f"onrecord_{layer}_f": 1.0}
    Language.factory(f"onrecord_{layer}", func=make, default_score_weights=weights)
    return make


def _spans(doc: Doc, key: str) -> Iterable[Span]:
    spans: Iterable[Span] = doc.spans.get(key, ())
    return spans
