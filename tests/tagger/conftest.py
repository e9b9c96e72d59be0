from __future__ import annotations

import json
import os
import string
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from annotate.tagger.words import Cutter
from tests.tagger.made_up import NAMES, article

SIZES = {
    "vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64,
    "max_position_embeddings": 256, "layer_norm_eps": 1e-12,
}  # fmt: skip
SPECIAL = ("[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]")


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """A tokenizer of small letters, each a piece, and a few words."""
    pieces = [*SPECIAL, *string.ascii_lowercase, *(f"##{c}" for c in string.ascii_lowercase), *'.,“”"', "said", "rain"]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    made = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    return made


@pytest.fixture(scope="session")
def cutter(tokenizer: Tokenizer) -> Cutter:
    return Cutter(tokenizer)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with labelled articles."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # more threads than free cores wait for each other
    rows = [json.dumps(article(name)) for name in NAMES]
    (tmp_path / "labelled.jsonl").write_text("\n".join(rows) + "\n")
    return tmp_path


@pytest.fixture
def base(here: Path, tokenizer: Tokenizer) -> Path:
    """An encoder of random weights under BERT's names."""
    for needed in ("torch", "safetensors", "onnx"):
        pytest.importorskip(needed, reason="training needs the extra train: pip install -e '.[train]'")
    import torch
    from safetensors.torch import save_file

    wide, inner = 32, 64
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (64, wide),
        "embeddings.position_embeddings.weight": (256, wide),
        "embeddings.token_type_embeddings.weight": (2, wide),
    }
    square = [f"attention.{name}" for name in ("self.query", "self.key", "self.value", "output.dense")]
    linear = dict.fromkeys(square, (wide, wide)) | {"intermediate.dense": (inner, wide), "output.dense": (wide, inner)}
    for layer in range(2):
        for name, shape in linear.items():
            shapes[f"encoder.layer.{layer}.{name}.weight"] = shape
            shapes[f"encoder.layer.{layer}.{name}.bias"] = shape[:1]
    norms = ["embeddings", *(f"encoder.layer.{i}.{part}output" for i in range(2) for part in ("attention.", ""))]
    torch.manual_seed(3)
    weights = {name: torch.randn(shape) / 5 for name, shape in shapes.items()}
    for name in norms:
        weights |= {f"{name}.LayerNorm.weight": torch.ones(wide), f"{name}.LayerNorm.bias": torch.zeros(wide)}
    folder = here / "base"
    folder.mkdir()
    save_file(weights, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(SIZES))
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder
