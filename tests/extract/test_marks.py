"""Quotation marks of every kind, and apostrophes, which are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.extract.marks import paired
from annotate.spans import Span

CASES = {
    "straight": ('He said "yes" and left.', ['"yes"']),
    "curly": ("“We are ready,” said Ada.", ["“We are ready,”"]),
    "single straight": ("'We are ready,' said Ada.", ["'We are ready,'"]),
    "single curly": ("‘We are ready,’ said Ada.", ["‘We are ready,’"]),
    "guillemets": ("«Oui», dit-elle.", ["«Oui»"]),
    "guillemets inwards": ("»Ja«, sagte sie.", ["»Ja«"]),
    "low-high": ("„Wir kommen“, sagte sie.", ["„Wir kommen“"]),
    "low-high curly": ("„Idziemy”, powiedziała.", ["„Idziemy”"]),
    "corner": ("「はい」と言った。", ["「はい」"]),
    "TeX": ("``We go,'' said Ada.", ["``We go,''"]),
    "two single marks": ("''We go,'' said Ada.", ["''We go,''"]),
    "nested": ("“He told me ‘run’ and ran,” she said.", ["“He told me ‘run’ and ran,”", "‘run’"]),
    "nested British": ("'He told me \"run\" and ran,' she said.", ["'He told me \"run\" and ran,'", '"run"']),
    "same kind inside": ("“A “B” c” d", ["“A “B” c”", "“B”"]),
    "three in a row": ('"A" "B" "C"', ['"A"', '"B"', '"C"']),
    "apostrophe in a word": ("It isn't Ada's or the O'Neills' house.", []),
    "apostrophe in a quote": ("‘It isn’t Ada’s,’ he said.", ["‘It isn’t Ada’s,’"]),
    "possessive before the end": ("'The workers' rights matter,' he said.", ["'The workers' rights matter,'"]),
    "years and elisions": ("The '90s were rock 'n' roll, 'twas said.", []),
    "inches": ('A 6\'2" man and a 12" pipe.', []),
    "unclosed": ("“Prices rose. They rise again.", ["“Prices rose. They rise again."]),
    "unclosed straight": ('He said: "Prices rose.', ['"Prices rose.']),
    "closing alone": ("Prices rose,” he said.", []),
    "empty": ("“” \"\" ''", []),
    "emoji and combining marks": ("“Cafe\u0301 😀,” she said.", ["“Cafe\u0301 😀,”"]),
    "bracketed": ("(“Never,” he wrote.)", ["“Never,”"]),
    "closed the wrong way": ("“We go,“ said Ada. “Now.”", ["“We go,“", "“Now.”"]),
    "opened the wrong way": ("“We go,“ said Ada. ”Now it rains,” said Bo.", ["“We go,“", "”Now it rains,”"]),
    "single, opened the wrong way": ("’We don’t go,’ said Ada.", ["’We don’t go,’"]),
    "backticks": ("`We don't go,' said Ada. ``No.''", ["`We don't go,'", "``No.''"]),
    "commas": (",,We go,'' said Ada, and, well,,left.", [",,We go,''"]),
    "spaced": ('" We go , " said Ada , " and sing . "', ['" We go , "', '" and sing . "']),
    "spaced singles": ("' We go , ' said Ada .", ["' We go , '"]),
    "one spaced mark": ('We go " said Ada .', []),
    "full width": ("＂We go,＂ said Ada.", ["＂We go,＂"]),
    "no space before": ('"We go,"she said."Go!"', ['"We go,"', '"Go!"']),
    "no space after": ("“We go,”said Ada.“Now.”", ["“We go,”", "“Now.”"]),
    "after a dash": ("Ada—“Never!”—left.", ["“Never!”"]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in paired(text, [Span(0, len(text))])] == expected


def test_quote_over_paragraphs_is_one_for_each_paragraph() -> None:
    first, second = "“Prices rose. ", "“They rise again,” she said."
    text = first + "\n\n" + second
    at = len(first) + 2
    spans = paired(text, [Span(0, len(first)), Span(at, len(text))])
    assert [text[start:end] for start, end in spans] == ["“Prices rose. ", "“They rise again,”"]


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="ab s.,'’‘\"“”„«»`＂\n😀\u0301", max_size=80))
def test_any_marks_give_quotes_inside_their_paragraph_that_nest_or_are_apart(text: str) -> None:
    middle = len(text) // 2
    paragraphs = [Span(0, middle), Span(middle, len(text))]
    spans = paired(text, paragraphs)
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))
    for span in spans:
        assert any(p.start <= span.start < span.end <= p.end for p in paragraphs)
    for one in spans:
        for other in spans:
            assert not one.start < other.start < one.end < other.end
