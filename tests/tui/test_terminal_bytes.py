"""Whatever a record, a name or the config says: the terminal gets letters, and the app's own orders."""

from __future__ import annotations

import ast
import base64
import re
from dataclasses import replace
from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Static

import tui
from annotate.errors import ModelError
from annotate.model import Claim
from annotate.store import Store
from tests.hostile import EVIL, MARK, obeyed, poisoned
from tests.pseudo import PseudoTerminal
from tests.tui.sitting import MakeApp
from tui.wording.claim_rows import ClaimRow, unfolded

OWN = re.compile(
    r"\x1b\[[\d;]*m"  # colours
    r"|\x1b\[\d+;\d+H"  # places
    r"|\x1b\[\?(?:25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048|7)[hl]"  # modes
    r"|\x1b\[\?(?:2026|2048)\$p"  # and questions about them
    r"|\x1b\[(?:>\d+|<)u"  # keys in full
    r"|\x1b\]22;[a-z-]+\x07"  # the mouse's shape
    r"|\x1b\]52;c;(?P<copied>[A-Za-z0-9+/=]+)\x07"  # what was copied
    r"|\x07"  # the bell
    r"|\r\n"
)
"""All that the app itself orders the terminal."""

BACK = ("escape", "escape", "escape")
WALK: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), "Six keys are enough"),
    (("j", "j"), "or maybe"),
    (("k",), "no longer in the text"),
    (("?",), "Keys that work here"),
    (("end",), "Signs in the claim list"),
    ((*BACK, ":"), "Search for commands"),
    ((*BACK, "s"), "letters filter"),
    ((*BACK, "S"), "Rename"),
    ((*BACK, "d"), "letters filter"),
    ((*BACK, "o"), "Note"),
    ((*BACK, "e"), "Claim 1"),
    ((*BACK, "f"), "Show claims"),
    ((*BACK, "h"), "Highlight"),
    ((*BACK, "Y"), "Copy"),
    ((*BACK, ".", "="), "letters filter"),
    ((*BACK, "@"), "Publication date"),
    ((*BACK, "/"), "find "),
    ((*BACK, "v"), "selecting"),
    ((*BACK, "y"), "copied"),
    ((*BACK, "O"), "least sure first"),
    ((*BACK, "L"), "Articles"),
    (("/", "a"), "articles with"),
    ((*BACK, "W"), "Speakers"),
    (("/", "n"), "speakers with"),
    ((*BACK, "W", "M"), "in one article only"),
    ((*BACK, "W", "S"), "Rename"),
    ((*BACK, "W", "f"), "organisation"),
    ((*BACK, "W", "m"), "Merge"),
)
"""Keys that lead to every screen, dialog and mode, each with words by which it is known."""


def foreign(written: bytes) -> set[str]:
    """Return what the terminal was sent that it obeys and that is not the app's own."""
    text = written.decode()
    copied = (base64.b64decode(found["copied"]).decode() for found in OWN.finditer(text) if found["copied"])
    return obeyed(OWN.sub("", text)) | {code for words in copied for code in obeyed(words)}


def settings(folder: Path) -> dict[str, str]:
    places = {f"XDG_{name}_HOME": str(folder / name) for name in ("STATE", "CONFIG", "CACHE", "DATA")}
    return {**places, "ONRECORD_USER": f"user{EVIL}", "PYTHONPATH": str(Path(__file__).parents[2])}


def evil_config(folder: Path) -> None:
    quoted = "".join(f"\\U{ord(character):08x}" for character in EVIL)
    (folder / "CONFIG" / "onrecord").mkdir(parents=True)
    (folder / "CONFIG" / "onrecord" / "config.toml").write_text(
        f'theme = "{quoted}"\n[keys]\naccept = ["{quoted}", "a"]\n"{quoted}" = "{quoted}"\n', encoding="utf-8"
    )


@pytest.fixture
def evil_name() -> str:
    return EVIL.replace("/", "")[:80]


def test_no_screen_sends_the_terminal_an_order_of_others(tmp_path: Path, evil_name: str) -> None:
    """All screens, over a save file and settings in which every string is a control sequence."""
    evil_config(tmp_path)
    db = tmp_path / f"{evil_name}.json"
    with Store.open(db) as store:
        store.put(poisoned())
    app = PseudoTerminal(["--db", str(db), "--engine", "rules"], tmp_path, settings(tmp_path))
    for keys, words in WALK:
        app.press(*keys, shows=words)
    app.press(*BACK, "q", shows="\x1b[?1049l")
    code = app.end()
    assert code == 0, bytes(app.written[-3000:])
    assert foreign(bytes(app.written)) == set()
    shown = OWN.sub("", app.written.decode())
    assert {"title", "name", "description", "rival", "value", "lost"} <= set(re.findall(r"([a-z]+)␛\]52", shown))
    assert "[red]" in shown  # markup is letters


def test_what_cannot_be_opened_is_told_in_letters(tmp_path: Path, evil_name: str) -> None:
    evil_config(tmp_path)
    (tmp_path / f"{evil_name}.jsonl").write_text(poisoned().to_json(), encoding="utf-8")
    (tmp_path / f"{evil_name}.txt").write_bytes(b"\x00\xff" * 100)
    words = [f"{evil_name}.jsonl", f"{evil_name}.txt", f"no{evil_name}", "--engine", EVIL, "--date", EVIL]
    for given in (words[:3], words[:5], [*words[:3], *words[5:]], [EVIL]):
        app = PseudoTerminal(given, tmp_path, settings(tmp_path))
        if given == words[:3]:
            app.press("j", "L", shows="Articles")
            app.press("q", shows="\x1b[?1049l")
        assert (app.end() == 0) == (given == words[:3])
        assert foreign(bytes(app.written)) == set()
        assert MARK in OWN.sub("", app.written.decode())


class Forgetful(Static):
    """A widget that hands foreign text on."""


async def test_the_gate_lets_nothing_through_that_a_widget_forgets(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(400, 30)) as pilot:
        widget = Forgetful(Content(EVIL), markup=False)
        await app.screen.mount(widget)
        app.screen.query_one("Pane").border_title = Content(f"title{EVIL}")
        await pilot.pause()
        lines = [segment.text for row in app.screen._compositor.render_strips() for segment in row]
        drawn = "".join(lines)
        assert MARK in drawn
        assert obeyed(drawn) == set()


def test_fields_named_as_corrected_are_names_of_fields() -> None:
    claim = poisoned().claims[0].to_dict()
    for name in Claim.schema.keys() - {"id", "edited"}:
        assert Claim.from_dict(claim | {"edited": [name]}).edited == (name,)
    for wrong in (EVIL, f"content{EVIL}", "id", "", ["content"], None):
        with pytest.raises(ModelError, match=r"claim\.edited\[0\]"):
            Claim.from_dict(claim | {"edited": [wrong]}, "claim")


def test_the_unfolded_claim_shows_its_every_string_as_letters() -> None:
    """Also where a claim comes past the codec."""
    record = poisoned()
    claim = replace(record.claims[0], edited=(f"edited{EVIL}",), note=EVIL, tags=(EVIL,))
    row = ClaimRow(1, claim, None, None, record.text)
    words = "".join(piece.words for line in unfolded(row, 60, 2) for piece in line)
    assert "edited␛" in words
    assert obeyed(words) == set()


READS_MARKUP = ("Static", "OptionList", "Button", "notify")


def test_no_widget_reads_markup_of_a_string() -> None:
    """`Content` has no markup; strings may hold other people's."""
    root = Path(tui.__file__).parent
    calls = [
        (path.name, node.lineno, node)
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in READS_MARKUP
    ]
    assert len(calls) > 5
    for name, line, call in calls:
        plain = any(word.arg == "markup" and ast.unparse(word.value) == "False" for word in call.keywords)
        content = call.args and ast.unparse(call.args[0]).startswith(("Content", "_table"))
        assert plain or content, (name, line)


def test_titles_of_panes_are_content() -> None:
    """A title that is a string is read as markup."""
    for path in Path(tui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith(
                ("border_title", "border_subtitle")
            ):
                value = ast.unparse(node.value)
                assert value == "title" or value.startswith(("titled(", "Content(")), (path.name, node.lineno)
