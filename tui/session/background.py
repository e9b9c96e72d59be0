"""Work on a thread of its own, for which nothing waits when the app ends.

The threads of Textual's workers and of asyncio are waited for: a file that never ends would keep the app from ending.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def in_background(work: Callable[[], T]) -> Future[T]:
    """Begin some work; return its result or error to come, for `asyncio.wrap_future` or to wait for."""
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 # for whoever asks for the result
            future.set_exception(error)
        else:
            future.set_result(result)

    threading.Thread(target=run, name="background", daemon=True).start()
    return future
