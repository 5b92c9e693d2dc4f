"""Refuse every connection and every look-up of a name, in this process and in all that it starts.

`tests/conftest.py` imports this and puts the folder on the path of child processes, where Python imports
`sitecustomize` before anything else: joblib's workers, commands run as commands, kernels of notebooks.

One exemption: Unix sockets, which never leave the machine's kernel, and with which Python talks to its own
children. Loopback addresses are refused like all others. What is not Python (ZeroMQ under the kernels of
notebooks, which talk to the test over loopback) is not seen by it; carescore brings no such code.
"""

from __future__ import annotations

import sys
from typing import Any

REFUSED = frozenset(
    {
        *("socket.connect", "socket.sendto", "socket.sendmsg"),
        *("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"),
        *("urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect"),
    }
)
_WITH_SOCKET = ("socket.connect", "socket.sendto", "socket.sendmsg")

attempts: list[str] = []


class Online(Exception):  # not an OSError, which code that expects a bad network might swallow
    """Something tried to reach a network."""


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in REFUSED and not (event in _WITH_SOCKET and _stays_here(arguments[0])):
        attempts.append(event)
        raise Online(f"carescore must work without a network, and this was tried: {event}")


def _stays_here(socket: Any) -> bool:
    return getattr(socket, "family", None) == 1  # AF_UNIX, without importing socket everywhere


sys.addaudithook(_refuse)
