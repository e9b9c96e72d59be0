from __future__ import annotations

from dataclasses import replace

from annotate.model import Record
from tui.widgets.claim_rows import Row, unfolded
from tui.widgets.legend import LEGEND


def test_every_word_beside_a_claim_is_explained(record: Record) -> None:
    claim = replace(record.claims[0], addressee=record.claims[1].addressee, tags=("bridge",), negated=True, hedged=True)
    speaker, date = record.speakers[0], record.dates[0]
    head, *fields = unfolded(Row(1, claim, speaker, date, record.text, (date,)), 80, 1)
    kind, *facts, _status = head[-1].words.strip().split(" · ")
    labels = [line[0].words.strip() for line in fields if line[0].look == "label"]
    assert len(labels) == 9
    before = [word for word in fields[0][0].words.split() if word.endswith(":")]
    assert len(before) == 2
    explained = {word for words in LEGEND["Words in the claim list"] for word in words.split(", ")}
    assert {kind, *facts, *(word.rstrip(":") for word in before), *filter(None, labels)} <= explained
