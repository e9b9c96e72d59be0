"""The documentation of commands is made from their --help, and that of formats names them all.

After a change that is meant: `ONRECORD_WRITE_GOLDEN=1 pytest tests/cli/test_docs.py`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from annotate import config
from annotate.cli import COMMANDS, overview, parser
from annotate.formats import FORMATS
from annotate.formats.csv_table import COLUMNS
from tui.main import keys_parser
from tui.plain.doctor.command import parser as doctor_parser

DOCS = Path(__file__).parents[2] / "docs"
START = "<!-- what follows is made from --help; tests/cli/test_docs.py writes it -->\n"
OF_THE_APP = {"keys": keys_parser(), "doctor": doctor_parser()}
COMMON = re.compile(r"options of every command:\n(.*?)\n\n", re.DOTALL)


def reference() -> str:
    """The help of all commands as Markdown, with the common options once."""
    common = COMMON.search(parser("extract").format_help())
    assert common is not None
    parts = [
        f"## onrecord\n\n```text\n{overview()}```\n",
        f"## Options of every command\n\n```text\n{common[1]}\n```\n",
    ]
    parts += [f"## onrecord {name}\n\n```text\n{COMMON.sub('', parser(name).format_help())}```\n" for name in COMMANDS]
    parts += [
        f"## onrecord {name}\n\n```text\n{COMMON.sub('', made.format_help())}```\n" for name, made in OF_THE_APP.items()
    ]
    return "\n".join(parts)


def test_the_reference_of_commands_is_their_help() -> None:
    path = DOCS / "commands.md"
    written = path.read_text(encoding="utf-8")
    head, mark, body = written.partition(START)
    assert mark
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        body = "\n" + reference()
        path.write_text(head + mark + body, encoding="utf-8")
    assert body == "\n" + reference()


def test_the_settings_shown_can_be_loaded(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(.*?)```", (DOCS / "commands.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    path = tmp_path / "config.toml"
    path.write_text(block[1], encoding="utf-8")
    keys = {"accept": ("y",), "next_claim": ("j", "down")}
    assert config.load(path) == config.Config("Ana Li", "nord", keys, tmp_path / "house.md")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_documented(name: str) -> None:
    assert f"\n## {name}\n" in (DOCS / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_documented(column: str) -> None:
    assert f"`{column}`" in (DOCS / "formats.md").read_text(encoding="utf-8")
