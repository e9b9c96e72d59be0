from __future__ import annotations

import csv
import io
import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotate.errors import FormatError, UsageError
from annotate.formats import FORMATS, SELECTABLE, Options, get
from annotate.formats.csv_table import COLUMNS
from annotate.formats.markdown import escape
from annotate.model import Claim, DateMention, Record, Speaker, Status
from annotate.safe import legible
from annotate.spans import Span
from tests.hostile import MARK, obeyed, poisoned

EVERYTHING = Options(frozenset(SELECTABLE))
ENCODABLE = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(ENCODABLE, min_size=1, max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(ENCODABLE, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(ENCODABLE, max_size=5), inner, max_size=3),
    max_leaves=6,
)
UNKNOWN = st.dictionaries(st.sampled_from(["x-desk", "colour", "übrig", "🙂"]), JSON, max_size=2)


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = draw(TEXTS)

    def spans(least: int = 0) -> st.SearchStrategy[tuple[Span, ...]]:
        start = st.integers(0, len(text) - 1)
        one = start.flatmap(lambda s: st.integers(s + 1, len(text)).map(lambda e: Span(s, e)))
        return st.lists(one, min_size=least, max_size=3).map(tuple)

    words = st.text(ENCODABLE, max_size=20)
    claim = st.builds(
        Claim, id=st.just("c"), type=st.sampled_from(["direct", "indirect", "mixed"]), content=spans(1), cue=spans(),
        source=spans(), addressee=spans(), speaker=st.sampled_from([None, "s1"]), date=st.sampled_from([None, "d1"]),
        negated=st.booleans(), confidence=st.none() | st.floats(0, 1), deleted=st.booleans(),
        status=st.sampled_from(["suggested", "accepted", "rejected"]), note=words,
        tags=st.lists(words, max_size=2).map(tuple), extra=UNKNOWN,
    )  # fmt: skip
    claims = draw(st.lists(claim, max_size=3))
    value = st.none() | st.dates().map(lambda day: day.isoformat())
    return Record(
        id=draw(st.text(ENCODABLE, min_size=1, max_size=8)), text=text, title=draw(st.none() | words),
        url=draw(st.none() | words), date=draw(value), extra=draw(UNKNOWN),
        speakers=(Speaker("s1", draw(words), extra=draw(UNKNOWN)),),
        dates=(DateMention("d1", None, None, "DATE", draw(value), extra=draw(UNKNOWN)),),
        claims=tuple(Claim.from_dict(claim.to_dict() | {"id": f"c{n}"}) for n, claim in enumerate(claims, 1)),
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(records(), max_size=3))
def test_jsonl_comes_back_as_it_went(before: list[Record]) -> None:
    format_ = FORMATS["jsonl"]
    assert format_.read is not None
    exported = format_.export(before, EVERYTHING)
    after = list(format_.read(io.BytesIO(exported.data)))
    assert [json.loads(r.to_json()) for r in after if isinstance(r, Record)] == [r.to_dict() for r in before]
    again = format_.export([r for r in after if isinstance(r, Record)], EVERYTHING)
    assert again.data == exported.data
    assert exported.report == ()


@settings(deadline=None, max_examples=60)
@given(records())
def test_csv_read_back_holds_every_cell(record: Record) -> None:
    data = FORMATS["csv"].export([record], EVERYTHING).data.decode()
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    claims = EVERYTHING.claims(record)
    assert [unarmed(row["claim"]) for row in rows] == [claim.id for claim in claims]
    for row, claim in zip(rows, claims, strict=True):
        speaker = record.speaker(claim.speaker)
        name = speaker.name if speaker else ""
        held = {
            "note": claim.note,
            "content": record.words(claim.content),
            "title": record.title or "",
            "speaker": name,
        }
        for column, value in held.items():
            assert unarmed(row[column], legible(value)) == legible(value)
        assert json.loads(row["content_spans"]) == [list(span) for span in claim.content]
        assert int(row["start"]) == min(span.start for span in claim.content)
        assert row["confidence"] == ("" if claim.confidence is None else str(claim.confidence))


@settings(deadline=None, max_examples=60)
@given(records())
def test_no_csv_cell_begins_like_a_formula(record: Record) -> None:
    data = FORMATS["csv"].export([record], EVERYTHING).data.decode()
    cells = [cell for row in csv.reader(io.StringIO(data, newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} and cell]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\tx", "\r\nx", "\nx", "＝1"])
def test_a_formula_in_a_note_is_disarmed_and_reported(start: str) -> None:
    record = Record(id="a", text="It rains.", claims=(Claim("c1", "indirect", (Span(0, 2),), note=start),))
    exported = FORMATS["csv"].export([record], Options())
    (row,) = csv.DictReader(io.StringIO(exported.data.decode(), newline=""))
    assert row["note"] == "'" + start
    assert any("1 cell got an apostrophe" in line for line in exported.report)


@pytest.mark.parametrize("name", ["csv", "csv-excel", "markdown"])
def test_a_file_for_people_holds_no_code_that_a_terminal_obeys(name: str) -> None:
    text = "\x1b]0;owned\x07 It\trains\x9b2J\x7f.\rIt shines.\x00\r\nSo \x08👨‍👩‍👧."
    record = Record(id="a", text=text, title=text, claims=(Claim("c1", "indirect", (Span(0, len(text)),), note=text),))
    exported = FORMATS[name].export([record], Options())
    told = exported.data.decode()
    assert {c for c in told.replace("\r\n", "\n") if unicodedata.category(c) == "Cc"} <= {"\n", "\t"}
    assert "👨‍👩‍👧" in told
    assert name == "markdown" or "␛]0;owned␇ It\trains�2J␡.␍It shines.␀\r\nSo ␈" in told
    assert name == "markdown" or any(line.startswith("3 cells with what terminals obey") for line in exported.report)


def test_numbers_in_csv_stay_numbers(tricky: Record) -> None:
    (row, *_) = csv.DictReader(io.StringIO(FORMATS["csv"].export([tricky], Options()).data.decode(), newline=""))
    assert (row["start"], row["end"]) == ("25", "104")
    assert row["confidence"] == "0.93"


def test_csv_has_no_figures_for_words_that_a_person_changed(tricky: Record) -> None:
    (claim, *_) = tricky.claims
    changed = replace(claim, confidence=0.9, checkworthy=0.8, edited=("content",))
    exported = FORMATS["csv"].export([replace(tricky, claims=(changed,))], Options()).data.decode()
    (row,) = csv.DictReader(io.StringIO(exported, newline=""))
    assert (row["confidence"], row["checkworthy"]) == ("", "")


def test_csv_lines_end_as_the_rfc_wants(silent: Record) -> None:
    data = FORMATS["csv"].export([silent], Options()).data
    assert data == ",".join(COLUMNS).encode() + b"\r\n"


def test_csv_names_the_articles_that_have_no_row(silent: Record) -> None:
    report = FORMATS["csv"].export([silent], Options()).report
    assert any("without a claim chosen" in line and "silent" in line for line in report)


def test_excel_gets_a_byte_order_mark_and_the_same_table(tricky: Record) -> None:
    plain = FORMATS["csv"].export([tricky], Options()).data
    assert FORMATS["csv-excel"].export([tricky], Options()).data == b"\xef\xbb\xbf" + plain


@pytest.mark.parametrize("name", FORMATS)
def test_rejected_and_deleted_claims_go_out_only_when_asked_for(name: str, tricky: Record) -> None:
    format_ = FORMATS[name]
    accepted = format_.export([tricky], Options(frozenset({"accepted"}))).data.decode()
    deleted = format_.export([tricky], Options(frozenset({"deleted"}))).data.decode()
    everything = format_.export([tricky], EVERYTHING).data
    assert everything != format_.export([tricky], Options()).data
    assert "calc" in accepted
    assert "calc" not in deleted
    assert accepted != deleted


def test_a_bad_line_is_named_and_the_rest_is_read(tricky: Record, silent: Record) -> None:
    read = FORMATS["jsonl"].read
    assert read is not None
    lines = ["\ufeff" + tricky.to_json(), "", "{", '{"schema": "onrecord/1", "id": "x"}', silent.to_json() + "\r"]
    items = list(read(io.BytesIO("\n".join(lines).encode())))
    assert [item.id for item in items if isinstance(item, Record)] == ["harbour", "silent"]
    errors = [item for item in items if isinstance(item, FormatError)]
    assert [error.message.split(":")[0] for error in errors] == ["line 3", "line 4"]


def test_a_changed_text_is_refused_on_import(tricky: Record) -> None:
    read = FORMATS["jsonl"].read
    assert read is not None
    (item,) = read(io.BytesIO(tricky.to_json().replace("Fees rose", "Fees sank").encode()))
    assert isinstance(item, FormatError)


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        get("xls")
    assert "csv" in caught.value.hint


FOLDED = st.text(ENCODABLE | st.sampled_from("#*_`[]()<>&!|~$\\=+-1.) \n"), max_size=40)


@settings(deadline=None, max_examples=300)
@given(FOLDED)
def test_markdown_shows_text_as_it_is(text: str) -> None:
    wanted = legible(" ".join(text.split()))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"- {escape(text)}\n  (accepted)\n")
    inline = [token for token in tokens if token.type == "inline"]
    assert [token.type for token in tokens] == [
        "bullet_list_open", "list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close",
        "bullet_list_close",
    ]  # fmt: skip
    children = inline[0].children or []
    shown = "".join("\n" if child.type == "softbreak" else child.content for child in children)
    assert {child.type for child in children} <= {"text", "text_special", "softbreak"}
    assert shown.removesuffix("(accepted)").strip() == wanted.strip()


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://a b", "https://x/><b>", "https://x/\x1b[2J", "https://x/\x9d", "https://x/\u202e"],
)
def test_only_web_addresses_become_links(url: str) -> None:
    data = FORMATS["markdown"].export([Record(id="a", text="It rains.", url=url)], Options()).data.decode()
    html = MarkdownIt("commonmark").render(data)
    assert "<a " not in html
    assert "<b>" not in html


@pytest.mark.parametrize("status", ["suggested", "accepted"])
def test_tables_and_markdown_say_that_a_speaker_is_a_guess_until_somebody_decides(status: Status) -> None:
    claim = Claim("c1", "direct", (Span(0, 2),), speaker="s1", confidence=0.9, status=status)
    guessed = replace(claim, source=(Span(3, 5),), extra={"speaker_or": ["Bo Li"]})
    record = Record("a", "It Li", claims=(guessed,), speakers=(Speaker("s1", "Ana Li"),))
    written, table = (get(name).export([record], Options()).data.decode() for name in ("markdown", "csv"))
    is_guess = status == "suggested"
    assert ("the speaker is a guess, perhaps Bo Li" in written) == is_guess
    assert table.rstrip().endswith(",true,Bo Li" if is_guess else ",false,")


def test_markdown_says_that_pieces_were_joined(tricky: Record) -> None:
    report = FORMATS["markdown"].export([tricky], Options()).report
    assert any(line.startswith("1 claim in several pieces") for line in report)


def unarmed(cell: str, original: str = "") -> str:
    """A cell without the apostrophe that the exporter put before it."""
    return cell[1:] if cell != original and cell.startswith("'") else cell


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_holds_what_a_terminal_obeys_in_any_field(name: str) -> None:
    exported = FORMATS[name].export([poisoned()], EVERYTHING)
    told = exported.data.decode().removeprefix("\ufeff")
    assert MARK in told
    codes = obeyed(told)
    if name == "jsonl":  # exact: what hides stays, what is obeyed is an escape of JSON
        codes = {code for code in codes if unicodedata.category(code[0]) not in ("Mn", "Me")}
    assert codes == set()


def test_jsonl_of_a_hostile_record_is_exact() -> None:
    exported = FORMATS["jsonl"].export([poisoned()], EVERYTHING)
    assert FORMATS["jsonl"].read is not None
    assert list(FORMATS["jsonl"].read(io.BytesIO(exported.data))) == [poisoned()]


SEMICOLONS = st.text(st.sampled_from(";=+-@\t\r\n\" ,'a1＝|"), max_size=12)


@settings(deadline=None, max_examples=200)
@given(SEMICOLONS, SEMICOLONS)
def test_excel_runs_no_part_of_a_cell_whatever_parts_cells(note: str, title: str) -> None:
    claim = Claim("c1", "indirect", (Span(0, 2),), note=note)
    record = Record(id="a", text="It rains.", title=title, claims=(claim,))
    data = FORMATS["csv-excel"].export([record], Options()).data.decode("utf-8-sig")
    for separator, bare in ((",", ""), (";", ""), (";", ' "')):  # the last: quotation marks that a reader may yet drop
        lines = io.StringIO(data, newline="")
        as_told = csv.reader(lines, delimiter=separator)
        rows = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE) if bare else as_told
        assert not [cell for row in rows for cell in row if cell.lstrip(bare).startswith(("=", "+", "-", "@", "＝"))]


def test_only_semicolons_before_a_formula_are_disarmed() -> None:
    note = "so; -5 °C; see a;=1+1 and b; c"
    record = Record(id="a", text="It rains.", claims=(Claim("c1", "indirect", (Span(0, 2),), note=note),))
    for name, wanted in (("csv", note), ("csv-excel", "so; '-5 °C; see a;'=1+1 and b; c")):
        data = FORMATS[name].export([record], Options()).data.decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(data, newline=""))
        assert row["note"] == wanted
