"""A trained model's folder, loaded: the network in onnxruntime, its tokenizer, and how texts are cut for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import orjson

from annotate.errors import EngineError
from annotate.tagger.layout import FORMAT
from annotate.tagger.reading import Forward, Layout, Reading, read
from annotate.tagger.words import Cutter

NETWORK, TOKENIZER, CONFIG = "tagger.onnx", "tokenizer.json", "config.json"

Text = tuple[str, Iterable[int]]
"""A text and the offsets at which its paragraphs begin."""


def shipped() -> Path:
    """Return the folder of the model that comes with Onrecord."""
    return Path(__file__).parent / "weights"


def fingerprint(folder: Path) -> str:
    """Return eight hexadecimal digits that tell a model from others.

    Raises:
        EngineError: there is no model in the folder.
    """
    _config(folder)
    return hashlib.sha256((folder / NETWORK).read_bytes()).hexdigest()[:8]


@dataclass(frozen=True)
class Model:
    """A trained tagger."""

    cutter: Cutter
    forward: Forward
    layout: Layout
    about: dict[str, Any]
    """What its `config.json` says: data, training settings, scores."""
    workers: Executor | None = None
    """Runs batches side by side: on the same cores less work than one batch on several threads."""

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> Model:
        """Load a model folder.

        Args:
            folder: What `onrecord train` wrote.
            threads: Threads that one article's arithmetic may use.

        Raises:
            EngineError: there is no model, or none that this version can use.
        """
        about = _config(folder)
        try:
            layout = Layout(**{field.name: about[field.name] for field in fields(Layout)})
            workers = ThreadPoolExecutor(threads, "tagger") if threads > 1 else None
            return cls(_cutter(folder), _session(folder), layout, about, workers)
        except (KeyError, TypeError, ValueError) as error:
            raise EngineError(f"the model in {folder} is damaged ({error})", "train it again") from None

    def read(self, texts: Iterable[Text]) -> Iterator[Reading]:
        """Yield a reading of each text; texts given together share batches."""
        return read(texts, self.cutter, self.forward, self.layout, self.workers)


def _config(folder: Path) -> dict[str, Any]:
    try:
        about = orjson.loads((folder / CONFIG).read_bytes())
    except OSError as error:
        raise EngineError(
            f"there is no model in {folder} ({error.strerror})", "make one with onrecord train, or use --engine rules"
        ) from None
    except orjson.JSONDecodeError:
        raise EngineError(f"{folder / CONFIG} is not JSON", "train the model again") from None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise EngineError(f"the model in {folder} is of another version", "train it again with this one")
    return about


def _cutter(folder: Path) -> Cutter:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:  # noqa: BLE001 # tokenizers raises no narrower class
        raise ValueError(f"{TOKENIZER}: {error}") from None
    return Cutter(tokenizer)


def _session(folder: Path) -> Forward:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(folder / NETWORK, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 # onnxruntime's errors share no base of their own
        raise ValueError(f"{NETWORK}: {error}") from None

    def forward(pieces: Any, shapes: Any) -> Any:
        return session.run(("tags", "links"), {"pieces": pieces, "shapes": shapes})

    return forward
