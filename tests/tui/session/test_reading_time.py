from __future__ import annotations

import pytest

from tui.session.reading_time import ReadingTime
from tui.wording.durations import about


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_speed_of_one_article_tells_the_time_for_the_next() -> None:
    clock = Clock()
    time = ReadingTime(clock)
    time.begin(10_000)
    clock.now += 10
    time.end(read=True)
    time.begin(40_000)
    estimates = []
    for passed in (0, 10, 100):  # at last slower than expected: it is never called read
        clock.now += passed
        estimates.append(time.estimate)
    assert estimates == [(0, 40, 40), (0.25, 30, 40), (0.99, pytest.approx(0.4), 40)]


def test_while_nothing_is_read_there_is_no_estimate() -> None:
    time = ReadingTime(Clock())
    assert time.estimate is None
    time.begin(10_000)
    time.end(read=True)
    assert time.estimate is None


@pytest.mark.parametrize(("length", "read"), [(100, True), (10_000, False)])
def test_a_short_article_and_a_failure_tell_nothing(length: int, *, read: bool) -> None:
    clock = Clock()
    time = ReadingTime(clock)
    time.begin(60_000)
    first = time.estimate
    time.end(read=False)
    time.begin(length)
    clock.now += 1_000
    time.end(read=read)
    time.begin(60_000)
    assert time.estimate == first


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a few seconds"), (4.9, "a few seconds"), (11, "about 10 seconds"), (18, "about 20 seconds"),
        (33, "about 30 seconds"), (57, "about 1 minute"), (80, "about 1 minute"), (170, "about 3 minutes"),
    ],
)  # fmt: skip
def test_a_duration_is_as_exact_as_an_estimate(seconds: float, words: str) -> None:
    assert about(seconds) == words
