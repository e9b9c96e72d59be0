from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate import bulk
from annotate.formats import FORMATS
from annotate.model import Claim, Record
from annotate.spans import Span
from annotate.store import Store

Run = Callable[..., Any]


def opened(**options: Any) -> Store:
    return Store.open("annotations.json", **options)


def decide(article: str, claim: str, **fields: Any) -> None:
    with opened(by="human:Ana") as store:
        store.update_claim(article, claim, **fields)


class TestLabel:
    def test_it_saves_suggestions(self, run: Run) -> None:
        ran = run("label", "news", "--date", "2026-02-03")
        assert (ran.code, ran.out) == (0, "")
        assert "2 articles labelled with 3 claims" in ran.err
        with opened(read_only=True) as store:
            record = store.get("harbour")
            assert record.path == "news/harbour.txt"
            assert record.date == "2026-02-03"
            assert [claim.status for claim in record.claims] == ["suggested", "suggested"]

    def test_it_goes_on_where_it_stopped(self, labelled: Run, here: Path, fake_engine: list[str]) -> None:
        (here / "news" / "new.txt").write_text("Di hopes so", encoding="utf-8")
        ran = labelled("label", "news")
        assert fake_engine == ["new"]
        assert "1 article labelled with 1 claim, 2 already labelled" in ran.err

    def test_force_does_all_again_and_keeps_decisions(self, labelled: Run, fake_engine: list[str]) -> None:
        decide("harbour", "c1", status="rejected", note="said by Bo")
        assert labelled("label", "news", "--force").code == 0
        assert sorted(fake_engine) == ["bridge", "harbour"]
        with opened(read_only=True) as store:
            claim = store.get("harbour").claim("c1")
        assert (claim.status, claim.note) == ("rejected", "said by Bo")

    def test_accept_above_accepts_in_the_engines_name(self, run: Run) -> None:
        ran = run("label", "news", "--accept-above", "0.9")
        assert "2 articles labelled with 3 claims; 3 claims accepted in the engine's name" in ran.err
        with opened(read_only=True) as store:
            claims = store.get("harbour").claims
        assert {(claim.status, claim.decided_by) for claim in claims} == {("accepted", "engine:fake-1")}

    def test_accept_above_counts_what_it_accepted_now(self, labelled: Run) -> None:
        decide("harbour", "c1", status="rejected")
        for more, accepted in ((), 2), ((), 0), (("--force",), 2):  # the last makes new suggestions of its own work
            told = json.loads(labelled("label", "news", "--accept-above", "0.9", "--json", *more).out)
            assert told["accepted"] == accepted

    def test_bad_files_are_named_and_the_others_saved(self, run: Run, here: Path) -> None:
        (here / "news" / "bad.txt").write_text("a bomb here", encoding="utf-8")
        ran = run("label", "news", "nowhere.txt")
        assert ran.code == 1
        assert "bad.txt" in ran.err
        assert "nowhere.txt does not exist" in ran.err
        assert "2 failed" in ran.err
        with opened(read_only=True) as store:
            assert sorted(store.ids()) == ["bridge", "harbour"]

    def test_more_workers_than_there_are_is_said(self, run: Run) -> None:
        ran = run("label", "news", "--workers", "4")
        assert ran.code == 0
        assert "--workers 4: this version labels with one process" in ran.err

    def test_ctrl_c_keeps_what_is_done(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def stopped_after_one(*_: object, **__: object) -> Any:
            yield Record(id="harbour", text="Zoë says fees rose\nBo denies it\n", path="news/harbour.txt")
            raise KeyboardInterrupt

        monkeypatch.setattr(bulk, "analyse_each", stopped_after_one)
        ran = run("label", "news")
        assert ran.code == 130
        assert "stopped: 1 article labelled" in ran.err
        with opened(read_only=True) as store:
            assert store.ids() == ["harbour"]

    def test_a_summary_for_programs(self, run: Run) -> None:
        told = json.loads(run("label", "news", "--json").out)
        assert told == {"labelled": 2, "kept": 0, "claims": 3, "accepted": 0, "stopped": False, "failed": 0}

    def test_a_file_in_use_is_left_alone(self, labelled: Run) -> None:
        with opened():
            ran = labelled("label", "news", "--force")
        assert ran.code == 1
        assert "open for writing" in ran.err
        assert "Traceback" not in ran.err

    def test_nothing_readable_makes_no_save_file(self, run: Run, here: Path) -> None:
        assert run("label", "nowhere.txt").code == 1
        assert not (here / "annotations.json").exists()


class TestExport:
    def test_jsonl_comes_back_the_same(self, labelled: Run) -> None:
        decide("harbour", "c1", status="rejected")
        decide("harbour", "c2", deleted=True)
        first = labelled("export", "--format", "jsonl", "--status", "all", "-o", "all.jsonl")
        assert first.code == 0
        assert labelled("import", "all.jsonl", "--format", "jsonl", "--db", "other.json").code == 0
        labelled("export", "--db", "other.json", "--format", "jsonl", "--status", "all", "-o", "again.jsonl")
        before, after = (Path(name).read_text(encoding="utf-8").splitlines() for name in ("all.jsonl", "again.jsonl"))
        assert list(map(json.loads, after)) == list(map(json.loads, before))
        assert len(before) == 2

    def test_rejected_and_deleted_stay_here_unless_asked_for(self, labelled: Run) -> None:
        decide("harbour", "c1", status="rejected")
        ran = labelled("export", "--format", "csv")
        assert [row["claim"] for row in csv.DictReader(io.StringIO(ran.out))] == ["c1", "c2"]
        assert "2 of 3 claims (suggested, accepted)" in ran.err
        ran = labelled("export", "--format", "csv", "--status", "rejected")
        assert [row["article"] for row in csv.DictReader(io.StringIO(ran.out))] == ["harbour"]

    def test_an_export_without_claims_says_why(self, labelled: Run) -> None:
        ran = labelled("export", "--format", "csv", "--status", "rejected, accepted")
        assert ran.code == 0
        assert "no claim is accepted or rejected; to export every claim, use --status all" in ran.err

    def test_only_some_articles(self, labelled: Run) -> None:
        ran = labelled("export", "--format", "jsonl", "--article", "harbour", "nobody")
        assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["harbour"]
        assert ran.code == 1
        assert "there is no article 'nobody'" in ran.err

    def test_articles_may_be_named_one_by_one(self, labelled: Run) -> None:
        ran = labelled("export", "--format", "jsonl", "--article", "harbour", "--article", "bridge")
        assert sorted(json.loads(line)["id"] for line in ran.out.splitlines()) == ["bridge", "harbour"]

    def test_an_export_never_takes_the_place_of_the_save_file(self, labelled: Run, here: Path) -> None:
        before = (here / "annotations.json").read_bytes()
        (here / "link.json").symlink_to("annotations.json")
        for out in ("annotations.json", "./news/../annotations.json", "link.json"):
            ran = labelled("export", "--format", "csv", "-o", out)
            assert ran.code == 2
            assert "overwrite the save file" in ran.err
        assert (here / "annotations.json").read_bytes() == before

    def test_what_a_format_leaves_out_is_told(self, labelled: Run) -> None:
        assert "csv: " in labelled("export", "--format", "csv", "-o", "out.csv").err
        told = json.loads(labelled("export", "--format", "csv", "-o", "out.csv", "--json").out)
        assert told["claims"] == 3
        assert told["report"]

    @pytest.mark.parametrize("name", FORMATS)
    def test_every_format_can_be_written(self, labelled: Run, name: str) -> None:
        assert labelled("export", "--format", name, "-o", f"out{FORMATS[name].suffix}").code == 0

    def test_a_damaged_article_does_not_stop_the_others(self, labelled: Run, here: Path) -> None:
        saved = here / "annotations.json"
        data = saved.read_text(encoding="utf-8").replace("fees rose", "fees sank")
        saved.write_text(data, encoding="utf-8")
        ran = labelled("export", "--format", "jsonl")
        assert ran.code == 1
        assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["bridge"]
        assert "harbour" in ran.err

    @pytest.mark.parametrize("command", [["export", "--format", "csv"], ["stats"], ["check"]])
    def test_reading_makes_no_save_file(self, run: Run, here: Path, command: list[str]) -> None:
        ran = run(*command)
        assert ran.code == 1
        assert "the save file annotations.json does not exist" in ran.err
        assert not (here / "annotations.json").exists()

    @pytest.mark.parametrize("command", [["export", "--format", "csv"], ["stats"], ["check"]])
    def test_reading_changes_nothing(self, labelled: Run, here: Path, command: list[str]) -> None:
        before = (here / "annotations.json").read_bytes()
        assert labelled(*command).code == 0
        assert (here / "annotations.json").read_bytes() == before

    @pytest.mark.parametrize("command", [["export", "--format", "csv"], ["stats"], ["check"], ["label", "news"]])
    def test_a_text_is_not_called_a_damaged_save_file(self, run: Run, here: Path, command: list[str]) -> None:
        before = (here / "news" / "bridge.txt").read_bytes()
        ran = run(*command, "--db", "news/bridge.txt")
        assert ran.code == 1
        assert "bridge.txt is not an Onrecord save file" in ran.out + ran.err
        assert (here / "news" / "bridge.txt").read_bytes() == before


class TestImport:
    @pytest.fixture
    def theirs(self, labelled: Run) -> Record:
        """The article harbour as somebody else decided it, in theirs.jsonl."""
        with opened(read_only=True) as store:
            mine = store.get("harbour")
        first, second = mine.claims
        decided = replace(second, status="accepted", decided_by="human:Bea", note="theirs")
        changed = replace(first, status="accepted", decided_by="human:Bea", note="theirs")
        made = Claim("c9", "indirect", (Span(0, 3),), origin="human:Bea", status="accepted", decided_by="human:Bea")
        record = replace(mine, claims=(changed, decided, made))
        Path("theirs.jsonl").write_text(record.to_json() + "\n", encoding="utf-8")
        decide("harbour", "c1", status="rejected", note="mine")
        return record

    def test_an_article_already_there_is_refused(self, labelled: Run, theirs: Record, here: Path) -> None:
        before = (here / "annotations.json").read_bytes()
        ran = labelled("import", "theirs.jsonl", "--format", "jsonl")
        assert ran.code == 1
        assert "'harbour' is already in the save file" in ran.err
        assert "--merge or --replace" in ran.err
        assert (here / "annotations.json").read_bytes() == before

    def test_merge_keeps_decisions_and_adds_the_rest(self, labelled: Run, theirs: Record) -> None:
        assert labelled("import", "theirs.jsonl", "--format", "jsonl", "--merge").code == 0
        with opened(read_only=True) as store:
            notes = {claim.id: (claim.status, claim.note) for claim in store.get("harbour").claims}
        assert notes == {"c1": ("rejected", "mine"), "c2": ("accepted", "theirs"), "c9": ("accepted", "")}

    def test_replace_puts_theirs_in_its_place(self, labelled: Run, theirs: Record) -> None:
        ran = labelled("import", "theirs.jsonl", "--format", "jsonl", "--replace", "--as", "Bea")
        assert ran.code == 0
        assert "1 replaced" in ran.err
        with opened(read_only=True) as store:
            assert store.get("harbour").to_dict() == theirs.to_dict()
            last = store.history("harbour")[-1]
        assert (last.op, last.by) == ("replace", "human:Bea")

    def test_what_is_replaced_leaves_nothing_behind(self, labelled: Run, theirs: Record) -> None:
        with opened(by="human:Ana") as store:
            store.put(replace(store.get("harbour"), title="Old title", extra={"mine": 1}))
        labelled("import", "theirs.jsonl", "--format", "jsonl", "--replace")
        with opened(by="human:Ana") as store:
            assert store.get("harbour").to_dict() == theirs.to_dict()
            assert not store.undo("human:Ana"), "what was done to another record cannot be undone in this one"

    def test_who_imports_stands_in_the_history(self, labelled: Run, theirs: Record) -> None:
        Path("fresh.jsonl").write_text(replace(theirs, id="fresh").to_json(), encoding="utf-8")
        assert labelled("import", "fresh.jsonl", "--format", "jsonl", "--as", "Zoe").code == 0
        with opened(by="human:Zoe") as store:
            assert [(entry.op, entry.by) for entry in store.history("fresh")] == [("import", "human:Zoe")]
            assert not store.undo("human:Zoe") or store.has("fresh")

    @pytest.mark.parametrize("how", ["--merge", "--replace"])
    def test_a_damaged_article_does_not_cost_the_others(
        self, labelled: Run, theirs: Record, here: Path, how: str
    ) -> None:
        with opened(read_only=True) as store:
            other = store.get("bridge")
        Path("both.jsonl").write_text(f"{theirs.to_json()}\n{other.to_json()}\n", encoding="utf-8")
        saved = here / "annotations.json"
        data = saved.read_text("utf-8")
        saved.write_text(data.replace('"text":"Cy fears', '"text":"Cy hopes'), "utf-8")
        ran = labelled("import", "both.jsonl", "--format", "jsonl", how)
        with opened(read_only=True) as store:
            assert store.get("harbour").claims
            if how == "--replace":  # a sound record in the place of the damaged one
                assert ran.code == 0
                assert store.get(other.id).to_dict() == other.to_dict()
            else:
                assert ran.code == 1
                assert "is damaged" in ran.err

    def test_one_bad_line_does_not_stop_the_others(self, labelled: Run, theirs: Record, here: Path) -> None:
        fresh = replace(theirs, id="fresh")
        (here / "mixed.jsonl").write_text(f"rubbish\n{fresh.to_json()}\n{fresh.to_json()}\n", encoding="utf-8")
        ran = labelled("import", "mixed.jsonl", "--format", "jsonl", "--json")
        assert ran.code == 1
        assert "line 1" in ran.err
        assert "is in the file twice" in ran.err
        assert json.loads(ran.out) == {"added": 1, "merged": 0, "replaced": 0, "failed": 2}

    def test_a_missing_file_is_named(self, run: Run) -> None:
        ran = run("import", "nowhere.jsonl", "--format", "jsonl")
        assert ran.code == 1
        assert "nowhere.jsonl cannot be read" in ran.err


class TestStats:
    def test_it_counts(self, labelled: Run) -> None:
        decide("harbour", "c1", status="accepted")
        decide("harbour", "c2", status="rejected")
        ran = labelled("stats")
        assert ran.code == 0
        assert "2 articles, 11 words, 3 claims" in ran.out
        assert "50% of 2 reviewed suggestions were accepted" in ran.out

    def test_it_counts_for_programs(self, labelled: Run) -> None:
        decide("harbour", "c1", status="accepted")
        told = json.loads(labelled("stats", "--json").out)
        assert told["statuses"] == {"suggested": 2, "accepted": 1}
        assert told["speakers"] == {"Ana Li": 3}
        assert told["engine"]["precision"] == 1.0

    def test_what_the_engine_accepted_itself_is_no_judgement(self, labelled: Run) -> None:
        labelled("label", "news", "--accept-above", "0.9")
        out = labelled("stats").out
        assert "none of its suggestions has been reviewed yet" in out
        assert "3  accepted automatically (label --accept-above), not reviewed" in out
        decide("harbour", "c1", status="rejected")
        told = json.loads(labelled("stats", "--json").out)["engine"]
        assert (told["accepted_itself"], told["decided"], told["precision"]) == (2, 1, 0.0)


class TestCheck:
    def test_a_sound_file(self, labelled: Run) -> None:
        ran = labelled("check")
        assert ran.code == 0
        assert "no problems found" in ran.out

    def test_a_damaged_file_is_reported_and_saved_elsewhere(self, labelled: Run, here: Path) -> None:
        saved = here / "annotations.json"
        saved.write_bytes(saved.read_bytes()[:-200])
        before = saved.read_bytes()
        ran = labelled("check")
        assert ran.code == 1
        assert "damaged" in ran.out
        labelled("check", "--repair", "repaired.json")
        assert labelled("check", "--db", "repaired.json").code == 0
        assert saved.read_bytes() == before

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ('"article":"harbour","id":"c1"', '"article":"harbour","id":["c1"]', "id: expected a string"),
            ('"article":"harbour","id":"c1"', '"article":["harbour"],"id":"c1"', "article: expected a string"),
            ('"id":"harbour","path":"news/harbour.txt"', '"id":"harbour","path":["news"]', "path: expected a string"),
            ('"id":"s1","name":"Ana Li"', '"id":{"s":1},"name":"Ana Li"', "speakers[0].id: expected a string"),
            ('"speaker":"s1"', '"speaker":["s1"]', "speaker: expected a string"),
        ],
    )
    def test_wrong_types_are_told_by_every_command_and_repaired(
        self, labelled: Run, here: Path, old: str, new: str, told: str
    ) -> None:
        saved = here / "annotations.json"
        saved.write_text(saved.read_text("utf-8").replace(old, new, 1), "utf-8")
        ran = labelled("check")
        assert ran.code == 1
        assert told in ran.out
        for command in (["stats"], ["export", "--format", "csv"]):
            ran = labelled(*command)
            assert ran.code == 1
            assert told in ran.err
            assert "onrecord check --db FILE --repair" in ran.err
        assert "onrecord check" in labelled("label", "news").err
        ran = labelled("check", "--repair", "repaired.json")
        assert told in ran.out
        assert "2 articles and" in ran.out
        assert labelled("check", "--db", "repaired.json").code == 0

    def test_a_repair_overwrites_nothing(self, labelled: Run, here: Path) -> None:
        (here / "precious.json").write_text("{}", encoding="utf-8")
        assert labelled("check", "--repair", "precious.json").code == 1
        assert (here / "precious.json").read_text(encoding="utf-8") == "{}"


class TestScore:
    @pytest.fixture
    def gold(self, run: Run, here: Path) -> Path:
        """Gold labels of harbour alone: the fake engine's output for it."""
        (here / "gold").mkdir()
        run("extract", "news/harbour.txt", "-o", "gold/harbour.json")
        return here / "gold"

    def test_texts_are_analysed_now_where_they_have_gold(self, run: Run, gold: Path, fake_engine: list[str]) -> None:
        fake_engine.clear()
        ran = run("score", "gold", "news")
        assert ran.code == 0
        assert fake_engine == ["harbour"]
        assert "content hit" in ran.out
        assert "100.0" in ran.out

    @pytest.mark.parametrize("kind", ["records.jsonl", "records.jsonl.gz", "gold", "annotations.json"])
    def test_records_are_taken_as_they_are(self, run: Run, gold: Path, fake_engine: list[str], kind: str) -> None:
        run("extract", "news", "-o", kind) if "jsonl" in kind else run("label", "news")
        fake_engine.clear()
        told = json.loads(run("score", "gold", kind, "--json").out)
        assert fake_engine == []
        assert told["articles"] == 1
        assert told["labels"]["content hit"]["f"] == 100.0

    def test_rows_of_texts_are_analysed(self, run: Run, gold: Path, here: Path, fake_engine: list[str]) -> None:
        text = (here / "news" / "harbour.txt").read_text(encoding="utf-8")
        (here / "rows.jsonl").write_text(json.dumps({"id": "harbour", "text": text}), encoding="utf-8")
        fake_engine.clear()
        assert run("score", "gold", "rows.jsonl").code == 0
        assert fake_engine == ["harbour"]

    def test_another_text_under_the_same_id_is_refused(self, run: Run, gold: Path, here: Path) -> None:
        (here / "news" / "harbour.txt").write_text("Bo denies it\n", encoding="utf-8")
        ran = run("score", "gold", "news")
        assert ran.code == 1
        assert "the text of 'harbour' differs" in ran.err

    @pytest.mark.parametrize("words", [["nowhere", "news"], ["gold", "nowhere"], ["news", "news"]])
    def test_what_cannot_be_scored_is_said(self, run: Run, gold: Path, words: list[str]) -> None:
        ran = run("score", *words)
        assert ran.code == 1
        assert ran.err.startswith("onrecord: ")
        assert ran.out == ""
