"""Web pages of a few lines keep their paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.read import expand, read_each
from annotate.read.article import Article

PAGE = "<html><head><title>Pier</title></head><body>{}</body></html>"


def text_of(folder: Path, body: str) -> str:
    (folder / "page.html").write_text(PAGE.format(body), encoding="utf-8")
    (article,) = read_each(expand([str(folder / "page.html")]))
    assert isinstance(article, Article)
    return article.text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<div>The pier is shut.</div><div>“We wait,” said Ada.</div>", "The pier is shut.\n\n“We wait,” said Ada."),
        ("<h1>Pier</h1><p>It is shut.<p>“We wait,” said Ada.", "Pier\n\nIt is shut.\n\n“We wait,” said Ada."),
        ("It is shut.<br><br>“We wait.”<br>Rain fell.", "It is shut.\n\n“We wait.”\nRain fell."),
        ("<ul><li>One\n  line.</li><li>Two.</li></ul>", "One line.\n\nTwo."),
        ("<nav>Home</nav><p>It is <b>shut</b>, <i>they</i> say.</p><footer>©</footer>", "It is shut, they say."),
        ("<p>It is shut.</p><!-- no --><script>x()</script><p>Rain.</p>", "It is shut.\n\nRain."),
        ("<table><tr><td>A</td><td>B</td></tr></table><p>After.</p>", "A B\n\nAfter."),
    ],
)
def test_a_short_page_keeps_its_paragraphs(tmp_path: Path, body: str, text: str) -> None:
    assert text_of(tmp_path, body) == text


def test_the_menus_of_a_long_page_stay_out_of_a_short_article(tmp_path: Path) -> None:
    menu = "".join(f"<li><a href='/{n}'>Section number {n} of this site</a></li>" for n in range(60))
    said = "".join(f"<p>The pier number {n} is shut, the mayor said on Monday.</p>" for n in range(5))
    text = text_of(tmp_path, f"<div class='sidebar menu'><ul>{menu}</ul></div><article>{said}</article>")
    assert len(text) < 300
    assert "Section number 30" not in text
    assert "The pier number 4 is shut" in text
