"""Ends of contents: whole clauses, and no word whose other half was cut off."""

from __future__ import annotations

import pytest

from annotate.engine import load_parser, parsed
from annotate.extract.blocks import blocks_of
from annotate.extract.draft import Draft, ParsedArticle
from annotate.extract.ends import completed
from annotate.extract.quotes import quotes_of
from annotate.extract.tree import Tree
from annotate.spans import Span


def ended(*marked: str) -> list[str]:
    """Return the contents of drafts, completed; each text is the same but for the brackets around a draft's parts.

    `[content]`, `<cue>`, `{source}`.
    """
    text = marked[0].translate(dict.fromkeys(map(ord, "[]<>{}")))
    (doc,) = parsed(load_parser(), [text])
    article = ParsedArticle(Tree(doc), blocks_of(doc), quotes_of(doc))
    drafts = [_draft(article, one) for one in marked]
    return [" … ".join(text[start:end] for start, end in draft.content) for draft in completed(article, drafts)]


def _draft(article: ParsedArticle, marked: str) -> Draft:
    parts: dict[str, list[Span]] = {"[": [], "<": [], "{": []}
    opened, begun, offset = "", 0, 0
    for char in marked:
        if char in parts:
            opened, begun = char, offset
        elif char in "]>}":
            parts[opened].append(Span(begun, offset))
        else:
            offset += 1
    content, cue, source = (tuple(parts[mark]) for mark in "[<{")
    return Draft(content, cue, source, at=article.tree.at(cue[0].start))


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("{The port} <says> [the crane, which was built in 1950 and lifts a truck], is sound.",
         "the crane, which was built in 1950 and lifts a truck, is sound"),
        ("{Nurses} <feared> [the powder], which stops the pain but can harm the liver, had killed him.",
         "the powder, which stops the pain but can harm the liver, had killed him"),
        ("{Vega} <said> [the mill will stay open through the spring, which] is expected to be wet.",
         "the mill will stay open through the spring, which is expected to be wet"),
        ("{Vega} <said> [that nobody knew of the] old contract.", "that nobody knew of the old contract"),
        ("{Vega} <said> [the boats were stolen from] the old harbour.", "the boats were stolen from the old harbour"),
        ("{Vega} <said> [the boats were lost because] the storm came early.",
         "the boats were lost because the storm came early"),
        ("{Vega} <said> [the boats were old and], in one case, rotten.", "the boats were old"),
        ("{Vega} <said> [that the owner has] never paid a fine.", "that the owner has never paid a fine"),
        ("{Vega} <said> [the firm paid 10 per cent of] its rent.", "the firm paid 10 per cent of its rent"),
    ],
)  # fmt: skip
def test_a_content_goes_to_the_end_of_the_phrase_that_it_opens(marked: str, content: str) -> None:
    assert ended(marked) == [content]


@pytest.mark.parametrize(
    "marked",
    [
        "{Vega} <said> [that was the best boat he knew of].",
        "{Vega} <said> [the boats came from the U.S.] and from Norway.",
        "{Vega} <said> [rents rose by 10.4%] in May.",
        "{Vega} <said> [the plan was “a sketch”] and left.",
        "{Vega} <asked> [who would pay].",
    ],
)
def test_a_whole_content_stays_as_it_is(marked: str) -> None:
    assert ended(marked) == [marked[marked.index("[") + 1 : marked.index("]")]]


def test_a_relative_pronoun_goes_with_the_words_of_its_own_speaker() -> None:
    text = "Orlo Bank announced a deal with the software house Norda, which they say will cut costs."
    outer = text.replace("a deal", "[a deal").replace("which", "which]").replace("announced", "<announced>")
    inner = text.replace("say", "<say>").replace("they", "{they}").replace("will cut costs", "[will cut costs]")
    assert ended(outer, inner) == ["a deal with the software house Norda", "which … will cut costs"]


def test_words_quoted_in_a_relative_clause_stay_in_the_content_around_them() -> None:
    text = "Ada said the play, which critics called “a mess,” cost nine million."
    outer = text.replace("the play, which", "[the play, which]").replace("said", "<said>").replace("Ada", "{Ada}")
    inner = text.replace("“a mess,”", "[“a mess,”]").replace("called", "<called>").replace("critics", "{critics}")
    assert ended(outer, inner) == ["the play, which critics called “a mess,” cost nine million"]
