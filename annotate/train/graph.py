"""The network as an onnxruntime graph in which every sum is one of integers, and therefore exact.

No processor, number of threads or library can change the result: matrix products are sums of integers that fit (8-bit
times 7-bit ones in 32 bits; between the heads of attention below 2²⁴, which float32 represents exactly), other sums are
of values rounded to integers first, and the rest are single additions, multiplications, divisions and square roots,
which IEEE 754 rounds in one way only. Integer-only inference as in I-BERT (Kim et al., ICML 2021), except for scales,
which stay floating-point.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from annotate.tagger.model import INPUTS, OUTPUTS
from annotate.train.network import GATE_SLOPE, HIDDEN_LOWEST, Network, query_scale

Array = npt.NDArray[Any]

_OPSET, _IR = 18, 9
_ZERO = 128
"""The eight-bit number that represents 0."""
_EXACT = 2**24
"""Integers up to this are exact in float32."""
_DOUBLED = 2.0
"""Factor on the scores of `annotate.train.network.attention`. The eighth power of a doubled score is 2⁸ = 256 times as
high: its weights come in 256ths."""
_SMALLEST = 1e-6
"""Lower bound for a row's largest absolute value, so that a row of zeros is not divided by 0."""


def graph(network: Network) -> onnx.ModelProto:
    """Return a network, its values rounded as in the last epoch of training, as a model for onnxruntime.

    Inputs are the pieces and shapes of one window, [length] each; outputs are the scores of its tags [length, heads ×
    tags] and its link rows [length, ROW]. The parameters that `annotate.train.rebuild` needs keep their names.
    """
    made = _Graph(network)
    steps = [*(f"layers.{number}.seen" for number in range(len(network.layers))), "found"]
    read, x = made.norm(made.embedded(), "norm", steps[0])
    for number in range(len(network.layers)):
        read, x = made.layer(f"layers.{number}", read, x, steps[number + 1])
    return made.model([made.linear(read, name) for name in OUTPUTS])


class _Graph:
    """Builder of the graph's nodes and constants; parts of the network and their parameters keep their names."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._nodes: list[onnx.NodeProto] = []
        self._values: dict[str, Array] = {}

    def model(self, outputs: list[str]) -> onnx.ModelProto:
        """Return the finished model."""
        named = [helper.make_node("Identity", [made], [name]) for made, name in zip(outputs, OUTPUTS, strict=True)]
        graph_ = helper.make_graph(
            [*self._nodes, *named],
            "tagger",
            [helper.make_tensor_value_info(name, TensorProto.INT64, ["length"]) for name in INPUTS],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["length", None]) for name in OUTPUTS],
            [numpy_helper.from_array(value, name) for name, value in self._values.items()],
        )
        return helper.make_model(graph_, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)

    def embedded(self) -> str:
        """Add the sum of the embeddings of pieces, positions and shapes."""
        length = self._op("Squeeze", self._op("Shape", INPUTS[0]))
        places = self._op("Range", self._number(0, np.int64), length, self._number(1, np.int64))
        piece, position, shape = (
            self._rows("piece", INPUTS[0]),
            self._rows("position", places),
            self._rows("shape", INPUTS[1]),
        )
        return self._op("Add", self._op("Add", piece, position), shape)

    def _rows(self, name: str, chosen: str) -> str:
        weights = self._network.get_submodule(name).weight.detach()
        scale = (weights.abs().amax(dim=1, keepdim=True) / 127).clamp_min(1e-12)
        table = self._keep(f"{name}.weight", (weights / scale).round().to(torch.int8))
        rows = self._op("Cast", self._op("Gather", table, chosen), to=TensorProto.FLOAT)
        return self._op("Mul", rows, self._op("Gather", self._keep(f"{name}.scale", scale), chosen))

    def norm(self, x: str, name: str, grid: str) -> tuple[str, str]:
        """Add layer normalisation; return the rows in eight bits, and unrounded.

        A row is scaled up until the sum of its values, rounded to integers, just fits; normalisation cancels the scale.
        """
        wide = len(self._network.get_submodule(name).weight)
        most = self._op("ReduceMax", self._op("Abs", x), self._number([-1], np.int64), keepdims=1)
        stretch = self._op("Div", self._number(_EXACT // wide), self._op("Max", most, self._number(_SMALLEST)))
        steps = self._op("Round", self._op("Mul", x, stretch))
        mean = self._op("Round", self._op("Mul", self._sum(steps), self._number(1 / wide)))
        apart = self._op("Sub", steps, mean)
        exact = self._op("Cast", apart, to=TensorProto.DOUBLE)
        squares = self._op("ReduceSumSquare", exact, self._number([-1], np.int64), keepdims=1)
        variance = self._op("Mul", squares, self._number(1 / wide, np.float64))
        deviation = self._op("Sqrt", self._op("Add", variance, self._number(1, np.float64)))
        shrink = self._op("Cast", self._op("Div", self._number(1, np.float64), deviation), to=TensorProto.FLOAT)
        step = self._step(grid)
        x = self._op("Mul", self._op("Mul", apart, shrink), self._op("Div", self._own(f"{name}.weight"), step))
        x = self._op("Add", x, self._op("Div", self._own(f"{name}.bias"), step))
        return self._bytes(x), self._op("Mul", x, step)

    def layer(self, name: str, read: str, x: str, after: str) -> tuple[str, str]:
        """Add a layer of the encoder.

        Args:
            name: Name of the layer.
            read: Output of the layer before, in eight bits.
            x: The same, unrounded.
            after: The grid of the next layer.

        Returns:
            Its output, in eight bits and unrounded.
        """
        x = self._op("Add", self.linear(self._looked(name, read), f"{name}.attended"), x)
        read, x = self.norm(x, f"{name}.attended_norm", f"{name}.thought")
        step = self._step(f"{name}.hidden")
        inner = self.linear(read, f"{name}.inner", step)
        gate = self._op("Mul", inner, self._op("Mul", step, self._number(GATE_SLOPE)))
        gate = self._op("Clip", self._op("Add", gate, self._number(0.5)), self._number(0), self._number(1))
        hidden = self._bytes(self._op("Mul", inner, gate), -HIDDEN_LOWEST)
        outer = self.linear(hidden, f"{name}.outer", zero=-HIDDEN_LOWEST)
        return self.norm(self._op("Add", outer, x), f"{name}.outer_norm", after)

    def _looked(self, name: str, read: str) -> str:
        """Add attention; return its output in eight bits."""
        heads, _, each = self._network.get_submodule(f"{name}.value").step.shape
        query, key, value = (self._step(f"{name}.{part}") for part in ("query", "key", "value"))
        whole_query = self._op("Mul", query, self._number(1 / query_scale(each)))
        units = [
            self._op("Expand", unit, self._number([heads, 1, each], np.int64)) for unit in (whole_query, key, value)
        ]
        unit = self._op("Reshape", self._op("Concat", *units, axis=0), self._number([-1], np.int64))
        steps = self._op("Round", self.linear(read, f"{name}.query_key_value", unit))
        steps = self._op("Clip", steps, self._number(-128), self._number(127))
        steps = self._op("Reshape", steps, self._number([-1, 3, heads, each], np.int64))
        steps = self._op("Transpose", steps, perm=[1, 2, 0, 3])
        asking, asked, seen = (self._op("Gather", steps, self._number(i, np.int64)) for i in range(3))
        # Steps of queries and keys are powers of two, so these products stay as exact as integers.
        asking = self._op("Mul", asking, self._op("Mul", self._op("Mul", query, key), self._number(_DOUBLED)))
        shares = self._shares(self._op("MatMul", asking, self._op("Transpose", asked, perm=[0, 2, 1])))
        looked = self._op("Div", self._op("MatMul", shares, seen), self._sum(shares))
        ratio = self._op(
            "Div", self._op("Reshape", value, self._number([heads, 1, each], np.int64)), self._step_by_head(name)
        )
        looked = self._op("Transpose", self._op("Mul", looked, ratio), perm=[1, 0, 2])
        return self._bytes(self._op("Reshape", looked, self._number([0, -1], np.int64)))

    def _step_by_head(self, name: str) -> str:
        heads, _, each = self._network.get_submodule(f"{name}.value").step.shape
        return self._op("Reshape", self._step(f"{name}.looked"), self._number([heads, 1, each], np.int64))

    def _shares(self, scores: str) -> str:
        """Add the shares of `attention`, in 256ths (see `_DOUBLED`)."""
        most = self._op("ReduceMax", scores, self._number([-1], np.int64), keepdims=1)
        shares = self._op("Relu", self._op("Sub", scores, self._op("Sub", most, self._number(_DOUBLED))))
        for _ in range(3):
            shares = self._op("Mul", shares, shares)
        return self._op("Round", shares)

    def linear(self, read: str, name: str, unit: str | None = None, zero: int = _ZERO) -> str:
        """Add a matrix product and a bias.

        Args:
            read: Input in eight bits.
            name: Name of the linear layer.
            unit: Unit of the output, per channel.
            zero: The eight-bit number that represents 0.
        """
        step = self._network.get_submodule(name)
        values, scale = step.whole()
        weights = self._keep(f"{name}.weight", values.T.to(torch.int8).contiguous())
        total = self._op(
            "Cast", self._op("MatMulInteger", read, weights, self._number(zero, np.uint8)), to=TensorProto.FLOAT
        )
        parts = [self._keep(f"{name}.scale", scale), self._own(f"{name}.bias")]
        scale_, bias = parts if unit is None else (self._op("Div", part, unit) for part in parts)
        return self._op("Add", self._op("Mul", total, scale_), bias)

    def _op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node and return the name of its output."""
        name = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def _keep(self, name: str, value: Tensor) -> str:
        """Add a parameter and return its name."""
        self._values[name] = value.detach().numpy().copy()
        return name

    def _own(self, name: str) -> str:
        return self._keep(name, self._network.get_parameter(name))

    def _step(self, grid: str) -> str:
        return self._keep(f"{grid}.step", self._network.get_buffer(f"{grid}.step"))

    def _number(self, value: float | list[int], kind: Any = np.float32) -> str:
        """Add a constant and return its name."""
        name = f"{np.dtype(kind).name} {value}"
        self._values[name] = np.array(value, dtype=kind)
        return name

    def _bytes(self, x: str, zero: int = _ZERO) -> str:
        return self._op("QuantizeLinear", x, self._number(1), self._number(zero, np.uint8))

    def _sum(self, x: str) -> str:
        return self._op("ReduceSum", x, self._number([-1], np.int64), keepdims=1)
