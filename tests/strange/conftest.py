from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

DRIVER = Path(__file__).with_name("driver.py")
PATIENCE = 20
"""Seconds, of which a request needs hundredths: what waits for a pipe waits for ever."""


class Said(NamedTuple):
    """A command's output and exit code."""

    code: int
    out: str
    err: str


class Apart:
    """Runs commands in another process; one that hangs is killed, and the test fails."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._process: subprocess.Popen[str] | None = None

    def run(self, *argv: object, cwd: Path, **request: Any) -> Said:
        """Run a command."""
        return self.ask({"argv": [str(word) for word in argv], "cwd": str(cwd), **request})

    def ask(self, request: dict[str, Any]) -> Said:
        """Have the driver do something."""
        process = self._process or self._started()
        assert process.stdin
        assert process.stdout
        print(json.dumps(request), file=process.stdin, flush=True)
        if not select.select([process.stdout], [], [], PATIENCE)[0]:
            self.stop()
            pytest.fail(f"still waiting after {PATIENCE} s: {request}")
        answer = json.loads(process.stdout.readline())
        assert not answer["raised"], answer["raised"]
        return Said(answer["code"], answer["out"], answer["err"])

    def stop(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[str]:
        names = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
        env = {**os.environ, **dict.fromkeys(names, str(self.home)), "ONRECORD_USER": ""}
        env["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        env.pop("ONRECORD_DB", None)
        command = [sys.executable, str(DRIVER)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
        return self._process


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    """A process to run commands in, with a home of its own."""
    if os.name == "nt":
        pytest.skip("answers of another process cannot be waited for here")
    made = Apart(tmp_path_factory.mktemp("home"))
    yield made
    made.stop()
