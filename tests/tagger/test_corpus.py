from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import FormatError, ReadError
from annotate.model import Claim, Record, Review
from annotate.spans import Span
from annotate.train.corpus import load

TEXT = "Rain came.\n\n“It rained,” Ana Li said."
ROW = {"id": "a", "text": TEXT, "attributions": [{"content": [[12, 24]], "cue": [[32, 36]], "source": [[25, 31]]}]}


def write(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def claim(status: Any, **values: Any) -> Claim:
    return Claim("c1", "direct", (Span(12, 24),), cue=(Span(32, 36),), source=(Span(25, 31),), status=status, **values)


def test_rows_and_records_teach_the_same(tmp_path: Path) -> None:
    record = Record(id="a", text=TEXT, claims=(claim("accepted"),))
    rows = load([write(tmp_path / "rows.jsonl", ROW)])
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress(record.to_json().encode() + b"\n"))
    assert load([path]) == rows
    (article,) = rows.articles
    assert article.paragraphs == (0, 12)
    assert [TEXT[slice(*span)] for span in article.attributions[0].content] == ["“It rained,”"]


def test_what_a_person_rejected_or_removed_is_not_learned(tmp_path: Path) -> None:
    claims = (claim("rejected"), claim("accepted", deleted=True))
    record = Record(id="a", text=TEXT, claims=tuple(Claim(**{**vars(c), "id": f"c{i}"}) for i, c in enumerate(claims)))
    corpus = load([write(tmp_path / "records.jsonl", json.loads(record.to_json()))])
    assert [article.attributions for article in corpus.articles] == [()]


def test_a_record_with_undecided_claims_is_left_out(tmp_path: Path) -> None:
    record = Record(id="a", text=TEXT, claims=(claim("suggested"),))
    corpus = load([write(tmp_path / "records.jsonl", json.loads(record.to_json()), ROW)])
    assert (len(corpus.articles), corpus.undecided) == (1, 1)


def test_records_of_a_save_file_teach_what_their_rows_do(tmp_path: Path) -> None:
    records = [Record(id="a", text=TEXT, claims=(claim(status),)) for status in ("accepted", "suggested")]
    rows = [write(tmp_path / f"{i}.jsonl", json.loads(record.to_json())) for i, record in enumerate(records)]
    assert load([], records) == load(rows)


def test_what_the_engine_accepted_has_not_been_decided_by_a_person() -> None:
    corpus = load([], [Record(id="a", text=TEXT, claims=(claim("accepted", decided_by="engine:1"),))])
    assert (len(corpus.articles), corpus.undecided) == (0, 1)


def test_where_nothing_was_found_a_person_has_to_say_that_nothing_is_there() -> None:
    empty = Record(id="a", text=TEXT)
    seen = Record(id="b", text=TEXT, review=Review("done", "human:ana"))
    corpus = load([], [empty, seen])
    assert ([article.id for article in corpus.articles], corpus.undecided) == (["b"], 1)


def test_other_labels_have_another_fingerprint(tmp_path: Path) -> None:
    one = load([write(tmp_path / "one.jsonl", ROW)])
    other = load([write(tmp_path / "other.jsonl", {**ROW, "attributions": []})])
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is not JSON"),
        ("[1]", "not a labelled article"),
        ('{"text": "Rain."}', "not a labelled article"),
        ('{"text": 3, "attributions": []}', "not a labelled article"),
        ('{"text": "Rain.", "attributions": [{"content": [[0, 9]]}]}', "9 is beyond the text's 5 code points"),
        ('{"text": "Rain.", "attributions": [{"content": [[3, 3]]}]}', "the start 3 is not before the end 3"),
        ('{"text": "Rain.", "attributions": [{"cue": 7}]}', "expected a list"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(ROW) + "\n\n" + line + "\n")
    with pytest.raises(FormatError, match=message) as caught:
        load([path])
    assert caught.value.message.startswith(f"{path}, line 3 ")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        load([tmp_path / "none.jsonl"])
    cut_off = tmp_path / "cut.jsonl.gz"
    cut_off.write_bytes(gzip.compress(json.dumps(ROW).encode() * 50)[:40])
    with pytest.raises(ReadError, match="cannot be read"):
        load([cut_off])
