"""Component `onrecord_tags`: what the learned tagger says of every word, as `doc._.onrecord_tags`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from annotate.extract.blocks import blocks_of
from annotate.model import Block
from annotate.tagger.model import Model, shipped
from annotate.tagger.reading import Reading


@dataclass(frozen=True)
class Tagger:
    """The component."""

    model: Model

    def __call__(self, doc: Doc) -> Doc:
        """Read an article, unless that was done already."""
        if doc._.onrecord_tags is None:
            doc._.onrecord_tags = self.read(doc.text, blocks_of(doc))
        return doc

    def read(self, text: str, blocks: Sequence[Block]) -> Reading:
        """Return what the model says of an article."""
        return next(self.model.read([(text, [block.start for block in blocks])]))


@cache
def _loaded(folder: Path, threads: int) -> Model:
    return Model.load(folder, threads=threads)


def make_tagger(nlp: Language, name: str, model: str | None, threads: int) -> Tagger:
    """Make the component.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        model: Folder that `onrecord train` wrote; None for the model that comes with Onrecord.
        threads: Threads that one article's arithmetic may use.

    Raises:
        EngineError: there is no model, or none that this version can use.
    """
    del nlp, name
    return Tagger(_loaded(shipped() if model is None else Path(model), threads))


Language.factory("onrecord_tags", default_config={"model": None, "threads": 2}, func=make_tagger)
