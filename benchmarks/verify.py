"""The verifier with every check on, as an auditor runs it, against `openssl dgst -sha256` of the entries alone.

Bytes of `entries.ndjson` a second, directory and ZIP; and how much more memory ten times the entries take. The limits
were set for entries of 1.6 kB of which few have disclosed values. What the demonstration writes is shorter and has ten
times as many values to open in each kilobyte, all of them outside `entries.ndjson`: that is told beside it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.base import Row, in_turns, row

ROUNDS = 7
ENTRIES = 150_000
FEW = 15_000


def results() -> list[Row]:
    from benchmarks.support.big_bundle import working_log, write

    with tempfile.TemporaryDirectory() as place:
        folder, few, work = (Path(place) / name for name in ("bundle", "few", "work"))
        packed = write(folder, ENTRIES)
        write(few, FEW)
        write(work, ENTRIES, working_log)
        rows = [
            _speed(folder, folder, "at least 0.3, aim 0.45"),
            _speed(packed, folder, "at least 0.08"),
            _speed(work, work, "none", what="entries of a working log, two values each"),
            _memory(folder, few),
        ]
        shutil.rmtree(folder)
    return rows


def _checked(path: Path) -> tuple[float, int]:
    """Seconds, and the most memory in KiB, of one run by itself."""
    from ledger.verifier import verify

    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-I", verify.__file__, str(path)], stdout=subprocess.PIPE, text=True
    )
    text = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(text)
    return time.perf_counter() - began, usage.ru_maxrss


def _speed(path: Path, folder: Path, limit: str, *, what: str = "entries") -> Row:
    entries = folder / "entries.ndjson"
    size = entries.stat().st_size / 1e6
    openssl = shutil.which("openssl") or "openssl"

    def reference() -> float:
        began = time.perf_counter()
        subprocess.run([openssl, "dgst", "-sha256", str(entries)], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - began

    product, other, ratio = in_turns(lambda: _checked(path)[0], reference, ROUNDS)
    form = "ZIP" if path.suffix else "directory"
    return row(
        "verify",
        f"verify.py, {form}, {ENTRIES:,} {what}",
        product=size / product,
        reference=size / other,
        reference_name="openssl dgst -sha256 of entries.ndjson",
        ratio=1 / ratio,
        runs=ROUNDS,
        unit="MB/s",
        limit=limit,
    )


def _memory(folder: Path, few: Path) -> Row:
    many, small = (_checked(path)[1] / 1024 for path in (folder, few))
    return row(
        "verify",
        f"most memory at {ENTRIES:,} entries against {FEW:,}",
        product=many,
        reference=small,
        reference_name="a tenth of the entries",
        runs=1,
        unit="MiB",
        limit="flat",
    )
