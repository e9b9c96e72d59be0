"""The engine process as the app sees it: states, order, failure, retry. The process is a stand-in, but for one test."""

from __future__ import annotations

import queue
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

import pytest

from annotate import worker
from annotate.read import Article
from annotate.spans import Span
from annotate.uncertainty import uncertainty
from annotate.units import NO_UNITS
from tui.session import engine_process
from tui.session.engine_process import COMMAND, Answer, EngineProcess, Found, Part, Progress, UnitsFound

ECHO = """
import json, os, sys
def send(o): print(json.dumps(o), flush=True)
send({"state": "ready", "engine": "engine:test"})
for line in sys.stdin:
    article = json.loads(line)
    if "units" in article:
        if article["units"] == "die":
            sys.exit("the model is missing")
        if article["units"] == "bad":
            send({"id": article["id"], "error": "too odd", "hint": "mend it"})
            continue
        part = [article["start"], article["start"] + len(article["units"])]
        send({"id": article["id"], "units": {"part": part, "phrases": [part], "clauses": [], "readings": []}})
        continue
    if article["text"] == "die":
        sys.exit("the model is missing")
    if article["text"] == "bad":
        send({"id": article["id"], "error": "too odd", "hint": "mend it"})
    elif article["text"].startswith("killed in "):
        whole = json.dumps({"id": article["id"], "label": {"claims": 2}}) + "\\n"
        sys.stdout.write(whole + '{"schema": "onre' if article["text"].endswith("record") else whole[:9])
        sys.stdout.flush()
        os.kill(os.getpid(), 9)
    elif article["text"] == "hangs":
        import time; time.sleep(600)
    elif article["text"] == "babbles":
        print("no JSON", flush=True)
    elif article["text"] == "liar":
        send({"id": article["id"], "label": {}})
        send({"schema": "onrecord/1", "id": 7})
    else:
        send({"id": article["id"], "label": {"title": "A title", "claims": 2}})
        send({"schema": "onrecord/1", "id": article["id"], "text": article["text"]})
"""

News = Found
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
    assert label.doubt == pytest.approx(sum(map(uncertainty, claims)))
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


@pytest.mark.parametrize(("text", "words"), [("bad", "too odd: mend it"), ("liar", "expected a string")])
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
    assert wait_for(news, "failed").detail == "it was killed by signal 9, as happens when memory is short"
    engine.retry()
    assert wait_for(news, "reading").detail == "a", "the article it failed at is asked for once more"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hangs", "it did not answer for 0 seconds"),
        ("babbles", "its answer could not be read"),
        ("die", "the model is missing"),
        ("killed in record", "it was killed by signal 9"),
    ],
)
def test_an_article_it_fails_at_twice_is_given_up_and_the_next_is_read(
    start: Start, news: queue.Queue[News], monkeypatch: pytest.MonkeyPatch, text: str, why: str
) -> None:
    if text == "hangs":
        for limit in ("_READING", "_GRACE"):
            monkeypatch.setattr(engine_process, limit, 0.2)
    engine = start(ECHO)
    engine.ask(Article(text, "a"))
    engine.ask(Article("fine", "b"))
    assert why in wait_for(news, "failed").detail
    engine.retry()
    given_up = next_answer(news)
    assert (given_up.id, given_up.label) == ("a", None)
    assert "failed twice on this article" in given_up.error
    assert why in given_up.error
    wait_for(news, "failed")
    monkeypatch.undo()
    engine.retry()
    assert next_answer(news).id == "b"


def test_an_engine_that_does_not_come_up_is_a_failure(
    start: Start, news: queue.Queue[News], monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("_LOADING", "_GRACE"):
        monkeypatch.setattr(engine_process, limit, 0.1)
    engine = start("import time; time.sleep(600)")
    assert "did not answer" in wait_for(news, "failed").detail
    monkeypatch.undo()
    engine._command = (sys.executable, "-c", ECHO)
    engine.retry()
    wait_for(news, "ready")


def test_an_engine_that_answers_in_time_is_left_alone_afterwards(
    start: Start, news: queue.Queue[News], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = start(ECHO)
    wait_for(news, "ready")
    monkeypatch.setattr(engine_process, "_GRACE", 0.0)
    monkeypatch.setattr(engine_process, "_READING", 2.0)
    for name in "ab":
        engine.ask(Article("fine", name))
    assert [next_answer(news).id for _ in range(2)] == ["a", "b"]
    time.sleep(2.5)
    engine.ask(Article("fine", "c"))
    assert next_answer(news).id == "c"
    assert not any(isinstance(item, Progress) and item.state == "failed" for item in news.queue)


def test_a_listener_that_fails_is_a_failure_and_no_silence(news: queue.Queue[News]) -> None:
    def listen(item: News) -> None:
        if isinstance(item, Answer):
            raise MemoryError  # noqa: TRY004 # as when there is no room for the record
        news.put(item)

    engine = EngineProcess((sys.executable, "-c", ECHO))
    engine.start(listen)
    engine.ask(Article("fine", "a"))
    assert "MemoryError" in wait_for(news, "failed").detail
    engine.close()


def test_without_room_for_what_it_says_it_is_a_failure(
    news: queue.Queue[News], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    engine = EngineProcess((sys.executable, "-c", ECHO))
    engine.start(news.put)
    assert "No such file" in wait_for(news, "failed").detail
    engine.close()


def test_an_article_there_is_no_memory_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def analyse(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("annotate.engine.analyse", analyse)
    [told] = worker._answers({"id": "a", "text": "long"}, "rules")
    assert told["id"] == "a"
    assert "not enough memory" in told["error"]


def test_a_program_that_cannot_be_started_is_a_failure_with_its_reason(news: queue.Queue[News]) -> None:
    engine = EngineProcess(("/nowhere/at/all",))
    engine.start(news.put)
    assert "No such file" in wait_for(news, "failed").detail
    engine.close()


def test_units_come_before_waiting_articles_and_the_last_part_asked_for_wins(
    start: Start, news: queue.Queue[News]
) -> None:
    engine = start(ECHO)
    engine.ask(Article("one", "1"))
    engine.ask(Article("two", "2"))
    engine.ask_units(Part("1", "gone", 0))
    engine.ask_units(Part("1", "words", 7))
    found = [item for item in until_ready(news, answers=3) if isinstance(item, Answer | UnitsFound)]
    assert [item.units.part for item in found if isinstance(item, UnitsFound)] == [Span(7, 12)]
    assert isinstance(found[-1], Answer)
    assert found[-1].id == "2"


def test_a_failure_to_find_units_is_no_failure_of_the_engine(start: Start, news: queue.Queue[News]) -> None:
    engine = start(ECHO)
    engine.ask_units(Part("1", "bad", 0))
    found = [item for item in until_ready(news, answers=1) if isinstance(item, UnitsFound)]
    assert [item.units for item in found] == [NO_UNITS]


def test_units_that_end_the_engine_are_not_asked_for_again(start: Start, news: queue.Queue[News]) -> None:
    engine = start(ECHO)
    engine.ask_units(Part("1", "die", 0))
    while not (isinstance(item := news.get(timeout=20), Progress) and item.state == "failed"):
        pass
    engine.retry()
    engine.ask(Article("one", "1"))
    assert next_answer(news).id == "1"


def until_ready(news: queue.Queue[News], answers: int) -> list[News]:
    """Return the news up to some answers."""
    found: list[News] = []
    while sum(isinstance(item, Answer | UnitsFound) for item in found) < answers:
        found.append(news.get(timeout=20))
    return found
