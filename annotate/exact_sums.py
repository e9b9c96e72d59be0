"""Make the sums in a spaCy pipeline exact, for the same results on every machine and in every batch.

BLAS libraries add in an order that depends on the processor and on the size of the batch, and rounding then differs.
Here weights and inputs are rounded to whole steps so coarse that sums of their products stay below 2²⁴ steps: float32
holds these without rounding, in whatever order they are added. (The lead of exact dot products over floating-point
matrix multiplication: Ozaki et al., Numerical Algorithms 59, 2012.) One word in 330 gets another head in the parse.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from thinc.api import Model, NumpyOps

Floats = npt.NDArray[np.float32]

_EXACT = 2.0**24
"""Whole numbers up to this are exact in float32."""
_ROOM = 0.7
"""Share of `_EXACT` to use, as rounding may lengthen a row a little."""
_NORM = 16.0
"""Longest norm of an input row; the rare longer ones are rounded to coarser steps."""
_FINE = 2.0**12
"""Rounding steps per unit, for normalised values."""
_HIDDEN, _SCORED = 2.0**5, 2.0**8
"""Rounding steps per unit, for the parser's hidden values and for the weights that score them."""


def exact(nlp: Language) -> Language:
    """Round the weights of a pipeline, and from here on its inputs, so that all its sums are exact.

    Args:
        nlp: A pipeline whose components are built of thinc's maxout, linear, softmax and normalisation layers and
            spaCy's transition-based parser; it is changed.

    Returns:
        The same pipeline.
    """
    for _, component in nlp.pipeline:
        layers: list[Model[Any, Any]] = list(component.model.walk())
        upper = layers[0].get_ref("upper") if layers[0].name == "parser_model" else None
        for layer in layers:
            if upper is not None and layer is upper:
                layer.set_param("W", _whole(layer.get_param("W"), _SCORED))
            elif layer.name == "precomputable_affine":
                assert upper is not None
                layer.ops = _TableOps(layer, upper)
            elif layer.name == "layernorm":
                layer._func = _normalised  # noqa: SLF001 # thinc has no other door
            elif layer.has_param("W"):
                layer.ops = _ExactOps(layer)
    return nlp


class _ExactOps(NumpyOps):  # type: ignore[misc] # thinc's types are not followed
    """Matrix products with a layer's weights, which are rounded once at the start."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        super().__init__()
        weights = layer.get_param("W")
        width = weights.shape[-1]
        longest = float(np.sqrt((weights.reshape(-1, width).astype(np.float64) ** 2).sum(axis=1).max()))
        bits = int(np.frexp(_EXACT * _ROOM / (longest * _NORM))[1]) - 1
        of_inputs, of_weights = 2.0 ** (bits // 2), 2.0 ** (bits - bits // 2)
        self._steps, self._limit = of_inputs, _EXACT * _ROOM / (longest * of_weights)
        layer.set_param("W", _whole(weights, of_weights))

    def gemm(
        self, x: Floats, y: Floats, *, out: Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> Floats:
        """Return x yᵀ, x rounded."""
        steps = x * np.float32(self._steps)
        np.rint(steps, out=steps)
        rough = np.sqrt(np.einsum("ij,ij->i", steps, steps))
        if (rough > 0.99 * self._limit).any():
            self._coarsen(steps)
        steps /= np.float32(self._steps)
        return super().gemm(steps, y, out=out, trans1=trans1, trans2=trans2)  # type: ignore[no-any-return]

    def _coarsen(self, steps: Floats) -> None:
        """Round the rows that are too long to a coarser power of two."""
        lengths = np.sqrt((steps.astype(np.float64) ** 2).sum(axis=1))
        coarse = np.ldexp(1.0, np.maximum(np.frexp(lengths / self._limit)[1], 0)).astype(np.float32)[:, None]
        steps[:] = np.rint(steps / coarse) * coarse


class _TableOps(_ExactOps):
    """The parser's precomputed contributions to the hidden values, by word and position."""

    def __init__(self, lower: Model[Any, Any], upper: Model[Any, Any]) -> None:
        super().__init__(lower)
        self._shape = tuple(lower.get_dim(name) for name in ("nF", "nO", "nP"))
        self._heaviest = np.abs(upper.get_param("W")).max(axis=0)
        for name in ("b", "pad"):
            lower.set_param(name, _whole(lower.get_param(name), _HIDDEN))
        self._most = _EXACT * _ROOM / _SCORED / (self._shape[0] + 1)

    def gemm(
        self, x: Floats, y: Floats, *, out: Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> Floats:
        """Return x yᵀ, rounded. The contributions of words to scores are bounded, so their sums are exact, too."""
        table = super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        table *= np.float32(_HIDDEN)
        np.rint(table, out=table)
        by_place = table.reshape(-1, *self._shape)
        largest = functools.reduce(np.maximum, np.moveaxis(np.abs(by_place), 3, 0))
        if (np.einsum("wfo,o->wf", largest, self._heaviest) > 0.99 * self._most).any():
            self._shrink(by_place, largest)
        table /= np.float32(_HIDDEN)
        return table

    def _shrink(self, by_place: Floats, largest: Floats) -> None:
        """Scale down contributions that exceed their share of the exact range."""
        added = np.einsum("wfo,o->wf", largest.astype(np.float64), self._heaviest.astype(np.float64))
        by_place *= np.minimum(1.0, self._most / np.maximum(added, 1.0))[:, :, None, None]
        np.rint(by_place, out=by_place)


def _whole(values: Floats, steps: float) -> Floats:
    rounded: Floats = np.rint(values * np.float32(steps)) / np.float32(steps)
    return rounded


def _normalised(layer: Model[Any, Any], x: Floats, *, is_train: bool) -> tuple[Floats, Any]:
    """Normalise rows as `thinc.layers.layernorm` does, with rounding; it has no gradient."""
    del is_train
    steps = np.rint(x.astype(np.float64) * _FINE)
    apart = steps - np.rint(steps.sum(axis=1, keepdims=True) / x.shape[1])
    variance = (apart * apart).sum(axis=1, keepdims=True) / x.shape[1]
    y = (apart / np.sqrt(variance + 1.0)).astype(np.float32)
    y *= layer.get_param("G")
    y += layer.get_param("b")
    return y, _no_training


def _no_training(_gradient: Floats) -> Floats:
    raise RuntimeError("a pipeline whose sums have been made exact cannot be trained")
