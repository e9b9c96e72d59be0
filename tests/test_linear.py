"""Every step takes time in proportion to its text, whatever that is made of."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator

import pytest
from spacy.tokens import Doc

from annotate.dates import find_dates
from annotate.engine import _tokens, analyse, load_parser
from annotate.extract.quotes import find_quotes
from annotate.extract.tree import Tree
from annotate.language import language_of
from annotate.model import Block
from annotate.read import Article, markup
from annotate.read.article import clean
from annotate.read.decode import decode
from annotate.segment import segment
from annotate.speakers.cast import Cast
from annotate.speakers.names import Name

pytestmark = pytest.mark.slow

Step = Callable[[str], object]

BOUND = 12
"""Times the CPU time of a text that a text of ten times its length may take."""
BEST_OF, ROUNDS, PAUSE = 5, 10, 0.5
SHORT = 0.0005
"""Seconds that the short text takes at least, and counts as taking where it is as long as it may be."""
LONGEST = 2_000
"""Code points of a short text that is not made longer, however quick it is."""

CHARACTERS = (
    "aA.019,;:!?\"'`’‘“”„‟«»‹›‚「」()[]{}<>-–—―"
    "…/\\&%$£@+*_#|=~^©§¿·\t\n\r \xa0\x85\u2003\u2028\u200b\u200d\u202e\ufe0f\u0301漢אß"
)
MARKS = (
    "``", "''", "()", "[(", "”)", "...", "--", "//", "e\u0301", "👍🏽", "🇺🇸", "\x1b[31m", " \n", "\n ", "\n\n", "- ",
    "# ", "> ", "* ", "**", "---\n", "...\n", "&amp;", "<!---->", "<!--", "-->", "<p>", "</p>", "<a b=c>", "<a ",
    "<html", "<?xml", "![", "[a](b)", "http://", "www.", "a@b.c ", "https://a.b/", "title: ", "\ntitle:", "a:",
    "a.b.", "a, ", "x" * 40 + " ",
)  # fmt: skip
WORDS = (
    "he said ", "He said: ", "said ", "Mr. ", "John Smith ", "the ", "according to ", "that ", "of ", "and ", "who ",
    "U.S. ", "UN ", "‘a ", "‘a’ ", "“a,” he said. ", "“a\n\n", "s’ ", "s' a", "'s ", "(a) ", "Q: ", "JOHN: ",
    "By Ana Li ", "Ana de ", "CITY (AP) ", "LUND, ", "Share ", "Tags: ", "Photo: ", "Updated ", "a\n", "A b\n",
    "a.m. ", "p.m.", "May ", "Monday ", "March 19, ", "2025-03-19 ", "2025-03-19T14:02Z ", "19 ", "the last ", "two ",
    "twenty-", "between ", "from ", "to ", "since ", "years ago ", "every ", "half ", "early ", "summer ",
    "Christmas ", "FY25 ", "1990s ", "Q1 ", "12:30", "1,000", "3/4/", "1.5.", "1st ", "and a half ", "10:", "2025-03-",
    "1/", "1 March ", "(“", "\n\nPhoto: x ", "\n\n[A", "A B, ", "Ana, ",
)  # fmt: skip
SINGLE = (*CHARACTERS, *MARKS, *WORDS)
PAIRS = 15


def atoms(step: str) -> Iterator[str]:
    """Yield the pieces to repeat into texts: every single atom, and some pairs, others for each step."""
    yield from SINGLE
    chance = random.Random(step)
    for _ in range(PAIRS):
        yield "".join(chance.sample(SINGLE, 2))


def in_front_matter(text: str) -> object:
    """Read a text as front matter, as the value of a key, and as front matter that nothing closes."""
    whole = (f"---\n{text}\n---\n", f"---\ntitle: a{text}b\ndate:{text}\n---\n", f"---\ntitle: {text}")
    return [markup.from_markdown(Article(part, "a")) for part in whole]


def as_body(find: Callable[[str, tuple[Block, ...]], object]) -> Step:
    """Return a step over a text that is one paragraph."""
    return lambda text: find(text, (Block(0, len(text), "body"),))


STEPS: dict[str, Step] = {
    "bytes": lambda text: clean(decode(text.encode() + b"\x93", "a text", declares=True)),
    "page or not": markup.is_page,
    "tags of a page": lambda text: (
        markup._refuse_crowded(f"<html>{text}", "a page") if text.count("<") < 9_999 else None
    ),
    "front matter": in_front_matter,
    "segment": segment,
    "quotes": as_body(find_quotes),
    "dates": as_body(lambda text, blocks: find_dates(text, blocks, "2025-03-19")),
    "language": language_of,
    "tokens": lambda text: _tokens(load_parser(), text),
}
LEAST = {"tokens": 500}
"""Code points of the short text, where a step is linear in longer ones only; else 50."""
END_TO_END = (
    "he said ", "“a,” he said. ", "‘a ", "JOHN: a. ", "(a) ", "John Smith ", "who ", "Monday ", "- ", "A b\n", "a, ",
    "s’ ", "“ ", "\n# ",
)  # fmt: skip


def seconds(step: Step, text: str, best_of: int = 1) -> float:
    """Return the CPU time of a step over a text, the shortest of several.

    Without the garbage collector: it looks through all that other tests have left, and not once in each short text.
    """
    times = []
    gc.disable()
    for _ in range(best_of):
        started = time.process_time()
        step(text)
        times.append(time.process_time() - started)
    gc.enable()
    return min(times)


def growth(step: Step, atom: str, least: int = 50) -> float:
    """Return how many times the CPU time of a text a text takes that is ten times as long.

    Measured once, and only where that is over the bound as often as it takes to be sure: what shares the processor's
    caches may slow down one length more than the other.
    """
    count = -(-least // len(atom))
    while (short := seconds(step, atom * count)) < SHORT and count * len(atom) < LONGEST:
        count *= 2
    times = seconds(step, atom * 10 * count) / max(short, SHORT)
    for _ in range(ROUNDS):
        if times <= BOUND:
            break
        time.sleep(PAUSE)  # what else runs goes on to something else
        times = seconds(step, atom * 10 * count, BEST_OF) / max(seconds(step, atom * count, BEST_OF), SHORT)
    return times


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_linear_in_a_text_of_whatever_it_is_made(name: str) -> None:
    step = STEPS[name]
    step("Hello.")  # loads what it needs
    grown = {atom: growth(step, atom, LEAST.get(name, 50)) for atom in atoms(name)}
    assert {atom: times for atom, times in grown.items() if times > BOUND} == {}


@pytest.mark.parametrize(
    ("engine", "atom"), [*(("rules", atom) for atom in END_TO_END), *(("learned", atom) for atom in END_TO_END[:4])]
)
def test_extraction_is_linear_in_a_text_of_whatever_it_is_made(engine: str, atom: str) -> None:
    assert growth(lambda text: analyse(text, engine=engine), atom, 400) <= BOUND


def test_brackets_that_nothing_closes_are_looked_through_once() -> None:
    vocab = load_parser().vocab
    assert growth(lambda text: Tree(Doc(vocab, words=["("] * len(text) + ["]"] * len(text))), "a", 400) <= BOUND


@pytest.mark.parametrize(
    "words", [("Moreno",), ("A{}", "Moreno"), ("Ana", "Moreno{}"), ("A{}", "Bank"), ("A{}", "of", "B{}")]
)
def test_a_name_is_told_from_others_without_looking_at_all_of_them(words: tuple[str, ...]) -> None:
    def named(text: str) -> object:
        of = (tuple(word.format("".join(chr(97 + int(d)) for d in str(i))) for word in words) for i in range(len(text)))
        return Cast([Name(100 * i, 100 * i, 100 * i + len(name), name) for i, name in enumerate(of)], ())

    assert growth(named, "a", 400) <= BOUND
