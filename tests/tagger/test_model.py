"""Folders that are no model; one that is one is read in test_train_command.py, which makes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from annotate.errors import EngineError
from annotate.tagger.model import Model
from annotate.tagger.outputs import FORMAT

SOUND = {"format": FORMAT, "size": 256, "context": 48}


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="there is no model"):
        Model.load(tmp_path)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "another version"),
        (json.dumps(SOUND | {"format": FORMAT + 1}), "another version"),
        (json.dumps({"format": FORMAT}), "damaged"),
        (json.dumps(SOUND | {"size": "wide"}), "damaged"),
        (json.dumps(SOUND), "damaged"),
    ],
)
def test_a_folder_that_holds_something_else(tmp_path: Path, config: str, message: str) -> None:
    (tmp_path / "config.json").write_text(config)
    with pytest.raises(EngineError, match=message):
        Model.load(tmp_path)


@pytest.mark.parametrize(
    ("about", "command"),
    [
        ({"base": "1a2b3c4d"}, "the same decisions: onrecord train --db annotations.json -o 'my model'"),
        ({}, "the same labelled articles: onrecord train DATA -o 'my model'"),
    ],
)
def test_a_model_of_an_earlier_version_is_refused_with_the_command_that_makes_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, about: dict[str, str], command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("my model")
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(SOUND | {"format": 1} | about))
    with pytest.raises(EngineError, match="for another version of Onrecord") as told:
        Model.load(folder)
    assert told.value.hint == f"train it again on {command}"


def test_a_damaged_network(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (tmp_path / "config.json").write_text(json.dumps(SOUND))
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "tagger.onnx").write_bytes(b"no network")
    with pytest.raises(EngineError, match=r"damaged \(tagger.onnx"):
        Model.load(tmp_path)
