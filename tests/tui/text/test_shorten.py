"""Words and paths cut to the cells there are."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui.text.shorten import shortened, shortened_path


@pytest.mark.parametrize(
    ("path", "cells", "shown"),
    [
        ("rain.txt", 20, "rain.txt"),
        ("news/rain.txt", 20, "rain.txt  news"),
        ("a/long/way/down/march/rain.txt", 24, "rain.txt  …/down/march"),
        ("a/long/way/down/march/rain.txt", 17, "rain.txt  …/march"),
        ("a/long/way/down/march/rain.txt", 16, "rain.txt"),
        ("/press/rain.txt", 40, "rain.txt  /press"),
        ("news/a-long-name-of-a-file.txt", 10, "a-long-na…"),
        ("東京/大阪/rain.txt", 16, "rain.txt  …/大阪"),
        ("news/rain.txt", 0, ""),
    ],
)
def test_of_a_path_the_name_comes_first_and_the_end_of_the_folder_stays(path: str, cells: int, shown: str) -> None:
    assert shortened_path(path, cells) == shown
    assert cell_len(shown) <= cells


def test_words_lose_their_end() -> None:
    assert shortened("rain is likely", 8) == "rain is…"
    assert shortened("rain", 8) == "rain"
