"""The processes of the product under the launcher: starting them with prefixed output, stopping them in
order.

Each child is a session of its own, so that a Ctrl-C in the terminal reaches the launcher alone, which then
stops the children one after the other. Each is written down, so that the next start finds what a killed
launcher left behind.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.embedded import processes
from config.embedded.layout import ROOT, Layout

# In the order of stopping: nothing new is scheduled, nothing is worked on, nobody is served, nothing is left unsealed.
STOP_STEPS: dict[str, tuple[tuple[signal.Signals, float], ...]] = {
    "beat": ((signal.SIGTERM, 5.0),),
    "worker": ((signal.SIGTERM, 12.0), (signal.SIGQUIT, 3.0)),
    "web": ((signal.SIGTERM, 12.0), (signal.SIGQUIT, 3.0)),
    # Last, so that what the others wrote at their end is sealed too.
    "sealer": ((signal.SIGTERM, 12.0),),
}
ONE_OFF_STEPS = ((signal.SIGTERM, 5.0),)

_output = threading.Lock()


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    known: processes.Known
    reader: threading.Thread


def say(words: str) -> None:
    """One line of the launcher itself."""
    _write(f"{words}\n".encode())


def start(layout: Layout, name: str, command: Sequence[str], environment: Mapping[str, str]) -> Child:
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    known = processes.Known(process.pid, " ".join(command), "run")
    processes.write_down(_note(layout, name), known)
    reader = threading.Thread(target=_relay, args=(name, process), daemon=True)
    reader.start()
    return Child(name, process, known, reader)


def stop(layout: Layout, child: Child) -> None:
    """Stop the child and everything that it started, politely first."""
    processes.stop(child.known, steps=STOP_STEPS.get(child.name, ONE_OFF_STEPS))
    processes.sweep_group(child.known.pid)
    child.process.wait()
    child.reader.join(timeout=2)
    _note(layout, child.name).unlink(missing_ok=True)


def stop_leftovers(layout: Layout) -> list[str]:
    """Stop what a killed launcher left running; the names of those processes."""
    found = []
    for name in [*STOP_STEPS, *(note.name for note in sorted(layout.pids.glob("*-once")))]:
        known = processes.read(_note(layout, name))
        if known:
            processes.stop(known, steps=STOP_STEPS.get(name, ONE_OFF_STEPS))
            processes.sweep_group(known.pid)
            _note(layout, name).unlink(missing_ok=True)
            found.append(name)
    return found


def _note(layout: Layout, name: str) -> Path:
    return layout.pids / name


def _relay(name: str, process: subprocess.Popen[bytes]) -> None:
    prefix = f"{name.removesuffix('-once'):<7}| ".encode()
    if process.stdout is None:
        return
    with process.stdout as stream:
        for line in stream:
            _write(prefix + line.rstrip(b"\r\n") + b"\n")


def _write(line: bytes) -> None:
    """Print, and go on when nobody reads: a closed terminal must not keep children from being stopped."""
    with _output:
        try:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        except (OSError, ValueError):
            pass
