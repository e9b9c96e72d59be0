"""Read articles from files, folders, globs and standard input.

>>> from annotate.read import read_all
>>> for article in read_all(["articles", "more/*.html", "-"]):
...     print(article.id if isinstance(article, Article) else article)
"""

from __future__ import annotations

from annotate.read.article import Article
from annotate.read.decode import garbled
from annotate.read.paths import ARTICLE_SUFFIXES, Source, expand
from annotate.read.reader import read, read_all, read_each

__all__ = ["ARTICLE_SUFFIXES", "Article", "Source", "expand", "garbled", "read", "read_all", "read_each"]
