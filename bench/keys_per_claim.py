"""Count the keys that correcting takes: a wrong source, and a missing claim with its cue and source.

The app is driven headless, at 80×24, over the seed and three samples with gold labels. Each gold claim is once given
the source and speaker of another claim, and once removed; keys are pressed until words and speaker are right. The
label with the fewest words to move afterwards is taken, as a person would. Prints a row for each article.

    python bench/keys_per_claim.py [--verbose]
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

from _gold import ROOT, SHARED, Gold, load  # noqa: E402 # found by the line above
from textual.pilot import Pilot  # noqa: E402

from annotate import edit  # noqa: E402
from annotate.changes import apply  # noqa: E402
from annotate.edges import Side, Step  # noqa: E402
from annotate.edit import Actor, Part  # noqa: E402
from annotate.engine import analyse, units  # noqa: E402
from annotate.model import Claim, Record, Speaker  # noqa: E402
from annotate.read import Article  # noqa: E402
from annotate.spans import WORD, Span, tidied  # noqa: E402
from annotate.store import Store  # noqa: E402
from tui.app import OnrecordApp  # noqa: E402
from tui.session import engine_process as process  # noqa: E402
from tui.session.resume import ResumePoints  # noqa: E402
from tui.session.session import Session  # noqa: E402

SAMPLES = ("budget_leak", "lighthouse_vote", "glass_works")
_MOST = 60
"""Keys after which a claim counts as not corrected."""


class Engine:
    """An engine that finds units in this process, and reads no articles."""

    session: Session

    def start(self, listener: object) -> None:
        """Nothing to start."""

    def ask(self, article: Article, *, first: bool = False) -> None:
        """Nothing to read: the articles are labelled."""

    def ask_units(self, part: process.Part) -> None:
        """Answer at once."""
        self.session.handle(process.UnitsFound(part.id, units(part.text).moved(part.start)))

    def retry(self) -> None:
        """Nothing to restart."""

    def close(self) -> None:
        """Nothing to end."""


@dataclass
class Hands:
    """A person's hands on the keys of the app."""

    pilot: Pilot[int]
    app: OnrecordApp
    pressed: int = 0

    async def press(self, *keys: str) -> None:
        """Press keys, and count them."""
        self.pressed += len(keys)
        await self.pilot.press(*keys)
        await self.pilot.pause()

    @property
    def record(self) -> Record:
        """The open article."""
        record = self.app.session.record
        assert record is not None
        return record

    @property
    def asks(self) -> bool:
        """True while a dialog is open."""
        return len(self.app.screen_stack) > 1

    async def choose(self, letter: str, wanted: Span) -> bool:
        """Choose the label with the fewest words to move to a wanted span; False where none is in view."""
        await self.press("c", letter)
        labels = self.app.get_default_screen().state.labels
        if not labels:
            return False
        await self.press(*min(labels, key=lambda label: distance(self.record.text, label.span, wanted)).text)
        return True

    async def fit(self, claim_id: str, part: Part, wanted: Span) -> bool:
        """Move the edges of the chosen part to those wanted, as far as brackets with a count can."""
        sides: tuple[Side, Side] = ("end", "start")
        for side in sides:
            here = getattr(self.record.claim(claim_id), part)[0]
            bracket = moved(self.record, claim_id, part, side, wanted)
            if bracket is None and getattr(here, side) != getattr(wanted, side):
                return False
            if bracket is not None:
                await self.press(*bracket)
        return bool(getattr(self.record.claim(claim_id), part)[0] == wanted)


def moved(record: Record, claim_id: str, part: Part, side: Side, wanted: Span) -> str | None:
    """Return the keys that move one edge of a span to that of another; None where it is there, or cannot get there."""
    goal = getattr(wanted, side)
    here = getattr(getattr(record.claim(claim_id), part)[0], side)
    step: Step = 1 if goal > here else -1
    bracket = {("end", 1): "]", ("end", -1): "[", ("start", 1): "}", ("start", -1): "{"}[side, step]
    for times in range(1, _MOST):
        change = edit.move_edge(record, claim_id, part, 0, side, step, Actor("human:bench", ""), times)
        if here == goal or change is None:
            return None
        if getattr(getattr(apply(record, change).claim(claim_id), part)[0], side) == goal:
            return bracket if times == 1 else f"{times}{bracket}"
    return None


def distance(text: str, one: Span, other: Span) -> int:
    """Return the number of words between the edges of two spans."""
    edges = (sorted((one.start, other.start)), sorted((one.end, other.end)))
    return sum(len(WORD.findall(text, *edge)) for edge in edges)


def gold_record(gold: Gold, date: str | None) -> Record:
    """Return a gold article as a save file has it, its speakers with the mentions that the engine finds."""
    found = analyse(gold.text, date=date)
    names = {speaker.name: speaker for speaker in found.speakers}
    speakers: dict[str, Speaker] = {}
    claims = []
    for claim in gold.claims:
        name = gold.speakers[claim.id]
        if name is not None and name not in speakers:
            known = names.get(name, Speaker("", name))
            speakers[name] = replace(known, id=f"s{len(speakers) + 1}")
        claims.append(replace(claim, speaker=speakers[name].id if name else None, status="accepted"))
    return replace(found, id=gold.name, claims=tuple(claims), speakers=tuple(speakers.values()))


def whole(claim: Claim) -> bool:
    """Return True if a claim has one content, one cue and one source of its own speaker."""
    return all(len(getattr(claim, part)) == 1 for part in ("content", "cue", "source")) and claim.speaker is not None


def tidy(record: Record, span: Span) -> Span:
    """Return a span as the app makes it."""
    return tidied(record.text, span) or span


async def wrong_source(record: Record, claim: Claim) -> int | None:
    """Give a claim another one's source and speaker; return the keys until both are right again."""
    other = next((o for o in record.claims if o.speaker != claim.speaker and len(o.source) == 1), None)
    if other is None:
        return None
    wrong = replace(claim, source=other.source, speaker=other.speaker)
    claims = tuple(wrong if each.id == claim.id else each for each in record.claims)
    async with at_claim(replace(record, claims=claims), claim.id) as hands:
        if not await hands.choose("s", claim.source[0]):
            return None
        while hands.asks:
            await hands.press("enter")
        if not await hands.fit(claim.id, "source", tidy(record, claim.source[0])):
            return None
        if hands.record.claim(claim.id).speaker != claim.speaker:
            name = record.speaker(claim.speaker)
            assert name is not None
            await hands.press("s", *keys_of(name.name), "enter")
        right = hands.record.speaker(hands.record.claim(claim.id).speaker)
        return hands.pressed if right is not None and right.id == claim.speaker else None


async def missing(record: Record, claim: Claim) -> int | None:
    """Remove a claim; return the keys until it is there again with content, cue and source."""
    claims = tuple(each for each in record.claims if each.id != claim.id)
    before = max((c for c in claims if c.start <= claim.start), key=lambda c: c.start, default=claims[0])
    async with at_claim(replace(record, claims=claims), before.id) as hands:
        for _ in range(6):
            if hands.app.get_default_screen().article.is_in_view(claim.start):
                break
            await hands.press("pagedown" if hands.pressed else "tab")
        if not await hands.choose("n", claim.content[0]):
            return None
        while hands.asks:
            await hands.press("enter")
        made = hands.record.claims[-1].id
        parts: tuple[tuple[str, Part], ...] = (("c", "content"), ("r", "cue"), ("s", "source"))
        for letter, part in parts:
            wanted = tidy(record, getattr(claim, part)[0])
            if getattr(hands.record.claim(made), part) == (wanted,):
                continue
            if part != "content" and not await hands.choose(letter, wanted):
                return None
            while hands.asks:
                await hands.press("enter")
            if not await hands.fit(made, part, wanted):
                return None
        return hands.pressed


def keys_of(name: str) -> Iterator[str]:
    """Yield the keys that type a name."""
    return ("space" if letter == " " else letter for letter in name)


@asynccontextmanager
async def at_claim(record: Record, claim_id: str) -> AsyncIterator[Hands]:
    """Yield hands on the app with an article open at a claim."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "a.json", by="human:bench")
        store.put(record)
        engine = Engine()
        session = engine.session = Session(store, "bench", engine)
        session.add_stored()
        places = ResumePoints(Path(folder) / "places")
        places.welcomed()
        app = OnrecordApp(session, None, places)
        async with app.run_test(size=(80, 24)) as pilot:
            review = app.get_default_screen()
            review.go_to(claim_id)
            await pilot.pause(0.3)  # the units are asked for in a pause
            yield Hands(pilot, app)
        store.close()


def row(name: str, counts: Sequence[int | None], goal: int) -> str:
    """Return a line of figures."""
    done = [count for count in counts if count is not None]
    if not done:
        return f"{name:<34} none"
    within = sum(count <= goal for count in done)
    return (
        f"{name:<34} median {statistics.median(done):4.1f}  mean {statistics.mean(done):5.1f}  most {max(done):3}  "
        f"within {goal}: {within}/{len(counts)}  not corrected: {len(counts) - len(done)}"
    )


async def main(*, verbose: bool) -> None:
    """Print the rows; if verbose, also the keys of each claim."""
    paths = [ROOT / "sample_articles" / "gold" / f"{name}.json" for name in SAMPLES]
    if (SHARED / "seed" / "gold.json").exists():
        paths.insert(0, SHARED / "seed" / "gold.json")
    sources: list[int | None] = []
    claims: list[int | None] = []
    for path in paths:
        record = gold_record(load(path), None)
        some = [claim for claim in record.claims if whole(claim)]
        source = [await wrong_source(record, claim) for claim in some]
        claim_keys = [await missing(record, claim) for claim in some]
        for claim, *keys in zip(some, source, claim_keys, strict=True):
            if verbose:
                print(keys, " · ".join(record.words(getattr(claim, p)) for p in ("source", "cue", "content")))
        print(row(f"{record.id}: wrong source", source, 4))
        print(row(f"{record.id}: missing claim", claim_keys, 8))
        sources += source
        claims += claim_keys
    print(row("all: wrong source", sources, 4))
    print(row("all: missing claim", claims, 8))


if __name__ == "__main__":
    asyncio.run(main(verbose="--verbose" in sys.argv))
