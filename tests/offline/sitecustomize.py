"""Refuse and record every use of the network. Python loads this by itself where its folder is on PYTHONPATH.

A socket that is only made, or bound to this machine's own address, reaches nobody: urllib3 does so when it is imported.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

_REACHING = (
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyaddr", "socket.gethostbyname", "socket.sendmsg",
    "socket.sendto",
)  # fmt: skip
_OWN_ADDRESSES = ("127.0.0.1", "::1")


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse an event of Python's audit hooks (PEP 578) that reaches for the network, or lets the network in."""
    if event in _REACHING or (event == "socket.bind" and arguments[1][0] not in _OWN_ADDRESSES):
        with Path(os.environ["OFFLINE_CALLS"]).open("a", encoding="utf-8") as calls:
            calls.write(f"{event} {arguments!r} in {sys.argv}\n")
        raise PermissionError("this process may not use the network")


sys.addaudithook(refuse)
