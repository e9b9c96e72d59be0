"""What makes a step over an article a spaCy component: a factory under a registered name, and a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example

Spans = Callable[[Doc, str], Iterable[Span]]
"""Takes an article and a key; returns spans with labels."""


@dataclass(frozen=True)
class Component:
    """A step that puts what it finds in `doc.spans["onrecord_<layer>"]`, as `onrecord_<layer>` in a pipeline."""

    layer: str
    """One of `extensions.LAYERS`."""
    mark: Callable[[Doc], Doc]

    def __call__(self, doc: Doc) -> Doc:
        """Take an article through the step."""
        return self.mark(doc)

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Return how well spans and labels of articles agree with those of their references, as `nlp.evaluate` does.

        Args:
            examples: Articles beside references that have the right spans under the same key of `doc.spans`; those
                without the key are passed over.

        Returns:
            Precision, recall and F of exact spans, 0 to 1: `onrecord_<layer>_p`, `_r`, `_f` and `_per_type`.
        """
        return span_scores(examples, f"onrecord_{self.layer}")


def span_scores(examples: Iterable[Example], key: str, spans: Spans | None = None) -> dict[str, Any]:
    """Return precision, recall and F of labelled spans under a key.

    Args:
        examples: Articles beside their references.
        key: Of `doc.spans`, and what the names of the scores begin with.
        spans: Finds the spans of an article under the key; those in `doc.spans` by default.
    """
    scores: dict[str, Any] = Scorer.score_spans(
        examples, key, getter=spans or _spans, has_annotation=lambda doc: bool(spans) or key in doc.spans,
        allow_overlap=True,
    )  # fmt: skip
    return scores


def register(layer: str, mark: Callable[[Doc], Doc]) -> Callable[[Language, str], Component]:
    """Register a step as the component `onrecord_<layer>`; return its factory."""

    def make(nlp: Language, name: str) -> Component:
        del nlp, name
        return Component(layer, mark)

    weights = {f"onrecord_{layer}_f": 1.0}
    Language.factory(f"onrecord_{layer}", func=make, default_score_weights=weights)
    return make


def _spans(doc: Doc, key: str) -> Iterable[Span]:
    spans: Iterable[Span] = doc.spans.get(key, ())
    return spans
