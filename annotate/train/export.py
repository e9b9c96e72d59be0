"""Write a trained network as a model folder: small, and readable without torch."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from annotate.errors import OutputError
from annotate.tagger.layout import FORMAT, HEADS, TAGS
from annotate.tagger.model import CONFIG, NETWORK, TOKENIZER, Model
from annotate.tagger.reading import Forward, Layout, read
from annotate.tagger.words import Cutter
from annotate.train.corpus import Labelled
from annotate.train.fit import CHECKPOINT, Settings, forward_of
from annotate.train.network import Network

_OPSET = 20
"""The first in which GELU is one step."""
_EXAMPLE = (2, 16)
"""Windows and pieces of the input that the network is traced with; any other number works afterwards."""


def write(
    network: Network, tokenizer: Path, folder: Path, settings: Settings, about: dict[str, Any], dev: Sequence[Labelled]
) -> dict[str, Any]:
    """Write a model folder, then remove the checkpoint that it came from.

    Args:
        network: Trained.
        tokenizer: Its tokenizer's file.
        folder: Where to write.
        settings: Those of the training.
        about: What else `config.json` is to say.
        dev: Articles on which the written model is compared with the network.

    Returns:
        What `config.json` says.

    Raises:
        OutputError: it cannot be written.
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
        shutil.copyfile(tokenizer, folder / TOKENIZER)
        _write_network(network, folder)
        _write_config(folder, config)
        if dev:
            config["same_tags"] = agreement(network, folder, dev)
            _write_config(folder, config)
        (folder / CHECKPOINT).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written ({error.strerror})", "make room, or name another") from None
    return config


def agreement(network: Network, folder: Path, articles: Sequence[Labelled]) -> float:
    """Return the share of words to which the model in a folder gives the tags that the network gives."""
    model = Model.load(folder)
    own = _tags(articles, model.cutter, forward_of(network), model.layout)
    written = _tags(articles, model.cutter, model.forward, model.layout)
    return round(float((own == written).all(axis=1).mean()), 4)


def _tags(articles: Sequence[Labelled], cutter: Cutter, forward: Forward, layout: Layout) -> Any:
    texts = [(article.text, article.paragraphs) for article in articles]
    return np.concatenate([reading.tags.argmax(axis=2) for reading in read(texts, cutter, forward, layout)])


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what torch and onnxruntime say of themselves while they write a model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.disable(logging.WARNING)
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


def _write_network(network: Network, folder: Path) -> None:
    """Write the network in 8-bit whole numbers, into place only when it is whole."""
    # Two tensors: one given twice would be traced as one input.
    pieces, shapes = torch.ones(_EXAMPLE, dtype=torch.int64), torch.ones(_EXAMPLE, dtype=torch.int64)
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length")
    with tempfile.TemporaryDirectory(dir=folder) as scratch, _quiet():
        exact, small = Path(scratch) / "exact.onnx", Path(scratch) / NETWORK
        torch.onnx.export(
            network, (pieces, shapes), exact, dynamo=True, opset_version=_OPSET, external_data=False, verbose=False,
            input_names=["pieces", "shapes"], output_names=["tags", "links"],
            dynamic_shapes=({0: batch, 1: length}, {0: batch, 1: length}),
        )  # fmt: skip
        quantize_dynamic(
            exact,
            small,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )
        onnx.checker.check_model(str(small))
        small.replace(folder / NETWORK)


def _write_config(folder: Path, config: dict[str, Any]) -> None:
    part = folder / f"{CONFIG}.part"
    part.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    part.replace(folder / CONFIG)
