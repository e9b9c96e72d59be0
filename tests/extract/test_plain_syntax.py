"""Claims with a plain syntax: orders to a person, attributions after the content, rulings, *according to*."""

from __future__ import annotations

import pytest

from annotate.engine import analyse


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("The nurse told Ada Reiss, who had a cold, to stay in bed.",
         "Ada Reiss, who had a cold, to stay in bed", "told", "The nurse"),
        ("She told the drivers to wait.", "the drivers to wait", "told", "She"),
        ("The judge ordered Karl Oster, who is 34, to pay the fine.",
         "Karl Oster, who is 34, to pay the fine", "ordered", "The judge"),
        ("The shop will close its bakery, Moser and Lang tell the weekly.",
         "The shop will close its bakery", "tell", "Moser and Lang"),
        ("The roof was never checked, the two of them tell the paper.",
         "The roof was never checked", "tell", "the two of them"),
        ("The ministry hid the results for a year say two former aides.",
         "The ministry hid the results for a year", "say", "two former aides"),
        ("The road was shut for a week say residents.", "The road was shut for a week", "say", "residents"),
        ("The museum says the statue, which was stolen in 1990 and found in a barn, is genuine.",
         "the statue, which was stolen in 1990 and found in a barn, is genuine", "says", "The museum"),
        ("The pump failed twice says the owner.", "The pump failed twice", "says", "the owner"),
        ("The ministry declared the lake safe in 2004.", "the lake safe", "declared", "The ministry"),
        ("The town declared the beach closed.", "the beach closed", "declared", "The town"),
        ("She insists in most years, the stream never reaches the mill.",
         "in most years, the stream never reaches the mill", "insists", "She"),
        ("She said on Monday, the stream would rise.", "the stream would rise", "said", "She"),
        ("She said in remarks, the stream would rise.", "the stream would rise", "said", "She"),
    ],
)  # fmt: skip
def test_plain_syntax_gives_content_cue_and_source(text: str, content: str, cue: str, source: str) -> None:
    record = analyse(text)
    (claim,) = record.claims
    found = (record.words(claim.content), record.words(claim.cue), record.words(claim.source))
    assert found == (content, cue, source)


@pytest.mark.parametrize(
    "text",
    [
        "People who say yes win.",
        "He had much to say about trains.",
        "They laughed and say nothing.",
        "I have no say here.",
    ],
)
def test_to_say_is_not_always_to_attribute(text: str) -> None:
    record = analyse(text)
    assert all(claim.source for claim in record.claims if record.words(claim.cue) == "say")
