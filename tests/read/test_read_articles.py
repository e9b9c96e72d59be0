from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import ReadError
from annotate.read import Article, Source, expand, read, read_each
from annotate.safe_files import Limits, limited

ReadPaths = Callable[..., tuple[list[Article], list[ReadError]]]
PAGE = """<!DOCTYPE html><html><head><title>Bridge shut | The Orlo Post</title>
<meta property="og:title" content="Bridge shut"><meta property="article:published_time" content="2024-03-04T10:00:00Z">
<link rel="canonical" href="https://orlo.example/bridge"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Bridge shut</h1><p>Ana Li said the old bridge would stay shut until the <b>river</b> fell,
and “nobody” should cross it.</p><h2>Boats</h2><p>First line.<br>Second line.</p>
<ul><li>one boat</li><li>two boats</li></ul>
<blockquote><p>“We wait,” she said to the people who had come.</p></blockquote>
</article><footer>Copyright</footer></body></html>"""


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def feed(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return feed


def test_text_is_kept_as_it_is(tmp_path: Path, read_paths: ReadPaths) -> None:
    file = tmp_path / "kite.txt"
    file.write_bytes(b"\xef\xbb\xbf date 2025-03-19 The council\r\n\r\n\xe2\x80\x9cNo.\xe2\x80\x9d \r\n")
    (article,), errors = read_paths(file)
    assert not errors
    assert article == Article(" date 2025-03-19 The council\n\n“No.” \n", "kite", path=str(file))


def test_markdown_keeps_its_text_and_tells_its_front_matter(tmp_path: Path, read_paths: ReadPaths) -> None:
    text = '---\ntitle: "Bridge: shut"\nDate: 2024-03-04\nurl: https://orlo.example\n---\n# Bridge\n\nAna Li said no.\n'
    (tmp_path / "a.md").write_text(text)
    (tmp_path / "b.md").write_text("---\nAna Li said no.\n")
    (with_front, without), _ = read_paths(tmp_path)
    assert (with_front.text, with_front.title, with_front.date, with_front.url) == (
        text,
        "Bridge: shut",
        "2024-03-04",
        "https://orlo.example",
    )
    assert (without.title, without.date) == (None, None)


def test_a_page_gives_its_article_in_paragraphs(
    tmp_path: Path, read_paths: ReadPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-16")
    (article,), errors = read_paths(tmp_path)
    assert not errors
    assert article.text.split("\n\n") == [
        "Bridge shut",
        "Ana Li said the old bridge would stay shut until the river fell, and “nobody” should cross it.",
        "Boats",
        "First line.\nSecond line.",
        "one boat",
        "two boats",
        "“We wait,” she said to the people who had come.",
    ]
    assert (article.id, article.title, article.date) == ("a", "Bridge shut", "2024-03-04")
    assert article.url == "https://orlo.example/bridge"


def test_a_page_with_an_xml_declaration_is_read(tmp_path: Path, read_paths: ReadPaths) -> None:
    (tmp_path / "a.htm").write_text('<?xml version="1.0" encoding="utf-8"?>\n' + PAGE)
    (article,), _ = read_paths(tmp_path)
    assert article.title == "Bridge shut"


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html>", "<!-- -->"])
def test_a_page_without_an_article_is_told(tmp_path: Path, read_paths: ReadPaths, page: str) -> None:
    (tmp_path / "a.html").write_text(page)
    _, (error,) = read_paths(tmp_path)
    assert str(error) == f"no article was found in the page {tmp_path}/a.html: save the article's text as .txt"


def row(**fields: Any) -> bytes:
    return json.dumps(fields).encode() + b"\n"


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<p " + " ".join(f"a{i}=b" for i in range(20_000)) + ">", "more than 10,000 attributes"),
        ("<p " + " ".join(f"a{i}='>'" for i in range(20_000)) + ">", "more than 10,000 attributes"),
        ("<p>" * 200_000, "more than 100,000 tags"),
    ],
)
def test_a_page_made_to_take_minutes_is_refused(tmp_path: Path, read_paths: ReadPaths, inside: str, told: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><body>{inside}<p>The mayor spoke.</p></body></html>")
    articles, (error,) = read_paths(page)
    assert not articles
    assert told in str(error)
    assert "page.html" in str(error)


def test_many_words_in_one_attribute_are_no_attributes(tmp_path: Path, read_paths: ReadPaths) -> None:
    page = tmp_path / "page.html"
    said = "<p>The mayor said on Monday that the bridge over the river will open again next year.</p>" * 5
    page.write_text(f"<html><body><div data-state='{'word ' * 30_000}'>{said}</div></body></html>")
    (article,), _ = read_paths(page)
    assert article.text.startswith("The mayor said")


def test_the_last_value_of_a_key_in_front_matter_counts(tmp_path: Path, read_paths: ReadPaths) -> None:
    file = tmp_path / "a.md"
    file.write_text('---\nTitle :\t "One" \ntitle: Two: \ntitle:\n url: no\nDate:2025-03-19\n---\nText.\n')
    (article,), _ = read_paths(file)
    assert (article.title, article.date, article.url) == ("Two:", "2025-03-19", None)


def test_rows_give_text_and_what_is_known(tmp_path: Path, read_paths: ReadPaths) -> None:
    data = (
        row(id="one", text="A\r\nb.", date="2016-08-29T10:00:00", title="T", url="https://x.example", attributions=[1])
        + b"\n"
        + row(id=2, text="B \ud83d\ude00.", date=7, title=None)
        + row(text="C")
    )
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(data))
    articles, errors = read_paths(tmp_path)
    assert not errors
    assert articles == [
        Article("A\nb.", "one", url="https://x.example", title="T", date="2016-08-29"),
        Article("B 😀.", "2", unread_date="7"),
        Article("C", "rows-4"),
    ]


def test_bad_rows_are_told_with_their_line_and_the_rest_is_read(tmp_path: Path, read_paths: ReadPaths) -> None:
    file = tmp_path / "rows.ndjson"
    bad = [
        b"{not json\n",
        b'{"id": "x"}\n',
        b"[1]\n",
        b'{"text": 3}\n',
        row(text=" \n"),
        b'{"text": "a\x00"}\n',
        b"\xff\xfe\n",
    ]
    file.write_bytes(row(id="a", text="A") + b"".join(bad) + row(id="b", text="B").rstrip())
    articles, errors = read_paths(file)
    assert [article.id for article in articles] == ["a", "b"]
    assert [str(error).split(", line ")[1].split(" ")[0] for error in errors] == ["2", "3", "4", "5", "6", "7", "8"]
    assert all(str(error).startswith(str(file)) for error in errors)
    assert str(errors[1]) == f'{file}, line 3 has no text: expected an object with the key "text"'
    assert str(errors[4]) == f"{file}, line 6 holds no text"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_rows_written_by_windows_programs_are_read(tmp_path: Path, read_paths: ReadPaths, encoding: str) -> None:
    lines = '{"id": "a", "text": "“Ą”"}\r\n{"id": "b", "text": "B"}\r\n'
    (tmp_path / "rows.jsonl").write_bytes(lines.encode(encoding))
    articles, errors = read_paths(tmp_path)
    assert not errors
    assert [(article.id, article.text) for article in articles] == [("a", "“Ą”"), ("b", "B")]


def test_rows_are_given_up_after_a_thousand_bad_ones_in_a_row(tmp_path: Path, read_paths: ReadPaths) -> None:
    good, bad = '{"text": "Yes, she said."}\n', "no\n\n"
    file = tmp_path / "a.jsonl"
    file.write_text(bad * 999 + good + bad * 5000 + good)
    articles, errors = read_paths(file)
    assert len(articles) == 1
    assert len(errors) == 999 + 1000 + 1
    assert "a.jsonl was read only in part: 1,000 lines in a row hold no article" in str(errors[-1])


def test_surrogate_halves_and_nul_in_rows_become_replacement_characters(tmp_path: Path, read_paths: ReadPaths) -> None:
    (tmp_path / "rows.jsonl").write_bytes(rb'{"text": "a\u0000b"}')
    (article,), _ = read_paths(tmp_path)
    assert article.text == "a\N{REPLACEMENT CHARACTER}b"


def test_a_damaged_gzip_file_gives_what_came_before(tmp_path: Path, read_paths: ReadPaths) -> None:
    rows = b"".join(row(id=str(number), text=hashlib.sha256(number.to_bytes(2)).hexdigest()) for number in range(5000))
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(gzip.compress(rows)[:-2000])
    articles, errors = read_paths(file)
    assert articles
    assert str(errors[-1]).startswith(f"{file} is damaged")
    file.write_bytes(b"no gzip at all")
    assert str(read_paths(file)[1][0]).startswith(f"{file} is damaged")


def test_too_long_is_refused_row_by_row_and_file_by_file(tmp_path: Path, read_paths: ReadPaths) -> None:
    rows, text, exact = tmp_path / "1.jsonl", tmp_path / "2.txt", tmp_path / "3.txt"
    rows.write_bytes(row(id="a", text="A") + row(text="x" * 1_200_000) + row(id="b", text="B"))
    text.write_bytes(b"x" * 1_000_001)
    exact.write_bytes(b"x" * 1_000_000)
    with limited(Limits(article=1)):
        articles, errors = read_paths(tmp_path)
    assert [article.id for article in articles] == ["a", "b", "3"]
    assert [str(error) for error in errors] == [
        f"{rows}, line 2 is longer than 1 MB: split the article, or raise the limit with --max-article",
        f"{text} is larger than 1 MB: split it, or raise the limit with --max-article",
    ]


def test_json_files_hold_an_article_or_a_list_of_them(tmp_path: Path, read_paths: ReadPaths) -> None:
    one, many = tmp_path / "one.json", tmp_path / "many.json"
    one.write_text(json.dumps({"schema": "onrecord/1", "id": "kite", "text": "A", "claims": []}))
    many.write_text(json.dumps([{"text": "B"}, {"id": "x"}]))
    articles, (error,) = read_paths(one, many)
    assert articles == [Article("A", "kite"), Article("B", "many-1")]
    assert str(error).startswith(f"{many}, item 2 has no text")


def test_json_that_is_no_article_is_told(tmp_path: Path, read_paths: ReadPaths) -> None:
    saved, broken, other = (tmp_path / name for name in ("a.json", "b.json", "c.json"))
    saved.write_text('{"articles": {}, "claims": {}}')
    broken.write_text("{")
    other.write_text('{"a": 1}')
    _, errors = read_paths(saved, broken, other)
    assert str(errors[0]) == f"{saved} is a save file, not an article: open it with --db {saved}"
    assert str(errors[1]).startswith(f"{broken} is not JSON")
    assert str(errors[2]).startswith(f"{other} has no text")


def test_empty_files_are_told(tmp_path: Path, read_paths: ReadPaths) -> None:
    for name, data in (("a.txt", b""), ("b.txt", b"\xef\xbb\xbf \r\n"), ("c.jsonl", b"\n\n")):
        (tmp_path / name).write_bytes(data)
    articles, errors = read_paths(tmp_path)
    assert not articles
    assert [str(error).removeprefix(f"{tmp_path}/") for error in errors] == [
        "a.txt is empty",
        "b.txt holds only white space",
        "c.jsonl is empty",
    ]


def test_a_bad_file_does_not_keep_the_others_shut(
    tmp_path: Path, read_paths: ReadPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, data in (("a.txt", b"%PDF-1.4"), ("b.txt", b"B"), ("c.txt", b"C"), ("d.txt", b"D")):
        (tmp_path / name).write_bytes(data)
    opened = os.open

    def refuse(path: Any, *args: Any, **kwargs: Any) -> int:
        if str(path).endswith("c.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    articles, errors = read_paths(tmp_path, tmp_path / "gone.txt")
    assert [article.id for article in articles] == ["b", "d"]
    assert [str(error).removeprefix(f"{tmp_path}/") for error in errors] == [
        "a.txt is a PDF document, not text: save it as plain text first",
        "c.txt cannot be read (Permission denied)",
        "gone.txt does not exist: check the name",
    ]


def test_a_single_source_raises(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        next(read(Source(str(tmp_path / "gone.txt"))))


def test_ids_clash_once_per_run(tmp_path: Path, read_paths: ReadPaths) -> None:
    for name in ("a/x.txt", "b/x.txt", "c/x.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Words.")
    (tmp_path / "rows.jsonl").write_bytes(row(id="x~2", text="B") + row(id="rows-3", text="C") + row(text="D"))
    articles, _ = read_paths(tmp_path)
    assert [article.id for article in articles] == ["x", "x~2", "x~3", "x~2~2", "rows-3", "rows-3~2"]


def test_standard_input_is_one_text(stdin: Callable[[bytes], None], read_paths: ReadPaths) -> None:
    stdin("\ufeff“No,” he said.\r\n".encode())
    (article,), _ = read_paths("-")
    assert article.text == "“No,” he said.\n"
    assert article.id == "stdin-" + hashlib.sha256(article.text.encode()).hexdigest()[:8]
    assert article.path is None


def test_a_page_on_standard_input_is_seen_to_be_one(stdin: Callable[[bytes], None], read_paths: ReadPaths) -> None:
    stdin(b"\n<!-- saved -->" + PAGE.encode())
    (article,), _ = read_paths("-")
    assert article.title == "Bridge shut"
    assert article.id.startswith("stdin-")


def test_rows_on_standard_input_are_seen_to_be_articles(stdin: Callable[[bytes], None], read_paths: ReadPaths) -> None:
    stdin(b'{"id": "a", "text": "One."}\nrubbish\n{"text": "Two."}\n')
    articles, errors = read_paths("-")
    assert [(article.id, article.text) for article in articles] == [("a", "One."), ("stdin-3", "Two.")]
    assert "line 2 is not JSON" in str(errors[0])


def test_a_text_that_begins_with_a_brace_is_a_text(stdin: Callable[[bytes], None], read_paths: ReadPaths) -> None:
    stdin(b"{Ed.: this was cut} The mayor said no.")
    ((article,), _) = read_paths("-")
    assert article.text.startswith("{Ed.")


def test_empty_standard_input_is_told(stdin: Callable[[bytes], None], read_paths: ReadPaths) -> None:
    stdin(b"")
    assert str(read_paths("-")[1][0]) == "standard input is empty"


def test_undecodable_file_names_give_ids_that_can_be_saved(tmp_path: Path, read_paths: ReadPaths) -> None:
    file = tmp_path / "caf\udce9.txt"
    try:
        file.write_text("Words.")
    except (OSError, UnicodeEncodeError):
        pytest.skip("this file system wants names in UTF-8")
    (article,), _ = read_paths(tmp_path)
    assert article.id == "caf\N{REPLACEMENT CHARACTER}"
    assert (article.path or "").encode().endswith(b".txt")


@given(texts=st.lists(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip), min_size=1))
@settings(deadline=None, max_examples=40)
def test_rows_are_read_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    file = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    file.write_bytes(b"".join(row(text=text) for text in texts))
    found = [item.text for item in read(Source(str(file))) if isinstance(item, Article)]
    wanted = (text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd") for text in texts)
    assert found == [text for text in (w.removeprefix("\ufeff") for w in wanted) if text.strip()]


def test_reading_text_loads_no_heavy_library() -> None:
    heavy = {"trafilatura", "charset_normalizer", "spacy", "lxml"}
    code = f"import sys, annotate.read; sys.exit(bool({heavy!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-02-19T08:00:00Z", "2024-02-19"),
        ("20240219", "2024-02-19"),
        (1708300800, "2024-02-19"),
        (1708300800000, "2024-02-19"),
        ("1708300800", "2024-02-19"),
        ("Mon, 19 Feb 2024 08:00:00 GMT", "2024-02-19"),
        ("Feb. 19, 2024, 6:12 p.m. EST", "2024-02-19"),
        ("Monday 19th of February 2024", "2024-02-19"),
        ("Published on 19 February 2024", "2024-02-19"),
        ("2024/02/19 08:00", "2024-02-19"),
        ("19/02/2024", "2024-02-19"),
        ("02/19/2024 08:00", "2024-02-19"),
        ("19.02.2024", "2024-02-19"),
        ("02/03/2024", None),
        ("February 2024", None),
        ("19 February 2024 - 21 February 2024", None),
        ("last week", None),
        (7, None),
    ],
)
def test_dates_of_rows_in_any_form_that_means_one_day(tmp_path: Path, written: object, day: str | None) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"text": "It rained.", "date": written}), encoding="utf-8")
    (article,) = read_each(expand([str(file)]))
    assert isinstance(article, Article)
    assert (article.date, article.unread_date) == (day, None if day else str(written))


def test_a_date_that_is_not_there_is_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "It rained.", "date": null}\n{"text": "It rained.", "date": ""}\n', encoding="utf-8")
    assert [article.unread_date for article in read_each(expand([str(file)])) if isinstance(article, Article)] == [
        None,
        None,
    ]
