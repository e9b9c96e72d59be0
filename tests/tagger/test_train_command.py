"""The command, on an encoder of two tiny layers and a few made-up articles."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from annotate.cli import main
from annotate.tagger.model import Model
from annotate.tagger.outputs import CONTENT, Link
from tests.tagger.made_up import NAMES, article


def test_a_model_is_trained_written_and_read(
    here: Path, base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from annotate.train import fit

    quick = partial(fit.Settings, batch=512, encoder_rate=3e-3, head_rate=1e-2, average=0.9)
    monkeypatch.setattr(fit, "Settings", quick)
    rows = [json.dumps(article(name)) for name in NAMES * 20]
    (here / "many.jsonl").write_text("\n".join(rows) + "\n")
    data = ["many.jsonl", "--dev", "labelled.jsonl"]
    assert main(["train", *data, "-o", "model", "--epochs", "15", "--base", str(base)]) == 0
    told = capsys.readouterr().err
    assert "60 articles" in told
    assert "epoch 15: content F 100.0 exact" in told
    assert sorted(path.name for path in (here / "model").iterdir()) == ["config.json", "tagger.onnx", "tokenizer.json"]
    model = Model.load(here / "model")
    assert model.about["training"]["epochs"] == 15
    assert model.about["same_tags"] > 0.95
    text = article("Bo Ra")["text"]
    (reading,) = model.read([(text, [0])])
    (content,) = reading.runs(CONTENT)
    assert text[reading.words.starts[content.first] : reading.words.ends[content.end - 1]] == "it will rain"
    assert reading.links(Link.CONTENT_SOURCE, content.first, [0]).argmax() == 0


@pytest.mark.parametrize(("layers", "kept"), [([], 2), (["--layers", "1"], 1), (["--layers", "9"], 2)])
def test_as_many_of_the_encoders_layers_are_taken_as_wanted(
    here: Path, base: Path, layers: list[str], kept: int
) -> None:
    import onnx

    assert main(["train", "labelled.jsonl", "-o", "model", "--epochs", "1", "--base", str(base), *layers]) == 0
    values = onnx.load(here / "model" / "tagger.onnx").graph.initializer
    assert sum(value.name.endswith(".inner.weight") for value in values) == kept


def test_a_stopped_training_goes_on_as_if_it_had_not(
    here: Path, base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from annotate.train import export
    from annotate.train.fit import Training

    made: list[Any] = []

    def keep(network: Any, *_: Any) -> dict[str, Any]:
        made.append(network.state_dict())
        return {}

    monkeypatch.setattr(export, "write", keep)
    train = ["train", "labelled.jsonl", "--base", str(base), "--epochs"]
    assert main([*train, "4", "-o", "whole"]) == 0

    learn = Training.epoch
    began: list[int] = []

    def stop_in_the_third(training: Any, report: Any) -> None:
        began.append(training.epochs_done)
        if len(began) == 3:
            raise KeyboardInterrupt
        learn(training, report)

    monkeypatch.setattr(Training, "epoch", stop_in_the_third)
    assert main([*train, "4", "-o", "model"]) == 130
    assert main([*train, "5", "-o", "model"]) == 2
    assert "other data or settings" in capsys.readouterr().err
    assert main([*train, "4", "-o", "model"]) == 0
    assert "resuming after 2 epochs" in capsys.readouterr().err
    assert began == [0, 1, 2, 2, 3]
    whole, resumed = made
    assert all(bool((resumed[name] == weights).all()) for name, weights in whole.items())


@pytest.mark.usefixtures("base")
def test_what_is_wrong_is_told_in_a_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "bad.jsonl").write_text('{"text": "Rain."}\n')
    (here / "none.jsonl").write_text("")
    (here / "file").write_text("")
    for words, message in (
        (["bad.jsonl", "-o", "model"], "bad.jsonl, line 1 is not a labelled article"),
        (["gone.jsonl", "-o", "model"], "gone.jsonl cannot be read"),
        (["none.jsonl", "-o", "model"], "no labelled article to train"),
        (["labelled.jsonl", "-o", "model", "--base", "news"], "news has no config.json"),
        (["labelled.jsonl", "-o", "file", "--base", "base"], "file cannot be made"),
    ):
        assert main(["train", *words]) in (1, 2)
        assert message in capsys.readouterr().err


@pytest.mark.usefixtures("here")
def test_without_the_extra_it_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith("annotate.train.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "torch", None)
    assert main(["train", "labelled.jsonl", "-o", "model"]) == 1
    assert capsys.readouterr().err == (
        "onrecord: training needs torch, which is not installed\n  pip install 'onrecord[train]'\n"
    )
