"""Run requests of tests in a process of its own, which may hang without the tests hanging with it.

A request is a line of JSON: {"argv": […]} for a command, {"call": name, "path": …} for something else that opens files.
The answer is a line too: what came out, and what was raised that nobody should see.
"""

from __future__ import annotations

import errno
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import orjson

from annotate.cli import engine
from annotate.errors import OnrecordError
from annotate.model import Record
from annotate.read import Article
from annotate.store.disk import lock
from tui.main import main


def analysed(articles: Iterable[Article]) -> Iterator[Record]:
    for article in articles:
        yield Record(id=article.id, text=article.text, path=article.path)


def places(path: Path) -> None:
    from tui.session.resume import ResumePoint, ResumePoints

    found = ResumePoints(path)
    found.put(path / "annotations.json", ResumePoint("a", "c1"))


def model(path: Path) -> None:
    from annotate.tagger.model import Model, fingerprint

    fingerprint(path)
    Model.load(path)


def tinydb(path: Path) -> None:
    from tinydb import TinyDB

    from annotate.store import LoggedJSONStorage

    try:
        with TinyDB(path, storage=LoggedJSONStorage) as db:
            db.insert({"note": "Fees rose."})
    except orjson.JSONDecodeError as error:
        raise OnrecordError(str(error)) from None


CALLS: dict[str, Callable[[Path], None]] = {"places": places, "model": model, "tinydb": tinydb}


def no_locks(_: int) -> None:
    raise OSError(errno.ENOTSUP, "not supported")


def answer(request: dict[str, Any]) -> dict[str, Any]:
    os.chdir(request["cwd"])
    said = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(stream, encoding="utf-8") for stream in said)
    code, raised = 0, ""
    with ExitStack() as stack:
        given = stack.enter_context(Path(request.get("stdin") or os.devnull).open(encoding="utf-8"))
        stack.enter_context(patch.multiple(sys, stdin=given, stdout=out, stderr=err))
        if request.get("no_locks"):
            stack.enter_context(patch.object(lock, "_take", no_locks))
        try:
            if "argv" in request:
                code = main(request["argv"])
            else:
                CALLS[request["call"]](Path(request["path"]))
        except OnrecordError as error:
            code = 1
            err.write(str(error))
        except BaseException:  # noqa: BLE001 # whatever it is, the test is told
            raised = traceback.format_exc()
        out.flush()
        err.flush()
    return {"code": code, "out": said[0].getvalue().decode(), "err": said[1].getvalue().decode(), "raised": raised}


def serve() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with patch.multiple(engine, analyse=lambda *_args: analysed, version=lambda _name: "engine:fake-1"):
        for line in sys.stdin:
            answers.write(json.dumps(answer(json.loads(line))) + "\n")
            answers.flush()


if __name__ == "__main__":
    serve()
