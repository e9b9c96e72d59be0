"""The engine process as the app sees it: states, order, failure, retry. The process is a stand-in, but for one test."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Iterator

import pytest

from annotate.doubt import doubt
from annotate.read import Article
from tui.service import COMMAND, Answer, EngineProcess, Progress

ECHO = """
import json, os, sys
def send(o): print(json.dumps(o), flush=True)
send({"state": "ready", "engine": "engine:test"})
for line in sys.stdin:
    article = json.loads(line)
    if article["text"] == "die":
        sys.exit("the model is missing")
    if article["text"] == "bad":
        send({"id": article["id"], "error": "too odd", "hint": "mend it"})
    elif article["text"].startswith("killed in "):
        whole = json.dumps({"id": article["id"], "label": {"claims": 2}}) + "\\n"
        sys.stdout.write(whole + '{"schema": "onre' if article["text"].endswith("record") else whole[:9])
        sys.stdout.flush()
        os.kill(os.getpid(), 9)
    elif article["text"] == "liar":
        send({"id": article["id"], "label": {}})
        send({"schema": "onrecord/1", "id": 7})
    else:
        send({"id": article["id"], "label": {"title": "A title", "claims": 2}})
        send({"schema": "onrecord/1", "id": article["id"], "text": article["text"]})
"""

News = Progress | Answer
Start = Callable[[str], EngineProcess]


@pytest.fixture
def news() -> queue.Queue[News]:
    return queue.Queue()


@pytest.fixture
def start(news: queue.Queue[News]) -> Iterator[Start]:
    started: list[EngineProcess] = []

    def start(program: str) -> EngineProcess:
        engine = EngineProcess((sys.executable, "-c", program))
        started.append(engine)
        engine.start(news.put)
        return engine

    yield start
    for engine in started:
        engine.close()


def next_answer(news: queue.Queue[News]) -> Answer:
    while True:
        item = news.get(timeout=20)
        if isinstance(item, Answer):
            return item


def wait_for(news: queue.Queue[News], state: str) -> Progress:
    while True:
        item = news.get(timeout=20)
        if isinstance(item, Progress) and item.state == state:
            return item


def test_articles_asked_for_before_it_is_ready_are_answered(start: Start, news: queue.Queue[News]) -> None:
    start(ECHO).ask(Article("“Yes,” she said.", "a"))
    assert news.get(timeout=20) == Progress("starting")
    assert wait_for(news, "reading").detail == "a"
    label = next_answer(news).label
    assert label is not None
    assert (label.title, label.claims, label.record.text) == ("A title", 2, "“Yes,” she said.")
    wait_for(news, "ready")


def test_the_engine_itself_says_how_much_it_found_and_how_unsure_it_is_of_that(news: queue.Queue[News]) -> None:
    engine = EngineProcess((*COMMAND, "rules"))
    engine.start(news.put)
    engine.ask(Article("Ana Li met Eva Berg. She said that it rained.", "a"))
    label = next_answer(news).label
    engine.close()
    assert label is not None
    claims = label.record.claims
    assert label.claims == len(claims) > 0
    assert label.doubt == pytest.approx(sum(map(doubt, claims)))
    assert label.doubt > 0


def test_the_open_article_goes_first(start: Start, news: queue.Queue[News]) -> None:
    engine = start("import time; time.sleep(0.5)\n" + ECHO)
    for name in "abc":
        engine.ask(Article("text", name))
    engine.ask(Article("text", "c"), first=True)
    assert [next_answer(news).id for _ in range(3)] == ["c", "a", "b"]


def test_an_article_longer_than_a_pipe_holds_gets_through(start: Start, news: queue.Queue[News]) -> None:
    start(ECHO).ask(Article("word " * 200_000, "long"))
    answer = next_answer(news)
    assert answer.label is not None
    assert len(answer.label.record.text) == 1_000_000


@pytest.mark.parametrize(("text", "words"), [("bad", "too odd: mend it"), ("liar", "a string is wanted")])
def test_a_failure_on_one_article_is_told_and_the_next_is_read(
    start: Start, news: queue.Queue[News], text: str, words: str
) -> None:
    engine = start(ECHO)
    engine.ask(Article(text, "a"))
    engine.ask(Article("fine", "b"))
    failed, fine = next_answer(news).decoded(), next_answer(news).decoded()
    assert failed.label is None
    assert words in failed.error
    assert fine.label is not None


def test_a_process_that_dies_says_why_and_can_be_started_again(start: Start, news: queue.Queue[News]) -> None:
    engine = start(ECHO)
    engine.ask(Article("die", "a"))
    assert wait_for(news, "failed").detail == "the model is missing"
    engine.retry()
    wait_for(news, "starting")
    assert wait_for(news, "reading").detail == "a", "the article it failed at is asked for once more"


@pytest.mark.parametrize("where", ["label", "record"])
def test_a_process_killed_in_the_middle_of_an_answer_is_a_failure(
    start: Start, news: queue.Queue[News], where: str
) -> None:
    engine = start(ECHO)
    engine.ask(Article(f"killed in {where}", "a"))
    assert wait_for(news, "failed").detail == "it was killed by signal 9"
    engine.retry()
    assert wait_for(news, "reading").detail == "a", "the article it failed at is asked for once more"


def test_a_program_that_cannot_be_started_is_a_failure_with_its_reason(news: queue.Queue[News]) -> None:
    engine = EngineProcess(("/nowhere/at/all",))
    engine.start(news.put)
    assert "No such file" in wait_for(news, "failed").detail
    engine.close()
