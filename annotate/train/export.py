"""Export of a trained network as a small model folder, readable without torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from annotate.errors import OutputError
from annotate.safe_files import read_bytes, replaced
from annotate.tagger.inference import Forward, Layout, read
from annotate.tagger.model import CONFIG, NETWORK, TOKENIZER, Model
from annotate.tagger.outputs import FORMAT, HEADS, TAGS
from annotate.tagger.words import Cutter
from annotate.train.corpus import Labelled
from annotate.train.fit import CHECKPOINT, Settings, forward_of
from annotate.train.graph import graph
from annotate.train.network import Network


def write(
    network: Network, tokenizer: Path, folder: Path, settings: Settings, about: dict[str, Any], dev: Sequence[Labelled]
) -> dict[str, Any]:
    """Write a model folder, then remove the checkpoint it came from.

    Args:
        network: The trained network.
        tokenizer: Its tokenizer's file.
        folder: Output folder.
        settings: Settings of the training.
        about: Further entries for `config.json`.
        dev: Articles on which the written model is compared with the network.

    Returns:
        The contents of `config.json`.

    Raises:
        OutputError: The folder cannot be written.
    """
    network.eval()
    config = {
        "format": FORMAT,
        "heads": HEADS,
        "tags": TAGS,
        **asdict(settings.layout),
        "training": {k: v for k, v in asdict(settings).items() if k != "layout"},
        **about,
    }
    try:
        with replaced(folder / TOKENIZER) as stream:
            stream.write(read_bytes(tokenizer))
        _write_network(network, folder)
        _write_config(folder, config)
        if dev:
            config["same_tags"] = agreement(network, folder, dev)
            _write_config(folder, config)
        (folder / CHECKPOINT).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror})", "free some disk space, or name another folder"
        ) from None
    return config


def agreement(network: Network, folder: Path, articles: Sequence[Labelled]) -> float:
    """Return the share of words for which a model folder gives the same tags as the network."""
    model = Model.load(folder)
    own = _tags(articles, model.cutter, forward_of(network), model.layout)
    written = _tags(articles, model.cutter, model.forward, model.layout)
    return round(float((own == written).all(axis=1).mean()), 4)


def _tags(articles: Sequence[Labelled], cutter: Cutter, forward: Forward, layout: Layout) -> Any:
    texts = [(article.text, article.paragraphs) for article in articles]
    return np.concatenate([reading.tags.argmax(axis=2) for reading in read(texts, cutter, forward, layout)])


def _write_network(network: Network, folder: Path) -> None:
    """Write the network atomically."""
    made = graph(network)
    onnx.checker.check_model(made)
    with replaced(folder / NETWORK) as stream:
        stream.write(made.SerializeToString())


def _write_config(folder: Path, config: dict[str, Any]) -> None:
    with replaced(folder / CONFIG) as stream:
        stream.write(json.dumps(config, indent=1).encode() + b"\n")
