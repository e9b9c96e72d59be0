"""The port between the screens and the app."""

from __future__ import annotations

from tests.tui.sitting import MakeApp
from tui.screens.host import Host


def test_the_app_has_all_that_screens_need(make_app: MakeApp) -> None:
    host: Host = make_app()  # the type checker compares the signatures
    needed = [*Host.__annotations__, *(name for name in vars(Host) if not name.startswith("_"))]
    assert {"keymap", "ask"} <= set(needed)
    assert [name for name in needed if not hasattr(host, name)] == []
