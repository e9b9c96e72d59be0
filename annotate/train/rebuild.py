"""Reconstruction of a network from a written model, to continue its training."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from annotate.errors import EngineError
from annotate.tagger.model import NETWORK
from annotate.train.network import Network, Sizes
from annotate.train.rounding import Grid, Linear

_EPSILON = 1e-12
"""BERT's epsilon for the variance of rows; a written model stores none."""


def rebuilt(folder: Path) -> Network:
    """Return the network of a model folder, with weights computed from its integers.

    Args:
        folder: A model that onnxruntime has been able to load.

    Raises:
        EngineError: The network in it was not written by `annotate.train.export`.
    """
    graph = onnx.load(folder / NETWORK).graph
    values = {value.name: torch.from_numpy(numpy_helper.to_array(value).copy()) for value in graph.initializer}
    try:
        network = Network(_sizes(values))
        paths = {part: path for path, part in network.named_modules()}
        network.load_state_dict({name: _exact(network, name, values, paths) for name in network.state_dict()})
    except (LookupError, RuntimeError):
        raise EngineError(
            f"training cannot continue from the model in {folder}: its network is built differently",
            "name a folder written by this version's onrecord train",
        ) from None
    return network


def _exact(network: Network, name: str, values: dict[str, Tensor], paths: dict[nn.Module, str]) -> Tensor:
    """Return a parameter or a rounding step; `paths` maps a shared part to the name under which it is written."""
    path, _, kind = name.rpartition(".")
    part = network.get_submodule(path)
    if isinstance(part, nn.Embedding):
        return values[name] * values[f"{path}.scale"]
    if isinstance(part, Linear) and kind == "weight":
        return values[name].T * values[f"{path}.scale"][:, None] / values[f"{paths[part.grid]}.step"]
    if isinstance(part, Grid) and part.is_fixed:
        return part.step
    return values[f"{paths[part]}.{kind}"]


def _sizes(values: dict[str, Tensor]) -> Sizes:
    vocabulary, wide = values["piece.weight"].shape
    return Sizes(
        vocab_size=vocabulary,
        hidden_size=wide,
        num_hidden_layers=sum(name.endswith(".inner.bias") for name in values),
        num_attention_heads=len(values["layers.0.query.step"]),
        intermediate_size=len(values["layers.0.inner.bias"]),
        max_position_embeddings=len(values["position.weight"]),
        layer_norm_eps=_EPSILON,
    )
