from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.cli import engine, main
from annotate.model import Claim, DateMention, Record, Speaker
from annotate.read import Article
from annotate.spans import Span

ENGINE = "engine:fake-1"


def analysed(article: Article) -> Record:
    """A claim of every line: its first word says the rest."""
    claims: list[Claim] = []
    start = 0
    for number, line in enumerate(article.text.split("\n"), 1):
        if "bomb" in line:
            raise ValueError("E999")
        if " " in line.strip():
            word = line.index(" ")
            content = Span(start + word + 1, start + len(line))
            source = (Span(start, start + word),)
            claims.append(
                Claim(f"c{number}", "indirect", (content,), source=source, speaker="s1", confidence=0.9, origin=ENGINE)
            )
        start += len(line) + 1
    return Record(
        id=article.id, text=article.text, path=article.path, title=article.title, url=article.url,
        date=article.date, claims=tuple(claims), speakers=(Speaker("s1", "Ana Li"),),
        dates=(DateMention("d1", None, None, "DATE", article.date, origin=ENGINE),),
    )  # fmt: skip


@pytest.fixture
def fake_engine(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An engine without spaCy; the list gets the id of every article it reads."""
    read: list[str] = []

    def analyse(date: str | None, _name: str, least: float = 0) -> Callable[[Iterable[Article]], Iterator[Record]]:
        def run(articles: Iterable[Article]) -> Iterator[Record]:
            for article in articles:
                read.append(article.id)
                record = analysed(article if article.date else Article(**{**vars(article), "date": date}))
                yield replace(record, claims=tuple(c for c in record.claims if (c.confidence or 0) >= least))

        return run

    monkeypatch.setattr(engine, "analyse", analyse)
    monkeypatch.setattr(engine, "version", lambda _: ENGINE)
    return read


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder with two articles, and no settings of the developer's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_DB", raising=False)
    monkeypatch.setenv("ONRECORD_USER", "Tess")
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "harbour.txt").write_text("Zoë says fees rose\nBo denies it\n", encoding="utf-8")
    (folder / "bridge.txt").write_text("Cy fears 😀 delays\n", encoding="utf-8")
    return tmp_path


class Ran:
    """A command's output and exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Ran]


@pytest.fixture
def run(here: Path, fake_engine: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in the working folder with the fake engine."""

    def call(*words: object) -> Ran:
        capsysbinary.readouterr()
        code = main([str(word) for word in words])
        out, err = capsysbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return call


@pytest.fixture
def labelled(run: Run, fake_engine: list[str]) -> Run:
    """The commands, after both articles have been labelled."""
    assert run("label", "news").code == 0
    fake_engine.clear()
    return run
