"""The order of the choices of a question."""

from __future__ import annotations

import pytest

from tui.screens.questions import Choice, matching

CHOICES = (
    Choice("the mill's director", "the mill's director", "no name given", is_name=False),
    Choice("Ada Mill", "Ada Mill", "a person"),
    Choice("Bo Renn", "Bo Renn", "director of Gorse Mill"),
    Choice("Gorse Mill", "Gorse Mill", "an organisation"),
    Choice("mill", "Mill", "a place"),
    Choice("Cy Olt", "Cy Olt", "baker"),
)


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("mill", ["Mill", "Ada Mill", "Gorse Mill", "Bo Renn", "the mill's director"]),
        ("gorse", ["Gorse Mill", "Bo Renn"]),
        ("director", ["Bo Renn", "the mill's director"]),
        ("THE MILL'S DIRECTOR", ["the mill's director"]),
        ("zoe", []),
    ],
)
def test_the_very_name_comes_first_then_names_then_descriptions(typed: str, labels: list[str]) -> None:
    assert [choice.label for choice in matching(CHOICES, typed)] == labels
