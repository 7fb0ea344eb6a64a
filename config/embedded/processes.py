"""Recognising, waiting for and stopping processes.

A process number alone proves nothing, since the system gives numbers again. A process counts as ours only
while its command line holds the text that we wrote down with the number.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Known:
    """A process that was written down: its number, a part of its command line, and who started it."""

    pid: int
    mark: str
    started_by: str

    def alive(self) -> bool:
        return self.mark in command_line(self.pid)


def command_line(pid: int) -> str:
    """The command line of a running process; empty when there is none (a zombie counts as none)."""
    try:
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
        )
    except OSError:
        if Path("/proc/self/cmdline").exists():
            return ""
    found = subprocess.run(
        ["ps", "-ww", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


def write_down(path: Path, known: Known) -> None:
    path.write_text(
        json.dumps({"pid": known.pid, "mark": known.mark, "by": known.started_by}), encoding="utf-8"
    )


def read(path: Path) -> Known | None:
    """The process that was written down at `path`, while it runs; a stale note is removed."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        known = Known(int(note["pid"]), str(note["mark"]), str(note["by"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        path.unlink(missing_ok=True)
        return None
    if known.alive():
        return known
    path.unlink(missing_ok=True)
    return None


def wait_gone(known: Known, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        if not known.alive():
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)


def stop(known: Known, *, steps: tuple[tuple[signal.Signals, float], ...]) -> bool:
    """Send each signal in turn and give the process its seconds; at the end kill its whole group.

    True when it went without being killed.
    """
    for sign, seconds in steps:
        if not known.alive():
            return True
        _send(known.pid, sign)
        if wait_gone(known, seconds):
            return True
    _send_group(known.pid, signal.SIGKILL)
    wait_gone(known, 5)
    return False


def sweep_group(leader: int) -> None:
    """Kill what is left in the group of a process that has ended; its helpers must not outlive it."""
    _send_group(leader, signal.SIGKILL)


def _send(pid: int, sign: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, sign)


def _send_group(pid: int, sign: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, sign)
