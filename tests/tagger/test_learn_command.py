"""`onrecord train --db`: a tiny model learns from a person's decisions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate.cli import main
from annotate.model import Claim, Record, Status
from annotate.spans import Span
from annotate.store import Store
from annotate.tagger.outputs import FORMAT
from tests.tagger.made_up import NAMES, article

QUICK = {"batch": 512, "encoder_rate": 3e-3, "head_rate": 1e-2, "average": 0.9}


def record(number: int, status: Status = "accepted") -> Record:
    row = article(NAMES[number % len(NAMES)])
    (label,) = row["attributions"]
    content, cue, source = ((Span(*label[part][0]),) for part in ("content", "cue", "source"))
    decided_by = "human:ana" if status == "accepted" else None
    claim = Claim("c1", "indirect", content, cue, source, status=status, decided_by=decided_by)
    return Record(f"a{number}", row["text"], claims=(claim,))


def save(*records: Record) -> None:
    with Store.open("saved.json") as store:
        store.put_many(records)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def model(here: Path, base: Path) -> Path:
    """A model that has hardly learned anything."""
    assert main(["train", "labelled.jsonl", "-o", "model", "--epochs", "2", "--base", str(base)]) == 0
    save(*(record(number) for number in range(60)))
    return here / "model"


def settings(monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:
    from annotate.train import learn

    monkeypatch.setattr(learn, "SETTINGS", replace(learn.SETTINGS, **values))


def test_a_model_that_does_better_is_written(
    model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(monkeypatch, **QUICK)
    saved = (model.parent / "saved.json").read_bytes()
    capsys.readouterr()
    assert main(["train", "--db", "saved.json", "--from", "model", "-o", "mine", "--epochs", "15", "--json"]) == 0
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert (told["model"], told["better"], told["rival"]) == ("mine", True, "model")
    assert told["after"]["end_to_end"] == 100 > told["before"]["end_to_end"]
    assert told["held_out"] == 15
    assert "training on 45 articles" in err
    assert sorted(files(model.parent / "mine")) == ["config.json", "tagger.onnx", "tokenizer.json"]
    assert (model.parent / "saved.json").read_bytes() == saved


def test_a_model_of_an_earlier_version_is_replaced_by_the_command_that_its_refusal_names(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(monkeypatch, **QUICK)
    mine = model.parent / "mine"
    mine.mkdir()
    for name in files(model):
        (mine / name).write_bytes((model / name).read_bytes())
    (mine / "config.json").write_text(json.dumps({"format": 1, "base": "1a2b3c4d"}))
    assert main(["train", "--db", "saved.json", "--from", "model", "-o", "mine", "--epochs", "15"]) == 0
    assert json.loads((mine / "config.json").read_bytes())["format"] == FORMAT


def test_a_model_that_does_worse_changes_nothing(
    model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(monkeypatch, **QUICK)
    learn = ["train", "--db", "saved.json", "--epochs", "15", "--from", "model", "-o"]
    assert main([*learn, "mine"]) == 0
    assert "use it with --engine mine" in capsys.readouterr().err
    good = files(model.parent / "mine")

    assert main([*learn, "mine"]) == 1
    assert "no better than the model in mine, so nothing was written" in capsys.readouterr().err
    assert files(model.parent / "mine") == good

    settings(monkeypatch, encoder_rate=10.0)
    assert main(["train", "--db", "saved.json", "--from", "mine", "-o", "other"]) == 1
    assert "both 100.0 -> " in capsys.readouterr().err
    assert not (model.parent / "other").exists()


def test_what_else_is_in_the_output_folder_stays(
    model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    learn = ["train", "--db", "saved.json", "--epochs", "1", "--from", "model", "-o"]
    notes = model.parent / "mine" / "candidate" / "notes.txt"
    notes.parent.mkdir(parents=True)
    notes.write_text("mine", "utf-8")
    assert main([*learn, "mine"]) in (0, 1)
    assert list(files(notes.parent)) == ["notes.txt"]
    victim, before = model, files(model)
    (model.parent / "other").mkdir()
    (model.parent / "other" / "candidate").symlink_to(victim)
    capsys.readouterr()
    assert main([*learn, "other"]) == 1
    assert "candidate is a link" in capsys.readouterr().err
    assert files(victim) == before


def test_a_stopped_run_goes_on(
    model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from annotate.train.fit import Training

    settings(monkeypatch, **QUICK)
    epoch = Training.epoch

    def stop_in_the_third(training: Training, report: Any) -> None:
        if training.epochs_done == 2:
            raise KeyboardInterrupt
        epoch(training, report)

    learn = ["train", "labelled.jsonl", "--db", "saved.json", "--from", "model", "--epochs", "15", "-o", "mine"]
    monkeypatch.setattr(Training, "epoch", stop_in_the_third)
    assert main(learn) == 130
    monkeypatch.setattr(Training, "epoch", epoch)
    assert main(learn) == 0
    assert "resuming after 2 epochs" in capsys.readouterr().err
    assert sorted(files(model.parent / "mine")) == ["config.json", "tagger.onnx", "tokenizer.json"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 2, "there is nothing to train on\n  name files of labelled articles, or a save file with --db"),
        (["--db", "gone.json"], 1, "the save file gone.json does not exist"),
        (["--db", "damaged.json"], 1, "damaged.json is damaged"),
        (["--db", "saved.json", "--layers", "2"], 2, "--layers and --base cannot be used with --db or --from"),
        (["--db", "saved.json"], 2, "1 decided article with 1 claim is too little to learn from"),
        (["labelled.jsonl", "--from", "model"], 2, "3 decided articles with 3 claims are too little to learn from"),
    ],
)
def test_what_cannot_be_learned_from_is_told(
    words: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("damaged.json").write_text('{"articles": {"1": {')
    save(record(0), record(1, "suggested"))
    assert main(["train", *words, "-o", "mine"]) == code
    assert message in capsys.readouterr().err
    assert not Path("mine").exists()


@pytest.mark.usefixtures("here")
def test_a_save_file_open_elsewhere_is_read_and_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open("saved.json") as store:
        store.put_many([record(0, "suggested"), record(1, "suggested")])
        before = files(Path())
        assert main(["train", "--db", "saved.json", "-o", "mine"]) == 2
        assert files(Path()) == before
    told = capsys.readouterr().err
    assert "decided: 0 articles, 0 claims; 2 records left out: some of their claims are not decided" in told
    assert "0 decided articles with 0 claims are too little to learn from" in told
