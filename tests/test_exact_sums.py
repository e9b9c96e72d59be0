"""The parser's sums: exact, and so the same in any order, batch and precision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thinc.api import NumpyOps

from annotate.engine import load_model, load_parser
from annotate.exact_sums import exact

SENTENCES = (
    "“We are ready,” Mayor Ana Li said on Monday, rejecting claims that the bridge, built in 1987, was unsafe.",
    "The Kremlin said it would reply. He did not elaborate.",
    "x" * 300, "!!!! ???? 1234 $$$ 😀😀 \u202e ABC", "A B C D " * 40, "日本語 テキスト", "“‘’”" * 30, "", " \n ",
)  # fmt: skip
Product = Callable[..., Any]


def in_float64(_ops: Any, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
    """Multiply as exactly as float64 can, whatever it costs."""
    assert not trans1
    assert trans2
    product = (x.astype(np.float64) @ y.astype(np.float64).T).astype(np.float32)
    if out is None:
        return product
    out[:] = product
    return out


def backwards(_ops: Any, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
    """Add up one product after another, from the last to the first."""
    product = np.zeros((len(x), len(y)), dtype=np.float32)
    for column in reversed(range(x.shape[1])):
        product += np.outer(x[:, column], y[:, column])
    return in_float64(_ops, product, np.eye(len(y)), out, trans1, trans2)


def read(texts: tuple[str, ...] | list[str]) -> list[tuple[bytes, list[tuple[str, str, int]]]]:
    """Return the vectors of each text, and its parse."""
    docs = load_parser().pipe(texts)
    return [(doc.tensor.tobytes(), [(t.tag_, t.dep_, t.head.i) for t in doc]) for doc in docs]


@pytest.mark.parametrize("product", [in_float64, backwards])
def test_another_order_and_precision_of_sums_change_no_bit(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read(SENTENCES)
    monkeypatch.setattr(NumpyOps, "gemm", product)
    assert read(SENTENCES) == before


@settings(deadline=None)  # spaCy takes as long as the machine lets it
@given(st.permutations(range(len(SENTENCES))), st.integers(1, len(SENTENCES)))
def test_texts_read_together_give_what_they_give_alone(order: list[int], count: int) -> None:
    alone = {i: read([SENTENCES[i]])[0] for i in order[:count]}
    assert read([SENTENCES[i] for i in order[:count]]) == [alone[i] for i in order[:count]]


def test_the_parse_is_hardly_another_than_without() -> None:
    text = " ".join(SENTENCES[:2]) * 20
    ours, theirs = load_parser()(text), load_model()(text)
    same = [(a.tag, a.dep, a.head.i) == (b.tag, b.dep, b.head.i) for a, b in zip(ours, theirs, strict=True)]
    assert sum(same) / len(same) >= 0.98


def test_rows_that_are_too_long_are_rounded_until_their_sums_are_exact() -> None:
    layers = [layer for layer in load_parser().get_pipe("tok2vec").model.walk() if layer.name == "maxout"]
    chance = np.random.default_rng(1)
    for layer in layers:
        weights = layer.get_param("W").reshape(-1, layer.get_dim("nI"))
        rows = (chance.normal(size=(40, weights.shape[1])) * 2.0 ** np.arange(40)[:, None]).astype(np.float32)
        product = layer.ops.gemm(rows, weights, trans2=True)
        shuffled = chance.permutation(weights.shape[1])
        again = layer.ops.gemm(
            np.ascontiguousarray(rows[:, shuffled]), np.ascontiguousarray(weights[:, shuffled]), trans2=True
        )
        assert (product == again).all()
        assert product == pytest.approx(rows @ weights.T, rel=0.1, abs=0.1 * np.abs(product).max(axis=1).max())


def test_what_words_add_is_bounded_word_by_word() -> None:
    lower = load_parser().get_pipe("parser").model.get_ref("lower")
    weights = lower.get_param("W").reshape(-1, lower.get_dim("nI"))
    rows = np.random.default_rng(1).normal(size=(9, weights.shape[1])).astype(np.float32) * 200
    rows[:4] /= 200
    whole = lower.ops.gemm(rows, weights, trans2=True)
    assert (lower.ops.gemm(rows[:4].copy(), weights, trans2=True) == whole[:4]).all()
    assert (whole * 32 == np.rint(whole * 32)).all()
    heaviest = np.abs(load_parser().get_pipe("parser").model.get_ref("upper").get_param("W")).max(axis=0)
    by_place = np.abs(whole.reshape(-1, 8, 64, 2)).max(axis=3) @ heaviest
    assert by_place.sum(axis=1).max() * 32 * 256 < 2**24


def test_nothing_can_be_learned_through_it() -> None:
    nlp = exact(load_model())
    layer = next(layer for layer in nlp.get_pipe("tok2vec").model.walk() if layer.name == "layernorm")
    _, back = layer(np.ones((2, 96), dtype=np.float32), is_train=True)
    with pytest.raises(RuntimeError, match="cannot be trained"):
        back(np.ones((2, 96), dtype=np.float32))
