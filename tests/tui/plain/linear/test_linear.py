"""The review in lines: the app's letters, one decision saved at a time, plain output."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from annotate.errors import ReadError, SaveError
from annotate.model import Block, Claim, Record, Review
from annotate.spans import Span
from annotate.store import Store
from tests.tui.conftest import StillEngine, harbour
from tests.tui.sitting import answer
from tui.keys.keymap import Keymap, rebound
from tui.plain.linear.interrupts import uninterrupted
from tui.plain.linear.letters import help_lines, understood
from tui.plain.linear.review import LinearReview
from tui.session.engine_process import Answer, Progress
from tui.session.session import Session

SECOND = Record(
    "second", "Rain is likely.", title="Rain is likely", blocks=(Block(0, 15, "body"),), review=Review("suggested")
)


class Scripted:
    """A review whose lines are typed by a test, and all it has printed."""

    def __init__(self, path: Path, *records: Record, keymap: Keymap | None = None, read_only: bool = False) -> None:
        with Store.open(path, by="human:ana") as store:
            store.put_many(records or (harbour(),))
        self.path = path
        self.store = Store.open(path, by="human:ana", read_only=read_only)
        self.engine = StillEngine()
        self.session = Session(self.store, "ana", self.engine)
        self.session.add_stored()
        self.printed: list[str] = []
        self.prompts: list[str] = []
        self.at_prompt: Callable[[], object] = lambda: None
        self._typed: Iterator[str] = iter(())
        self.review = LinearReview(self.session, keymap or Keymap(), self.printed.append, self._ask)

    def type(self, *lines: str, claim: str | None = None) -> str:
        """Open the first article, type some lines, and return everything printed."""
        self._typed = iter(lines)
        found = self.session.load_first()
        assert found is not None
        self.review.run(*found, claim)
        return "\n".join(self.printed)

    def claim(self, claim_id: str, article: str = "harbour") -> Claim:
        """Return a claim as another program finds it now."""
        with Store.open(self.path, read_only=True) as store:
            return store.get(article).claim(claim_id)

    def speaker(self, claim_id: str) -> str | None:
        with Store.open(self.path, read_only=True) as store:
            record = store.get("harbour")
        speaker = record.speaker(record.claim(claim_id).speaker)
        return speaker.name if speaker else None

    def _ask(self, prompt: str) -> str:
        self.prompts.append(prompt)
        self.at_prompt()
        try:
            return next(self._typed)
        except StopIteration:
            raise EOFError from None


Start = Callable[..., Scripted]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Scripted] = []

    def begin(*records: Record, keymap: Keymap | None = None, read_only: bool = False) -> Scripted:
        started.append(Scripted(tmp_path / "annotations.json", *records, keymap=keymap, read_only=read_only))
        return started[-1]

    yield begin
    for one in started:
        one.session.close()


def test_an_article_and_a_claim_are_read_in_order(start: Start) -> None:
    review = start()
    review.type(claim="c2")
    assert review.printed == [
        "Type a letter and press enter; ? lists the letters.",
        "",
        "Article: Harbour bridge to close for a year",
        "Published: 2025-05-12",
        "6 claims, 0 decided",
        "",
        "Claim 2 of 6: suggested, direct",
        "Speaker: Ida Moreno, a person, chief engineer",
        "Cue: said",
        "Words: “The cables are tired,” … “They have carried us for ninety years, and they deserve a rest.”",
        "Date: 2025-05-12 (Monday)",
        "Source: Ida Moreno, the chief engineer",
        "Engine: 87% sure of words and speaker",
    ]
    assert review.prompts == ["2 of 6> "]


def test_every_decision_is_saved_before_the_next_is_asked_for(start: Start) -> None:
    review = start()
    seen: list[tuple[str, ...]] = []
    review.at_prompt = lambda: seen.append(tuple(review.claim(id_).status for id_ in ("c1", "c2", "c3")))
    review.type("a", "x", "p", "z", "u", "U", "q")
    assert seen == [
        ("suggested", "suggested", "suggested"),
        ("accepted", "suggested", "suggested"),
        ("accepted", "rejected", "suggested"),
        ("accepted", "rejected", "suggested"),
        ("accepted", "suggested", "suggested"),
        ("accepted", "rejected", "suggested"),
        ("accepted", "suggested", "suggested"),
    ]
    assert [p.partition(" ")[0] for p in review.prompts] == ["1", "2", "3", "2", "2", "2", "2"]
    assert [line for line in review.printed if line.startswith(("Undone", "Redone", "Acc", "Rej", "Undec"))] == [
        "Accepted.", "Rejected.", "Undecided again.", "Undone: undecide", "Redone: undecide",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        (["n", "j"], 3),
        (["n", "p"], 1),
        (["k"], 1),
        (["G"], 6),
        (["G", "n"], 6),
        (["G", "g"], 1),
        (["4"], 4),
        (["5G"], 5),
        (["7"], 1),
        (["0"], 1),
        (["a", "g", ""], 2),
        (["G", "a", ""], 1),
        (["accept"], 2),
        (["  x  "], 2),
        (["nonsense"], 1),
        (["v"], 1),
    ],
)
def test_lines_go_to_claims(start: Start, typed: Sequence[str], at: int) -> None:
    review = start()
    review.type(*typed)
    assert review.prompts[-1] == f"{at} of 6> "


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [
        (["s", "2"], "Bluewater"),
        (["s 2"], "Bluewater"),
        (["s", "rosa lindqvist"], "Rosa Lindqvist"),
        (["s Nils Aho"], "Nils Aho"),
        (["s", "0"], None),
        (["s", ""], "Ida Moreno"),
        (["s", "40"], "Ida Moreno"),
        (["s"], "Ida Moreno"),
    ],
)
def test_a_speaker_is_set_by_number_or_name(start: Start, typed: Sequence[str], speaker: str | None) -> None:
    review = start()
    said = review.type(*typed)
    assert review.speaker("c1") == speaker
    assert ("2: Bluewater" in said) is (typed[0] == "s")


def test_date_type_and_note_are_checked_and_set(start: Start) -> None:
    review = start()
    said = review.type("d nonsense", "d", "2025-05-10", "t mix", "t", "0", "o to check", "o", "")
    claim = review.claim("c1")
    assert (claim.type, claim.note) == ("mixed", "to check")
    with Store.open(review.path, read_only=True) as store:
        date = store.get("harbour").date_mention(claim.date)
    assert date is not None
    assert date.value == "2025-05-10"
    assert "nonsense cannot be the date: not a date" in said
    assert "0 cannot be the type: direct, indirect or mixed" in said
    assert "Date: 2025-05-10, = 2025-05-10 Sat" in said
    assert any("now 12 May 2025" in prompt or "now Monday" in prompt for prompt in review.prompts)


def test_the_last_decision_makes_the_article_done_and_d_opens_it_again(start: Start) -> None:
    review = start()
    said = review.type("a", "a", "a", "x", "a", "a", "", "D", "D")
    assert said.count("Every claim is decided; the article is done.") == 1
    assert "That was the last claim." in said
    assert said.endswith("Every claim is decided.\nThe article is open again.\nThe article is done.")


def test_the_paragraph_of_a_claim_is_read(start: Start) -> None:
    review = start()
    review.type("c", claim="c2")
    assert review.printed[-1].startswith("“The cables are tired,” said Ida Moreno")
    assert "shopkeepers" not in review.printed[-1]


def test_every_letter_of_the_app_means_here_what_it_means_there(start: Start) -> None:
    keymap, known = Keymap(), start().review._handlers
    letters = [line.partition(": ")[0].split(", ") for line in help_lines(keymap, known)]
    own = {"n", "p", "r", "c", "enter alone", "a number"}
    for letter in {one for some in letters for one in some} - own:
        command = understood(letter, keymap, known)
        found = keymap.find(letter, ("claims", "review", "everywhere"))
        assert command is not None
        assert found is not None
        assert command.action == found.name
    assert {"a", "x", "z", "u", "U", "s", "D", "j", "k", "?", "q", ">", "<", *own} <= {
        o for some in letters for o in some
    }


def test_a_persons_own_keys_hold_here_too(start: Start) -> None:
    actions, problems = rebound({"accept": ["n"], "new_claim": ["Q"], "help": ["%"]})
    assert problems == ()
    review = start(keymap=Keymap(actions))
    said = review.type("n", "a", "%")
    assert review.claim("c1").status == "accepted"
    assert "a is not a command; % lists them." in said
    assert "n: Accept and go on to the next claim" in said
    assert "n: Next claim" not in said


def test_articles_are_opened_in_turn_and_undo_reaches_into_others(start: Start) -> None:
    review = start(harbour(), SECOND)
    said = review.type("a", ">", ">", "n", "u", "<", "<", "u")
    assert "Article 2 of 2: Rain is likely\nPublished: no date\n0 claims, 0 decided" in said
    assert "That was the last article." in said
    assert "Undone: accept, in 1 other article" in said
    assert "That was the first article." in said
    assert said.endswith("Nothing can be undone.")
    assert review.claim("c1").status == "suggested"


def test_an_article_that_cannot_be_read_is_said_and_left_out(start: Start) -> None:
    review = start()
    review.session.add([ReadError("gone.txt does not exist", "check the name")])
    said = review.type(">", "a")
    assert "gone.txt does not exist: check the name" in said
    assert review.claim("c1").status == "accepted"


def test_it_waits_for_the_engine(start: Start) -> None:
    review = start(Record("harbour", harbour().text, title="Harbour"))
    review.session.hear(answer(harbour()))
    said = review.type("a")
    assert said.index("The engine is reading the article.") < said.index("6 claims, 0 decided")
    assert review.claim("c1").status == "accepted"


@pytest.mark.parametrize(
    ("news", "words"),
    [
        (Answer("harbour", None, "it is too long"), "The engine could not read it: it is too long"),
        (Progress("failed", "out of memory"), "The engine failed: out of memory"),
    ],
)
def test_an_engine_that_fails_is_said_and_can_be_started_again(
    start: Start, news: Answer | Progress, words: str
) -> None:
    review = start(Record("harbour", harbour().text, title="Harbour"))
    review.session.hear(news)

    def retry() -> None:
        review.session.hear(Progress("starting"))
        review.session.hear(answer(harbour()))

    review.engine.retry = retry  # type: ignore[method-assign] # as a process would
    said = review.type("a", "R", "a")
    assert words in said
    assert "There is no claim here." in said
    assert review.claim("c1").status == "accepted"


def test_what_cannot_be_saved_is_said_and_leaving_is_asked_twice(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    review = start()

    def full() -> None:
        raise SaveError("annotations.json could not be saved: the disk is full")

    monkeypatch.setattr(review.store, "sync", full)
    said = review.type("a", "q", "n", "q", "q", "x")
    assert "Not saved: annotations.json could not be saved: the disk is full. Onrecord tries again" in said
    assert said.count("Quit once more to lose what is not saved.") == 2
    assert "Rejected." not in said
    monkeypatch.undo()


def test_a_save_file_open_for_reading_only_is_not_changed(start: Start) -> None:
    review = start(read_only=True)
    said = review.type("a", "s 2", "u")
    assert said.count("read") >= 3
    assert "Accepted." not in said
    assert review.claim("c1").status == "suggested"


def test_ctrl_c_waits_for_the_end_of_a_change() -> None:
    steps = []
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012 # the block is the case
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            steps.append("changed")
        steps.append("never")
    assert steps == ["changed"]


def test_a_claim_without_cue_date_or_speaker_says_so(start: Start) -> None:
    text = "\x1b]0;owned\x07No more ferries.\u202e\n"
    claim = Claim("c1", "direct", (Span(0, len(text) - 1),), note="a\x1b[2Jb")
    blocks = (Block(0, 5, "body"),)
    review = start(Record("x\x1b", text, title="T\x1b[31m", blocks=blocks, claims=(claim,), review=Review("suggested")))
    said = review.type()
    assert "Speaker: (no speaker)\nCue: none\nWords: ␛]0;owned␇No more ferries.\ufffd\nDate: none\n" in said
    assert not set("\x1b\x07\u202e") & set(said)
