from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from annotate.segment import segment
from annotate.tagger.inference import read
from annotate.tagger.model import Model, shipped

GOLD = Path(__file__).parents[2] / "sample_articles" / "gold"


def test_a_network_made_again_says_what_the_model_says() -> None:
    for needed in ("torch", "onnx"):
        pytest.importorskip(needed, reason="training needs the extra train: pip install -e '.[train]'")
    from annotate.train.fit import forward_of
    from annotate.train.rebuild import rebuilt

    model, network = Model.load(shipped()), rebuilt(shipped()).eval()
    assert len(network.layers) == 5
    texts = [json.loads(path.read_bytes())["text"] for path in sorted(GOLD.glob("*.json"))]
    blocks = [(text, [block.start for block in segment(text)]) for text in texts]
    theirs = np.concatenate([reading.tags.argmax(axis=2) for reading in model.read(blocks)])
    again = read(blocks, model.cutter, forward_of(network), model.layout)
    ours = np.concatenate([reading.tags.argmax(axis=2) for reading in again])
    assert (ours == theirs).all(axis=1).mean() >= 0.98  # the model's inputs are rounded to eight bits, too
