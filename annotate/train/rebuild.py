"""Make a network again of a written model, so that training can go on from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

from annotate.errors import EngineError
from annotate.tagger.model import NETWORK
from annotate.train.network import Network, Sizes

Array = npt.NDArray[Any]

_EMBEDDINGS = ("piece", "position", "shape")


def rebuilt(folder: Path) -> Network:
    """Return the network of a model folder, with the weights that its 8-bit numbers stand for.

    Args:
        folder: A model that onnxruntime has been able to load.

    Raises:
        EngineError: `annotate.train.export` has not written the network in it.
    """
    graph = onnx.load(folder / NETWORK).graph
    try:
        weights = _weights(graph)
        network = Network(_sizes(graph, weights))
        network.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    except (LookupError, StopIteration, RuntimeError):
        raise EngineError(
            f"training cannot go on from the network in {folder}: it has other parts than this version's",
            "name a folder that this version's onrecord train has written",
        ) from None
    return network


def _weights(graph: Any) -> dict[str, Array]:
    """Return all weights under the names of `Network`'s parameters."""
    values = {value.name: numpy_helper.to_array(value) for value in graph.initializer}
    weights = {name: value.copy() for name, value in values.items() if name.endswith((".weight", ".bias"))}
    weights |= {f"{name}.weight": _exact(values, f"{name}.weight") for name in _EMBEDDINGS}
    readers = {name: node for node in graph.node for name in node.input}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            part = _bias_added(node, readers).removesuffix("bias")
            weights[f"{part}weight"] = _exact(values, node.input[1].removesuffix("_quantized")).T.copy()
    return weights


def _exact(values: dict[str, Array], name: str) -> Array:
    whole = values[f"{name}_quantized"].astype(np.float32)
    return (whole - values[f"{name}_zero_point"]) * values[f"{name}_scale"]


def _bias_added(node: Any, readers: dict[str, Any]) -> str:
    """Return the bias added to a product: it has kept its name, while that of the matrix is made up."""
    while node.op_type != "Add":
        node = readers[node.output[0]]
    return next(name for name in node.input if name.endswith(".bias"))


def _sizes(graph: Any, weights: dict[str, Array]) -> Sizes:
    vocabulary, wide = weights["piece.weight"].shape
    norm = next(node for node in graph.node if node.op_type == "LayerNormalization")
    return Sizes(
        vocab_size=vocabulary,
        hidden_size=wide,
        num_hidden_layers=sum(name.endswith(".inner.bias") for name in weights),
        num_attention_heads=_heads(graph),
        intermediate_size=len(weights["layers.0.inner.bias"]),
        max_position_embeddings=len(weights["position.weight"]),
        layer_norm_eps=next(attribute.f for attribute in norm.attribute if attribute.name == "epsilon"),
    )


def _heads(graph: Any) -> int:
    """Return the number of attention heads; only the shape [batch, length, 3, heads, width] tells it."""
    shape = next(node for node in graph.node if node.op_type == "Concat" and len(node.input) == 5)
    return next(int(numpy_helper.to_array(v).item()) for v in graph.initializer if v.name == shape.input[3])
