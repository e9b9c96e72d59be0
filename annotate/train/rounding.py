"""Rounding of values and weights in training as in the written model (quantisation-aware training)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

MOST_WEIGHT = 63
"""Weights are integers up to this: pairs of their products with eight-bit inputs fit into 16 bits, in which processors
without instructions for eight-bit sums accumulate them."""
_SMALLEST_STEP = 1e-6
"""Step of a channel whose values are all 0."""


class Grid(nn.Module):
    """Rounding of values to multiples of a step, as stored in eight bits in the written model; one step per channel.

    Off at first. While it is watching, steps grow until the values seen so far fit; once it is rounding, gradients pass
    through unchanged (straight-through estimator; Bengio et al., 2013, arXiv:1308.3432).

    Args:
        shape: Shape of the steps, broadcast over the values.
        lowest: Integer of the smallest value.
        highest: Integer of the largest value.
        binary: Use powers of two only.
        step: The size of all steps, if known beforehand.
    """

    step: Tensor
    """Step size per channel."""

    def __init__(
        self,
        shape: tuple[int, ...],
        lowest: int = -128,
        highest: int = 127,
        *,
        binary: bool = False,
        step: float | None = None,
    ) -> None:
        super().__init__()
        self.lowest, self.highest, self.binary, self.is_fixed = lowest, highest, binary, step is not None
        self.watching = self.rounding = False
        self.register_buffer("step", torch.full(shape, step or _SMALLEST_STEP))

    def forward(self, x: Tensor) -> Tensor:
        """Return the values, rounded if rounding is on."""
        if self.watching and not self.is_fixed:
            self._watch(x.detach())
        return _stepped(x, self.step, self.lowest, self.highest) if self.rounding else x

    def _watch(self, x: Tensor) -> None:
        needed = x / self.highest
        if self.lowest:
            needed = torch.maximum(needed, x / self.lowest)
        kept = [1] * (x.ndim - self.step.ndim) + list(self.step.shape)
        needed = needed.amax(dim=[axis for axis, size in enumerate(kept) if size == 1]).view(self.step.shape)
        if self.binary:
            needed = torch.exp2(torch.log2(needed.clamp_min(_SMALLEST_STEP)).ceil())
        self.step.copy_(torch.maximum(self.step, needed))


def _stepped(x: Tensor, step: Tensor, lowest: int, highest: int) -> Tensor:
    return x + ((x / step).round().clamp(lowest, highest) * step - x).detach()


class Linear(nn.Linear):
    """A linear layer with weights rounded to seven bits, one scale per output, once its input is rounded.

    Args:
        wide: Input channels.
        out: Output channels.
        grid: Rounding of the input; its steps become part of the weights.
    """

    def __init__(self, wide: int, out: int, grid: Grid) -> None:
        super().__init__(wide, out)
        self.grid = grid

    def forward(self, x: Tensor) -> Tensor:
        """Return the output for values that `grid` has rounded."""
        if not self.grid.rounding:
            return super().forward(x)
        weight = self.weight * self.grid.step
        rounded = _stepped(weight, _scales(weight), -MOST_WEIGHT, MOST_WEIGHT) / self.grid.step
        return functional.linear(x, rounded, self.bias)

    def whole(self) -> tuple[Tensor, Tensor]:
        """Return the weights as integers [out, in], and the scale of each output [out]."""
        weight = (self.weight * self.grid.step).detach()
        scales = _scales(weight)
        return (weight / scales).round().clamp(-MOST_WEIGHT, MOST_WEIGHT), scales[:, 0]


def grids(network: nn.Module) -> list[Grid]:
    """Return all grids of a network."""
    return [part for part in network.modules() if isinstance(part, Grid)]


def _scales(weight: Tensor) -> Tensor:
    return (weight.detach().abs().amax(dim=1, keepdim=True) / MOST_WEIGHT).clamp_min(1e-12)
