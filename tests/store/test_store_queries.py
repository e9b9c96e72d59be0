from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.model import Record
from annotate.store import Store
from annotate.store.memory.article import StoredArticle
from annotate.store.memory.queries import search


def test_claims_are_found_by_status_and_speaker_as_they_change(store: Store, article: Record) -> None:
    store.put(replace(article, id="snow", path="snow.txt"))
    assert store.claims(speaker="bo ra") == [("rain", "c1"), ("snow", "c1")]
    assert store.claims(status="accepted") == []
    store.update_claim("snow", "c1", status="accepted")
    store.update_claim("rain", "c2", status="accepted", speaker="s1")
    assert store.claims(status="accepted") == [("rain", "c2"), ("snow", "c1")]
    assert store.claims(status="accepted", speaker="Bo Ra") == [("rain", "c2"), ("snow", "c1")]
    assert store.claims(status="suggested", speaker="Bo Ra") == [("rain", "c1")]
    store.update_claim("rain", "c2", deleted=True)
    store.undo("human:Ada")
    store.undo("human:Ada")
    assert store.claims(status="accepted") == [("snow", "c1")]
    assert store.claims(speaker="nobody") == []
    with pytest.raises(ValueError, match="status"):
        store.claims()


def test_a_reader_that_follows_finds_what_the_writer_changed(store: Store, path: Path) -> None:
    with Store.open(path, read_only=True) as reader:
        assert reader.claims(status="accepted") == []
        store.update_claim("rain", "c1", status="accepted")
        reader.refresh()
        assert reader.claims(status="accepted") == [("rain", "c1")]


def test_articles_are_found_by_words_of_their_text(store: Store, article: Record) -> None:
    store.put(Record("slash", 'A path: C:\\new\nand "Bo Ra"'))
    assert store.search("Bo Ra") == ["rain", "slash"]
    assert store.search("\\new\nand") == ["slash"]
    assert store.search("nand") == []
    assert store.search("bo ra") == []
    assert store.search("bo ra", ignore_case=True) == ["rain", "slash"]


TEXT = st.text(st.sampled_from('\\n"\n\tabu0é“\x01/'), max_size=12)


@given(text=TEXT, words=TEXT.filter(bool))
def test_words_are_found_where_python_finds_them(text: str, words: str) -> None:
    articles = {"a": StoredArticle.of("1", {"id": "a", "text": text})}
    assert bool(search(words, articles, ignore_case=False)) == (words in text)
    assert bool(search(words, articles, ignore_case=True)) == (words.casefold() in text.casefold())
