from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from annotate.model import Record
from tui.keys.keymap import Keymap, rebound
from tui.keys.registry import Scope
from tui.wording.article_rows import STATES
from tui.wording.claim_rows import ClaimRow, unfolded
from tui.wording.legend import LEGEND, LEGENDS, legend


def test_every_word_beside_a_claim_is_explained(record: Record) -> None:
    text = record.text.replace(" said", " deny", 1)
    claim = replace(
        record.claims[0], addressee=record.claims[1].addressee, tags=("bridge",), edited=("speaker",),
        negated=True, hedged=True,
    )  # fmt: skip
    speaker, date = record.speakers[0], record.dates[0]
    head, *fields = unfolded(ClaimRow(1, claim, speaker, date, text, (date,)), 80, 1)
    kind, *facts, _status = head[-1].words.strip().split(" · ")
    labels = [label for line in fields if line[0].look == "label" and (label := line[0].words.strip())]
    assert len(labels) == 12
    before = [word for word in fields[0][0].words.split() if word.endswith(":")]
    assert len(before) == 2
    explained = {word for words in LEGEND["Words in the claim list"] for word in words.split(", ")}
    assert {kind, *facts, *(word.rstrip(":") for word in before), *labels} <= explained


def test_the_keys_in_the_legend_are_those_in_force() -> None:
    actions, _ = rebound({"done": ["f5"], "read_all": [], "merge_speakers": ["&"]})
    scopes: tuple[Scope, ...] = ("library", "speakers")
    said = {
        sign: says
        for scope in scopes
        for part in legend([scope], Keymap(actions)).values()
        for sign, says in part.items()
    }
    assert "f5 marked it done" in said[STATES["done"]]
    assert "no key reads all" in said["2 unread"]
    assert "merging, after &" in said["+"]


@pytest.mark.parametrize("scope", LEGENDS)
def test_a_line_of_the_legend_fits_beside_its_sign(scope: Scope) -> None:
    parts = legend([scope], Keymap()).values()
    lines = [line for part in parts for says in part.values() for line in says.split("\n")]
    assert max(map(cell_len, lines)) <= 50  # of the 68 in the help at 80 columns, 16 for keys and 2 between
