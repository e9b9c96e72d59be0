"""For every test: no person's configuration, state, name or save file is touched; and records of all shapes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from annotate.model import (
    BLOCK_KINDS,
    CLAIM_TYPES,
    DATE_TYPES,
    QUOTE_KINDS,
    REVIEW_STATES,
    SPEAKER_KINDS,
    STATUSES,
    Block,
    Claim,
    DateMention,
    Quote,
    Record,
    Review,
    Speaker,
)
from annotate.spans import Span

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in ("ONRECORD_DB", "SSH_CONNECTION", "SSH_TTY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ONRECORD_USER", "ana")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data and scorers that some tests compare with; skips where it is not there."""
    folder = Path(os.environ.get("ONRECORD_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder}: set ONRECORD_SHARED to run this test")
    return folder


_WORDS = [
    "Ana",
    "said",
    "“we",
    "go”",
    "😀",
    "cafe\u0301",
    "rain",
    "that",
    "the",
    "mayor",
    "東京",
    "\n\n",
    "don't",
    '"',
    "\\",
]
_ORIGINS = st.sampled_from(["engine:1", "engine:2", "human:Ada"])
_EXTRA = st.dictionaries(
    st.sampled_from(["x_one", "x_two"]), st.sampled_from([1, None, "é", [1, {"a": True}]]), max_size=1
)
_NAMES = st.sampled_from(["Ana Li", "the mayor", "Bo Ra", "東京"])


@st.composite
def _records(draw: st.DrawFn) -> Record:
    text = " ".join(draw(st.lists(st.sampled_from(_WORDS), min_size=3, max_size=30)))
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)).map(
        lambda pair: Span(pair[0], min(pair[0] + pair[1], len(text)))
    )
    spans = st.lists(span, max_size=2).map(tuple)
    speakers = tuple(
        Speaker(
            f"s{i}", name, draw(st.sampled_from(SPEAKER_KINDS)), draw(st.none() | _NAMES), draw(spans), draw(_EXTRA)
        )
        for i, name in enumerate(draw(st.lists(_NAMES, unique=True, max_size=3)), 1)
    )
    dates = tuple(
        DateMention(
            f"d{i}", place and place.start, place and place.end, draw(st.sampled_from(DATE_TYPES)),
            draw(st.none() | st.just("2031-05")), mod=draw(st.none() | st.just("START")),
            status=draw(st.sampled_from(STATUSES)), origin=draw(_ORIGINS), extra=draw(_EXTRA),
        )
        for i, place in enumerate(draw(st.lists(st.none() | span, max_size=3)), 1)
    )  # fmt: skip
    claim = st.builds(
        Claim, id=st.just("c"), type=st.sampled_from(CLAIM_TYPES),
        content=st.lists(span, min_size=1, max_size=2).map(tuple),
        cue=spans, source=spans, addressee=spans, negated=st.booleans(), hedged=st.booleans(),
        speaker=st.sampled_from([None, *(s.id for s in speakers)]),
        date=st.sampled_from([None, *(d.id for d in dates)]),
        confidence=st.none() | st.floats(0, 1), checkworthy=st.none(), status=st.sampled_from(STATUSES),
        decided_by=st.none() | _ORIGINS, origin=_ORIGINS, edited=st.sampled_from([(), (), ("note",)]),
        deleted=st.booleans(), note=st.sampled_from(["", "see “p. 3”\n"]), tags=st.sampled_from([(), ("a", "b")]),
        updated=st.none(), extra=_EXTRA,
    )  # fmt: skip
    claims: Any = enumerate(draw(st.lists(claim, max_size=5)), 1)
    return Record(
        draw(st.sampled_from(["a", "b~2", "x/é"])), text, path=draw(st.none() | st.just("a.txt")), url=None,
        title=draw(st.none() | st.just("Rain")), date=draw(st.none() | st.just("2031-05-02")),
        blocks=(Block(0, len(text), draw(st.sampled_from(BLOCK_KINDS)), draw(_EXTRA)),),
        quotes=tuple(Quote(*s, draw(st.sampled_from(QUOTE_KINDS)), draw(_EXTRA)) for s in draw(spans)),
        dates=dates, speakers=speakers,
        claims=tuple(Claim(**{**vars(c), "id": f"c{i}"}) for i, c in claims),
        review=Review(draw(st.sampled_from(REVIEW_STATES)), draw(st.none() | _ORIGINS), None, draw(_EXTRA)),
        extra=draw(_EXTRA),
    )  # fmt: skip


@pytest.fixture(scope="session")
def records() -> st.SearchStrategy[Record]:
    """Return a strategy that makes sound records of all shapes, unknown keys included."""
    return _records()
