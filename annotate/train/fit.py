"""Training loop of the network, with checkpoints."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from annotate.errors import OutputError, UsageError
from annotate.safe_files import open_for_reading, replaced
from annotate.tagger.inference import Forward, Layout
from annotate.tagger.words import Cutter
from annotate.train.corpus import Labelled
from annotate.train.examples import Batch, Example, batches, examples, padded
from annotate.train.network import Network, loss, seed
from annotate.train.rounding import grids

CHECKPOINT = "checkpoint.pt"
_WATCHED = 60
"""Number of batches used to choose the rounding steps."""


@dataclass(frozen=True)
class Settings:
    """Settings that, with the data, determine the model."""

    epochs: int = 4
    seed: int = 1
    layers: int | None = None
    """Number of encoder layers to keep, from the first; None for all."""
    batch: int = 2048
    """Maximum number of pieces in a batch, with padding."""
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.1
    """Share of the steps over which the learning rates rise; after them they fall to zero."""
    decay: float = 0.01
    """Weight decay."""
    average: float = 0.999
    """Share of the running average that each step keeps; the averaged weights are the result."""
    clip: float = 1.0
    """Maximum norm of a step's gradient."""
    rounded: int = 1
    """Number of final epochs in which values are rounded as in the written model."""
    layout: Layout = field(default_factory=Layout)


@dataclass(frozen=True)
class Progress:
    """Progress of training after a step."""

    epoch: int
    step: int
    steps: int
    """Steps in this epoch."""
    loss: float
    """Running mean of the loss."""
    speed: float
    """Pieces per second since the epoch began."""


class Training:
    """Training of a network, resumed from a checkpoint with the same settings and data if there is one.

    Args:
        network: Network with pretrained weights.
        articles: Articles to learn from.
        cutter: The tokeniser, as at run time.
        settings: Training settings.
        folder: Folder for checkpoints.
        fingerprint: Fingerprint of the articles.

    Raises:
        UsageError: The checkpoint belongs to another training.
    """

    def __init__(
        self,
        network: Network,
        articles: Sequence[Labelled],
        cutter: Cutter,
        settings: Settings,
        folder: Path,
        fingerprint: str,
    ) -> None:
        self.network, self.articles, self.cutter, self.settings = network, articles, cutter, settings
        self._checkpoint = folder / CHECKPOINT
        identity = {"data": fingerprint, **asdict(settings), "layout": asdict(settings.layout)}
        self._identity = json.dumps(identity, sort_keys=True)
        self.average = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=_running_average(settings.average))
        self._optimizer = _optimizer(network, settings)
        self.epochs_done = 0
        self._resume()

    def epoch(self, report: Callable[[Progress], None]) -> None:
        """Train on all articles once, then save a checkpoint.

        The windows and their order depend only on the seed and the number of the epoch, so an interrupted and resumed
        training gives the same result.
        """
        chance = random.Random(f"{self.settings.seed}/{self.epochs_done}")  # noqa: S311 # no secret
        seed(self.network, chance.getrandbits(63))
        some = list(examples(self.articles, self.cutter, self.settings.layout, chance))
        order = batches(some, self.settings.batch, chance)
        if self.epochs_done == max(self.settings.epochs - self.settings.rounded, 0):
            self._find_steps(order[:_WATCHED])
        self.network.train()
        mean, pieces, began = 0.0, 0, time.perf_counter()
        for step, batch in enumerate(order, start=1):
            share = (self.epochs_done + (step - 1) / len(order)) / self.settings.epochs
            _set_rates(self._optimizer, _rate(share, self.settings.warm_up))
            arrays = padded(batch, self.cutter)
            value = self._step(*tensors(arrays))
            mean = value if step == 1 else 0.95 * mean + 0.05 * value
            pieces += arrays.pieces.size
            speed = pieces / (time.perf_counter() - began)
            report(Progress(self.epochs_done + 1, step, len(order), mean, speed))
        self.epochs_done += 1
        self._save()

    def _find_steps(self, some: Sequence[Sequence[Example]]) -> None:
        """Choose the rounding steps from the values in some batches, and start rounding."""
        average = self.averaged()
        for grid in grids(average):
            grid.watching = True
        with torch.inference_mode():
            for batch in some:
                pieces, shapes, *_ = tensors(padded(batch, self.cutter))
                average(pieces, shapes)
        for grid, same in zip(grids(self.network), grids(average), strict=True):
            same.watching = False
            grid.step.copy_(same.step)
        self._round()

    def _round(self) -> None:
        for grid in (*grids(self.network), *grids(self.averaged())):
            grid.rounding = True

    def _step(self, pieces: Tensor, shapes: Tensor, words: Tensor, tags: Tensor, links: Tensor) -> float:
        tag_scores, rows = self.network(pieces, shapes)
        value = loss(tag_scores, rows, words, tags, links)
        value.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.clip)
        self._optimizer.step()
        self._optimizer.zero_grad()
        self.average.update_parameters(self.network)
        return value.item()

    def averaged(self) -> Network:
        """Return the network with the running average of its weights."""
        module = self.average.module
        assert isinstance(module, Network)
        return module.eval()

    def _save(self) -> None:
        state = {
            "identity": self._identity,
            "epochs": self.epochs_done,
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        try:
            with replaced(self._checkpoint) as stream:
                torch.save(state, stream)
        except (OSError, RuntimeError) as error:  # torch reports a full disk as the latter
            raise OutputError(
                f"{self._checkpoint} cannot be written ({error})", "free some disk space and run it again"
            ) from None

    def _resume(self) -> None:
        if not self._checkpoint.exists():
            return
        try:
            with open_for_reading(self._checkpoint, follow=False) as stream:
                state: dict[str, Any] = torch.load(stream, weights_only=True)
        except OSError as error:
            raise OutputError(f"{self._checkpoint} cannot be read ({error.strerror})", "move it away") from None
        if state["identity"] != self._identity:
            raise UsageError(
                f"{self._checkpoint} belongs to a training with other data or settings",
                "to resume it, give the same data and settings; else remove it or name another folder",
            )
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.epochs_done = state["epochs"]
        if self.epochs_done > max(self.settings.epochs - self.settings.rounded, 0):
            self._round()


def tensors(batch: Batch) -> list[Tensor]:
    """Return a batch's arrays as torch tensors."""
    return [torch.from_numpy(getattr(batch, field.name)) for field in fields(batch)]


def forward_of(network: Network) -> Forward:
    """Return a network as a function of arrays."""

    def forward(pieces: Any, shapes: Any) -> tuple[Any, Any]:
        with torch.inference_mode():
            tags, rows = network(torch.from_numpy(pieces)[None], torch.from_numpy(shapes)[None])
        return tags[0].numpy(), rows[0].numpy()

    return forward


def _optimizer(network: Network, settings: Settings) -> torch.optim.Optimizer:
    """Return AdamW with one rate for the pretrained part and one for the new heads; vectors have no weight decay."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, weight in network.named_parameters():
        new = name.split(".")[0] in ("shape", "tags", "links")
        rate = settings.head_rate if new else settings.encoder_rate
        groups.setdefault((rate, settings.decay if weight.ndim > 1 else 0.0), []).append(weight)
    return torch.optim.AdamW(
        [
            {"params": weights, "lr": rate, "full": rate, "weight_decay": decay}
            for (rate, decay), weights in groups.items()
        ],
        fused=True,
    )


def _running_average(outlives: float) -> Callable[..., None]:
    """Return the update of the running average: fast at first, so that the pretrained start is soon forgotten."""

    def move(averages: Sequence[Tensor], weights: Sequence[Tensor], steps: Tensor) -> None:
        taken = int(steps)
        torch._foreach_lerp_(averages, weights, 1 - min(outlives, (1 + taken) / (10 + taken)))

    return move


def _set_rates(optimizer: torch.optim.Optimizer, share: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = group["full"] * share


def _rate(share: float, warm_up: float) -> float:
    """Return the learning rate, as a share of the full rate, after a share of all steps."""
    return share / warm_up if share < warm_up else (1 - share) / (1 - warm_up)
