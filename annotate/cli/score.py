"""`onrecord score`: score claims, speakers and dates against gold labels."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotate import bulk
from annotate.cli import arguments, engine, sources
from annotate.cli.terminal import Terminal
from annotate.errors import Exit, OnrecordError, ReadError
from annotate.model import Record
from annotate.read import Article, read_all

if TYPE_CHECKING:
    from annotate.agreement import Scores

USAGE = "GOLD PRED [--json]"
EXAMPLES = ("onrecord score sample_articles/gold sample_articles", "onrecord score gold.jsonl annotations.json --json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "gold", type=Path, metavar="GOLD", help="gold labels: a folder of JSON records, a JSONL file or a save file"
    )
    parser.add_argument(
        "pred", type=Path, metavar="PRED", help="predictions: texts (analysed now), a JSONL file or a save file"
    )
    arguments.add_follow_links(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> Exit:
    """Score the predictions against the gold labels."""
    for path in (options.gold, options.pred):
        if not path.exists():
            raise ReadError(f"{path} does not exist", "check the name")
    scores = score(options.gold, options.pred, options.engine, terminal, follow_links=options.follow_links)
    terminal.result(scores.to_dict(), scores.table())
    return terminal.exit_code()


def score(
    gold_path: Path, predicted_path: Path, engine_name: str, terminal: Terminal, *, follow_links: bool = False
) -> Scores:
    """Join records by id and measure one side against the other.

    An article without gold labels is left out; one without a prediction counts as one in which nothing was found.

    Raises:
        ReadError: there is nothing to compare.
    """
    from annotate import agreement

    gold = {record.id: record for record in sources.records(gold_path, terminal, follow_links=follow_links)}
    if not gold:
        raise ReadError(
            f"{gold_path} holds no gold labels", "name a folder of JSON records, a JSONL file or a save file"
        )
    predicted: dict[str, Record] = {}
    for record in _predicted(predicted_path, gold, engine_name, terminal, follow_links=follow_links):
        if record.text == gold[record.id].text:
            predicted[record.id] = record
        else:
            terminal.problem(
                ReadError(
                    f"the text of {record.id!r} differs from the text its gold labels were made for",
                    "score predictions for the labelled text",
                )
            )
    if not predicted:
        raise ReadError(f"no article of {predicted_path} has labels in {gold_path}", "articles are matched by id")
    return agreement.score(gold.values(), predicted.values())


def _dated(article: Article | ReadError, gold: dict[str, Record]) -> Article | ReadError:
    """Return an article with the gold record's publication date if it has none: dates are resolved from it."""
    if isinstance(article, ReadError):
        return article
    return replace(article, date=article.date or gold[article.id].date)


def _predicted(
    path: Path, gold: dict[str, Record], name: str, terminal: Terminal, *, follow_links: bool
) -> Iterator[Record]:
    if sources.holds_records(path):
        found = sources.records(path, terminal, follow_links=follow_links)
        yield from (record for record in found if record.id in gold)
        return
    analyse = engine.analyse(None, name)
    read = read_all([str(path)], follow_links=follow_links)
    articles = (_dated(a, gold) for a in read if isinstance(a, OnrecordError) or a.id in gold)
    with terminal.progress(len(gold)) as advance:
        for item in bulk.analyse_each(articles, analyse):
            if isinstance(item, OnrecordError):
                terminal.problem(item)
            else:
                advance(item.id)
                yield item
