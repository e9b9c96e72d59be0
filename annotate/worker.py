"""The engine as a separate process: `python -m annotate.worker [rules|learned|MODEL]`.

It loads the model at once. Standard input, a line each: an article, {"id", "text", "date", "title", "url", "path"}.
Standard output, a line each: {"state": "ready", "engine": …} once, then per article {"id", "error", "hint"}, or
{"id", "label": {"title", "date", "state", "claims", "doubt"}}, the last two the number of claims and the uncertainty
(see `annotate.uncertainty`), and the record on the line after it,
which need not be decoded until needed. A line {"id", "units", "start"}, a part of an article and its offset there, is
answered with {"id", "units"} (see `annotate.units`). It ends with its input. The lines are JSON in UTF-8.
"""

from __future__ import annotations

import os
import sys
from typing import Any, BinaryIO

import orjson

from annotate.errors import Exit, OnrecordError
from annotate.uncertainty import uncertainty

_NICENESS = 19
"""Nice value of the engine's process: the app, on the same cores, comes first."""
_ARGUMENTS = ("id", "date", "title", "url", "path")


def main() -> int:
    """Serve until the input ends."""
    out = _claim_stdout()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    from annotate import engine

    name = next(iter(sys.argv[1:]), engine.DEFAULT)
    try:
        engine.analyse("Ready.", engine=name)  # loads the model
    except OnrecordError as error:
        print(error, file=sys.stderr)  # noqa: T201 # the app shows the last line as the reason
        return Exit.FAILED
    _send(out, {"state": "ready", "engine": engine.version(name)})
    for line in sys.stdin.buffer:
        request = orjson.loads(line)
        for message in _answers(request, name):
            _send(out, message)
    return Exit.OK


def _answers(request: dict[str, Any], engine: str) -> list[dict[str, Any]]:
    from annotate.engine import analyse, units

    try:
        if "units" in request:
            return [{"id": request["id"], "units": units(request["units"]).moved(request["start"]).to_dict()}]
        named: dict[str, Any] = {name: request.get(name) for name in _ARGUMENTS}
        record = analyse(request["text"], **named, engine=engine)
    except OnrecordError as error:
        return [{"id": request["id"], "error": error.message, "hint": error.hint}]
    except MemoryError:
        return [{"id": request["id"], "error": "there is not enough memory for it", "hint": "close other programs"}]
    except Exception as error:  # noqa: BLE001 # one article's failure must not end the process: it is reported
        what = f"{type(error).__name__}: {error}"
        return [{"id": request["id"], "error": what, "hint": "please report the article"}]
    label = {
        "title": record.title,
        "date": record.date,
        "state": record.review.state,
        "claims": len(record.claims),
        "doubt": sum(uncertainty(claim) for claim in record.claims),
    }
    return [{"id": request["id"], "label": label}, record.to_dict()]


def _claim_stdout() -> BinaryIO:
    """Reserve standard output for answers: anything a library prints goes to standard error."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return out


def _send(out: BinaryIO, message: dict[str, Any]) -> None:
    out.write(orjson.dumps(message) + b"\n")
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
