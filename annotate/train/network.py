"""The network: MiniLM's encoder, embeddings of word shapes, and heads for tags and links."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from annotate.tagger.outputs import HEADS, KEYS, NULLS, QUERIES, ROW, TAGS, WIDTH, Link
from annotate.tagger.words import SHAPES
from annotate.train.examples import NO_TAG
from annotate.train.rounding import Grid, Linear

_DROPPED = 26
"""Dropped values in training: so many of 256, on average."""
_FAR_BELOW = -10_000.0
"""Attention score of padding."""
HIDDEN_LOWEST = -32
"""Lowest integer for the values between the two halves of a layer; few of these are negative."""
_SHARES = 256
"""Number of rounding steps of an attention weight."""
GATE_SLOPE = 0.3
"""Slope of the gate in `gated`; the one closest to GELU."""
_LINKS_WEIGHT = 0.4
"""Weight of the links' loss relative to that of the tags."""


@dataclass(frozen=True)
class Sizes:
    """The encoder's dimensions, named as in BERT's `config.json`."""

    vocab_size: int
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int
    layer_norm_eps: float

    @classmethod
    def read(cls, base: Path) -> Sizes:
        """Read the dimensions from a model folder."""
        values = json.loads((base / "config.json").read_text(encoding="utf-8"))
        return cls(**{name: values[name] for name in cls.__dataclass_fields__})


class _Dropout(nn.Module):
    """Dropout with one random byte per value; torch's own takes a tenth of the training time."""

    def __init__(self) -> None:
        super().__init__()
        self.chance = np.random.default_rng(0)

    def forward(self, x: Tensor) -> Tensor:
        """Return the values, in training with some of them zeroed and the others scaled up to compensate."""
        if not self.training:
            return x
        drawn = torch.frombuffer(bytearray(self.chance.bytes(x.numel())), dtype=torch.uint8).view(x.shape)
        return x * (drawn >= _DROPPED).to(x.dtype).mul_(256 / (256 - _DROPPED))


def query_scale(wide: int) -> float:
    """Return the scale of a query with `wide` values: the usual 1/√wide, times the 1/8 that `attention` needs."""
    return 0.125 / wide**0.5


def gated(x: Tensor) -> Tensor:
    """Return x · clip(0.3 x + 0.5, 0, 1): GELU (Hendrycks & Gimpel, 2016) without a transcendental function."""
    return x * (x * GATE_SLOPE + 0.5).clamp(0.0, 1.0)


def attention(scores: Tensor) -> Tensor:
    """Return softmax weights, with exp(8 x) approximated by (1 + x)⁸, and by 0 below -1.

    Only additions and multiplications, which every processor rounds in the same way.

    Args:
        scores: [..., keys] An eighth of softmax's.

    Returns:
        Weights of the keys, at most 1 each, not yet divided by their sum.
    """
    x = (scores - (scores.amax(dim=-1, keepdim=True) - 1.0)).clamp_min(0.0)
    x = x * x
    x = x * x
    return x * x


class Layer(nn.Module):
    """One layer of BERT's encoder."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        wide, inner = sizes.hidden_size, sizes.intermediate_size
        self.heads = sizes.num_attention_heads
        self.seen = Grid((wide,))
        self.query, self.key = (Grid((self.heads, 1, 1), binary=True) for _ in range(2))
        self.value = Grid((self.heads, 1, wide // self.heads))
        self.looked = Grid((wide,))
        self.thought = Grid((wide,))
        self.hidden = Grid((inner,), HIDDEN_LOWEST, HIDDEN_LOWEST + 255)
        self.shares = Grid((), 0, _SHARES, step=1 / _SHARES)
        self.query_key_value = Linear(wide, 3 * wide, self.seen)
        self.attended = Linear(wide, wide, self.looked)
        self.attended_norm = nn.LayerNorm(wide, eps=sizes.layer_norm_eps)
        self.inner = Linear(wide, inner, self.thought)
        self.outer = Linear(inner, wide, self.hidden)
        self.outer_norm = nn.LayerNorm(wide, eps=sizes.layer_norm_eps)
        self.dropout = _Dropout()

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        """Return the layer's output [batch, length, hidden]; `hidden` is 0, or far below it for padding."""
        batch, length, wide = x.shape
        parts = self.query_key_value(self.seen(x)).view(batch, length, 3, self.heads, wide // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        query, key, value = self.query(query * query_scale(query.shape[-1])), self.key(key), self.value(value)
        weights = self.shares(attention(query @ key.transpose(-1, -2) + hidden))
        looked = (weights @ value) / weights.sum(dim=-1, keepdim=True)
        looked = self.looked(looked.transpose(1, 2).reshape(batch, length, wide))
        x = self.attended_norm(x + self.dropout(self.attended(looked)))
        return self.outer_norm(x + self.dropout(self.outer(self.hidden(gated(self.inner(self.thought(x)))))))


class Network(nn.Module):
    """Pieces and shapes → log-probabilities of tags, and rows of link vectors (see `annotate.tagger.outputs`)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        wide = sizes.hidden_size
        self.piece = nn.Embedding(sizes.vocab_size, wide)
        self.position = nn.Embedding(sizes.max_position_embeddings, wide)
        self.norm = nn.LayerNorm(wide, eps=sizes.layer_norm_eps)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.num_hidden_layers))
        self.dropout = _Dropout()
        self.shape = nn.Embedding(SHAPES, wide)
        nn.init.zeros_(self.shape.weight)
        self.found = Grid((wide,))
        self.tags = Linear(wide, len(HEADS) * len(TAGS), self.found)
        self.links = Linear(wide, ROW, self.found)

    def forward(self, pieces: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        """Run the network on windows.

        Args:
            pieces: [batch, length] Vocabulary numbers of the pieces, 0 after a window's end.
            shapes: [batch, length] Shapes of their words.

        Returns:
            Log-probabilities of tags [batch, length, heads × tags], link rows [batch, length, ROW].
        """
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.piece(pieces) + self.position(places) + self.shape(shapes)
        x = self.dropout(self.norm(x))
        hidden = (pieces == 0)[:, None, None, :].to(x.dtype) * _FAR_BELOW
        for layer in self.layers:
            x = layer(x, hidden)
        x = self.dropout(self.found(x))
        scores = self.tags(x).unflatten(-1, (len(HEADS), len(TAGS)))
        return functional.log_softmax(scores, dim=-1).flatten(-2), self.links(x)


def seed(network: Network, number: int) -> None:
    """Seed all randomness of training."""
    chance = np.random.default_rng(number)
    for part in network.modules():
        if isinstance(part, _Dropout):
            part.chance = chance


def loss(tags: Tensor, rows: Tensor, words: Tensor, gold_tags: Tensor, gold_links: Tensor) -> Tensor:
    """Return the loss of `Network`'s output for a batch against `examples.Batch`'s words, tags and links."""
    scores = tags.unflatten(-1, (len(HEADS), len(TAGS)))
    total = functional.nll_loss(scores.flatten(0, 2), gold_tags.flatten(), ignore_index=NO_TAG) * len(HEADS)
    if len(gold_links):
        total = total + _LINKS_WEIGHT * _link_loss(rows, words, gold_links)
    return total


def _link_loss(rows: Tensor, is_word: Tensor, gold: Tensor) -> Tensor:
    """Return the links' cross-entropy over a batch, among all words of the window and "no link"."""
    lost = rows.new_zeros(())
    for kind in Link:
        _, window, place, wanted = gold[gold[:, 0] == kind].unbind(-1)
        asking = rows[window, place]
        keys = rows[:, :, slice(KEYS[kind] * WIDTH, (KEYS[kind] + 1) * WIDTH)]
        query = asking[:, slice(QUERIES[kind] * WIDTH, (QUERIES[kind] + 1) * WIDTH)]
        scores = torch.einsum("qd,qld->ql", query, keys[window]) / WIDTH**0.5
        scores = scores.masked_fill(~is_word[window], float("-inf"))
        scores = torch.cat((scores, asking[:, NULLS + kind, None]), dim=1)
        target = torch.where(wanted < 0, scores.shape[1] - 1, wanted)
        lost = lost + functional.cross_entropy(scores, target, reduction="sum")
    return lost / len(gold)


def pretrained(base: Path, layers: int | None = None) -> Network:
    """Return the network with the encoder of a BERT-like model folder (`config.json`, `model.safetensors`).

    Args:
        base: The folder.
        layers: Number of encoder layers to keep, from the first; all by default.
    """
    sizes = Sizes.read(base)
    if layers is not None:
        sizes = replace(sizes, num_hidden_layers=min(layers, sizes.num_hidden_layers))
    network = Network(sizes)
    network.load_state_dict(_renamed(load_file(base / "model.safetensors"), sizes), strict=False)
    return network


def _renamed(bert: dict[str, Tensor], sizes: Sizes) -> dict[str, Tensor]:
    """Return BERT's weights under this network's names."""
    out = {
        "piece.weight": bert["embeddings.word_embeddings.weight"],
        # All pieces have token type 0, so its vector is added to every position.
        "position.weight": bert["embeddings.position_embeddings.weight"]
        + bert["embeddings.token_type_embeddings.weight"][0],
    }
    parts = {"norm": "embeddings.LayerNorm"}
    for i in range(sizes.num_hidden_layers):
        theirs, ours = f"encoder.layer.{i}", f"layers.{i}"
        for kind in ("weight", "bias"):
            three = [bert[f"{theirs}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            out[f"{ours}.query_key_value.{kind}"] = torch.cat(three)
        parts |= {
            f"{ours}.attended": f"{theirs}.attention.output.dense",
            f"{ours}.attended_norm": f"{theirs}.attention.output.LayerNorm",
            f"{ours}.inner": f"{theirs}.intermediate.dense",
            f"{ours}.outer": f"{theirs}.output.dense",
            f"{ours}.outer_norm": f"{theirs}.output.LayerNorm",
        }
    return out | {
        f"{our}.{kind}": bert[f"{their}.{kind}"] for our, their in parts.items() for kind in ("weight", "bias")
    }
