from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotate.cli.engine import date_in_doubt
from annotate.model import Record


def records(text: str) -> list[Record]:
    return [Record.from_json(line) for line in text.splitlines()]


def test_each_article_is_a_line(run: Callable[..., Any]) -> None:
    ran = run("extract", "news")
    assert ran.code == 0
    assert [record.id for record in records(ran.out)] == ["bridge", "harbour"]
    assert "2 articles, 3 claims" in ran.err


def test_data_and_talk_are_kept_apart(run: Callable[..., Any]) -> None:
    ran = run("extract", "news", "--quiet")
    assert ran.err == ""
    assert len(records(ran.out)) == 2


def test_a_date_is_for_texts_that_carry_none(run: Callable[..., Any], here: Path) -> None:
    rows = [{"id": "dated", "text": "Bo says no", "date": "2025-01-02"}, {"id": "bare", "text": "Bo says yes"}]
    (here / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = run("extract", "rows.jsonl", "--date", "2026-02-03")
    assert [(r.id, r.date) for r in records(ran.out)] == [("dated", "2025-01-02"), ("bare", "2026-02-03")]


def test_a_date_may_leave_noughts_out(run: Callable[..., Any], here: Path) -> None:
    (here / "rows.jsonl").write_text(json.dumps({"id": "bare", "text": "Bo says yes"}), encoding="utf-8")
    assert records(run("extract", "rows.jsonl", "--date", "2026-2-3").out)[0].date == "2026-02-03"


@pytest.mark.parametrize("day", ["yesterday", "2025-13-01", "20250102", "2025-W01-1", "2025-02-30", "\x1b[31m"])
def test_what_is_no_date_is_refused(run: Callable[..., Any], day: str) -> None:
    ran = run("extract", "news", "--date", day)
    assert ran.code == 2
    assert "2026-01-31" in ran.err
    assert "\x1b" not in ran.err
    assert ran.out == ""


def test_rows_of_a_gzipped_file_are_articles(run: Callable[..., Any], here: Path) -> None:
    rows = (
        b'{"id": "one", "text": "Bo says no", "title": "No", "url": "https://x.example"}\nrubbish\n{"text": "Cy nods"}'
    )
    (here / "rows.jsonl.gz").write_bytes(gzip.compress(rows))
    ran = run("extract", "rows.jsonl.gz", "-o", "out.jsonl.gz")
    assert ran.code == 1
    assert "rows.jsonl.gz, line 2" in ran.err
    assert ran.out == ""
    one, other = records(gzip.decompress((here / "out.jsonl.gz").read_bytes()).decode())
    assert (one.id, one.title, one.url) == ("one", "No", "https://x.example")
    assert other.text == "Cy nods"


def test_bad_files_are_named_and_the_others_done(run: Callable[..., Any], here: Path) -> None:
    (here / "news" / "empty.txt").touch()
    (here / "news" / "bad.txt").write_text("a bomb here", encoding="utf-8")
    ran = run("extract", "news", "nowhere.txt")
    assert ran.code == 1
    assert len(records(ran.out)) == 2
    for name in ("empty.txt", "bad.txt", "nowhere.txt"):
        assert len([line for line in ran.err.splitlines() if name in line]) == 1
    assert "2 articles, 3 claims; 3 failed" in ran.err
    assert "Traceback" not in ran.err


def test_standard_input_is_an_article(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Bo says no")))
    (record,) = records(run("extract", "-").out)
    assert record.id.startswith("stdin-")


def test_a_summary_for_programs(run: Callable[..., Any]) -> None:
    beside_data = run("extract", "news", "--json")
    assert json.loads(beside_data.err) == {"articles": 2, "claims": 3, "failed": 0}
    alone = run("extract", "news", "--json", "-o", "out.jsonl")
    assert json.loads(alone.out) == {"articles": 2, "claims": 3, "failed": 0}


def test_a_file_that_cannot_be_written_is_named(run: Callable[..., Any]) -> None:
    ran = run("extract", "news", "-o", "missing/out.jsonl")
    assert ran.code == 1
    assert "missing/out.jsonl cannot be written" in ran.err
    assert "Traceback" not in ran.err


def test_many_failures_are_counted_and_not_all_told(run: Callable[..., Any], here: Path) -> None:
    (here / "rows.jsonl").write_text("rubbish\n" * 50, encoding="utf-8")
    ran = run("extract", "rows.jsonl")
    assert ran.code == 1
    assert "and 30 more failures" in ran.err
    assert len(ran.err.splitlines()) == 22


def test_dates_that_mean_no_day_are_counted_in_one_line(run: Callable[..., Any], here: Path) -> None:
    days = ("02/03/2024", "soon", "19 Feb 2024", None)
    rows = [{"id": f"a{number}", "text": "Bo says no", "date": day} for number, day in enumerate(days)]
    (here / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for command in ("extract", "label"):
        ran = run(command, "rows.jsonl")
        lines = [line for line in ran.err.splitlines() if "could not be understood" in line]
        assert lines == ["2 dates could not be understood, such as “02/03/2024” of a0: write the day as 2026-01-31"]
        assert ran.code == 0


def test_garbled_texts_are_reported_in_one_line(run: Callable[..., Any], here: Path) -> None:
    (here / "news" / "odd.txt").write_text("Bo saysâ€¦ no", encoding="utf-8")
    assert "1 article with garbled characters, such as “â€¦” in odd: check the encoding" in run("extract", "news").err


@pytest.mark.parametrize(
    ("extra", "note"),
    [
        ({"date_or": "2024-03-02"}, "bridge was read as published on 2024-02-03; its date can also mean 2024-03-02"),
        ({"date_guess": True}, "bridge was read as published on 2024-02-03; the year is a guess from the weekday"),
        ({}, None),
    ],
)
def test_note_on_a_date_in_doubt(extra: dict[str, object], note: str | None) -> None:
    assert date_in_doubt(Record("bridge", "It rained.", date="2024-02-03", extra=extra)) == note


def test_a_least_confidence_reaches_the_engine(run: Callable[..., Any]) -> None:
    every, none = (records(run("extract", "news", "--min-confidence", least).out) for least in ("0", "1"))
    assert sum(len(record.claims) for record in every) == 3
    assert [record.claims for record in none] == [(), ()]


def test_a_least_confidence_beyond_one_is_refused(run: Callable[..., Any]) -> None:
    assert run("extract", "news", "--min-confidence", "2").code == 2
