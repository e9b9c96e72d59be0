"""Every rule matches its example, and every class of words is used."""

from __future__ import annotations

import pytest

from annotate.dates import find_dates, resolve
from annotate.dates.grammar import Rule, rules
from annotate.dates.meanings import MEANINGS
from annotate.model import Block

WEDNESDAY = "2025-03-19"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.meaning}: {rule.example}")
def test_rule_finds_its_example(rule: Rule) -> None:
    start, end = rule.example.index("["), rule.example.index("]") - 1
    text = rule.example.replace("[", "").replace("]", "")
    found = find_dates(text, (Block(0, len(text), "body"),), WEDNESDAY)
    meant = [(d.start, d.end, " ".join(filter(None, (d.type, d.value, d.mod)))) for d in found]
    assert (start, end, rule.result) in meant


@pytest.mark.parametrize("value", sorted({rule.result.split()[1] for rule in rules() if "SET" not in rule.result}))
def test_what_a_rule_writes_can_be_typed(value: str) -> None:
    mention = resolve(value, WEDNESDAY)
    assert mention is not None
    assert mention.value == value


def test_every_rule_has_a_meaning_and_every_meaning_a_rule() -> None:
    assert {rule.meaning for rule in rules()} == set(MEANINGS)
