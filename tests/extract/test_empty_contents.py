"""Contents without a letter or digit: no suggestions."""

from __future__ import annotations

import pytest

from annotate.engine import analyse


def contents(text: str, engine: str) -> list[str]:
    record = analyse(text, engine=engine, min_confidence=0)
    return [record.words(claim.content) for claim in record.claims]


@pytest.mark.parametrize("engine", ["rules", "learned"])
@pytest.mark.parametrize(
    "text",
    [
        '"?!" said the boy.',
        "“…” said the mayor.",
        "«…», said the miller.",
        'The boy said: "…"',
        "Ms Li replied: “ — ”.",
        "“???!” “!!! ... !!!” The mayor said so.",
    ],
)
def test_marks_alone_are_no_suggestion(text: str, engine: str) -> None:
    assert contents(text, engine) == []


@pytest.mark.parametrize("engine", ["rules", "learned"])
def test_a_silent_line_of_a_transcript_is_no_suggestion(engine: str) -> None:
    text = "THE MAYOR: —\n\nMS. LI: Yes.\n\nTHE MAYOR: …\n\nMS. LI: No, we do not."
    assert contents(text, engine) == ["Yes.", "No, we do not."]


@pytest.mark.parametrize("engine", ["rules", "learned"])
@pytest.mark.parametrize("content", ['"42,"', '"Да,"', '"是,"', '"½,"'])
def test_one_letter_or_digit_of_any_script_is_enough(content: str, engine: str) -> None:
    assert contents(f"{content} said the boy.", engine) == [content]
