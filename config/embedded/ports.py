"""Free ports, remembered so that a restart keeps its addresses."""

from __future__ import annotations

import json
import socket

from config.embedded.files import write_private
from config.embedded.layout import Layout

HOST = "127.0.0.1"


def is_free(port: int, host: str = HOST) -> bool:
    """Whether a server could listen there now; a past connection that is still closing does not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def any_free() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def known(layout: Layout) -> dict[str, int]:
    """The ports that were used last, by service; empty for a new instance or a damaged file."""
    try:
        found = json.loads(layout.ports.read_text(encoding="utf-8"))
        return {str(name): int(port) for name, port in found.items()}
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return {}


def choose(layout: Layout, service: str) -> int:
    """A port for `service`: the last one while it is free, else a new one, which is written down."""
    ports = known(layout)
    port = ports.get(service)
    if port is None or not is_free(port):
        port = any_free()
        write_private(layout.ports, json.dumps({**ports, service: port}) + "\n")
    return port
