"""A trained model loaded from its folder: the network in onnxruntime, its tokenizer and window layout."""

from __future__ import annotations

import hashlib
import os
import shlex
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import orjson

from annotate.errors import EngineError
from annotate.safe_files import read_bytes, require_regular
from annotate.tagger.inference import Forward, Layout, TaggerOutput, read
from annotate.tagger.outputs import FORMAT
from annotate.tagger.words import Cutter

NETWORK, TOKENIZER, CONFIG = "tagger.onnx", "tokenizer.json", "config.json"
INPUTS, OUTPUTS = ("pieces", "shapes"), ("tags", "links")
"""Names of the network's inputs and outputs."""

_ERRORS = 3
"""Log level of onnxruntime that logs errors only."""

Text = tuple[str, Iterable[int]]
"""A text and the offsets at which its paragraphs begin."""


def shipped() -> Path:
    """Return the folder of the model shipped with Onrecord."""
    return Path(__file__).parent / "weights"


def is_current(folder: Path) -> bool:
    """Return whether a folder contains a model that this version can use."""
    try:
        return bool(_config(folder))
    except EngineError:
        return False


def fingerprint(folder: Path) -> str:
    """Return a model's fingerprint: eight hexadecimal digits.

    Raises:
        EngineError: The folder contains no model.
    """
    _config(folder)
    try:
        return hashlib.sha256(read_bytes(folder / NETWORK)).hexdigest()[:8]
    except OSError as error:
        raise EngineError(f"{folder / NETWORK} cannot be read ({error.strerror})", "train it again") from None


@dataclass(frozen=True)
class Model:
    """A trained tagger."""

    cutter: Cutter
    forward: Forward
    layout: Layout
    about: dict[str, Any]
    """Contents of the model's `config.json`: data, training settings, scores."""
    workers: Executor | None = None
    """Threads for windows: one window per thread is cheaper than several threads for one window."""

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> Model:
        """Load a model folder.

        Args:
            folder: Folder written by `onrecord train`.
            threads: Maximum number of threads for one article.

        Raises:
            EngineError: The model is missing, or this version cannot use it.
        """
        about = _config(folder)
        try:
            layout = Layout(**{field.name: about[field.name] for field in fields(Layout)})
            workers = ThreadPoolExecutor(threads, "tagger") if threads > 1 else None
            return cls(_cutter(folder), _session(folder), layout, about, workers)
        except (KeyError, TypeError, ValueError) as error:
            raise EngineError(f"the model in {folder} is damaged ({error})", "train it again") from None

    def read(self, texts: Iterable[Text]) -> Iterator[TaggerOutput]:
        """Yield the tagger's output for each text."""
        return read(texts, self.cutter, self.forward, self.layout, self.workers)


def _config(folder: Path) -> dict[str, Any]:
    try:
        about = orjson.loads(read_bytes(folder / CONFIG, most=1))
    except OSError as error:
        raise EngineError(
            f"there is no model in {folder} ({error.strerror})", "make one with onrecord train, or use --engine rules"
        ) from None
    except orjson.JSONDecodeError:
        raise EngineError(f"{folder / CONFIG} is not JSON", "train the model again") from None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise EngineError(f"the model in {folder} was made for another version of Onrecord", _again(folder, about))
    return about


def _again(folder: Path, about: Any) -> str:
    """Return the command that rebuilds a model of another version."""
    from_decisions = isinstance(about, dict) and "base" in about
    data = "--db annotations.json" if from_decisions else "DATA"
    what = "the same decisions" if from_decisions else "the same labelled articles"
    return f"train it again on {what}: onrecord train {data} -o {shlex.quote(str(folder))}"


def _cutter(folder: Path) -> Cutter:
    from tokenizers import Tokenizer

    try:
        require_regular(folder / TOKENIZER)
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:  # noqa: BLE001 # tokenizers raises no narrower class
        raise ValueError(f"{TOKENIZER}: {error}") from None
    return Cutter(tokenizer)


def _session(folder: Path) -> Forward:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # newer versions report to their makers unless this is set first
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # in case it was imported before
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Higher levels fuse operations in ways that depend on the processor.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = _ERRORS
    options.add_session_config_entry("session.disable_quant_qdq", "1")  # it would add needless rounding
    try:
        require_regular(folder / NETWORK)
        session = onnxruntime.InferenceSession(folder / NETWORK, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 # onnxruntime's errors share no base of their own
        raise ValueError(f"{NETWORK}: {error}") from None

    def forward(pieces: Any, shapes: Any) -> Any:
        return session.run(OUTPUTS, dict(zip(INPUTS, (pieces, shapes), strict=True)))

    return forward
