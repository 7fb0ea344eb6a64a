"""`python -m benchmarks [NAME ...]`: run benchmarks, all or the named ones; a table, and `benchmarks/results.json`.

Exit codes: 0 done, 1 a benchmark failed to run, 2 no such benchmark. A figure outside its limit is no failure:
the machine is shared.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import traceback
from pathlib import Path

import benchmarks
from benchmarks.base import Row

FOLDER = Path(__file__).parent
HELPERS = {"__main__", "base"}


def main(wanted: list[str]) -> int:
    names = sorted(
        info.name for info in pkgutil.iter_modules(benchmarks.__path__) if info.name not in HELPERS
    )
    unknown = [name for name in wanted if name not in names]
    if unknown:
        print(f"error: no benchmark is called {unknown[0]!r}. There are: {', '.join(names)}", file=sys.stderr)
        return 2
    found: list[Row] = []
    code = 0
    for name in wanted or names:
        module = importlib.import_module(f"benchmarks.{name}")
        if not hasattr(module, "results"):
            continue
        print(f"bench: {name}", file=sys.stderr, flush=True)
        try:
            found += module.results()
        except Exception:
            # The other figures are still worth having.
            traceback.print_exc()
            code = 1
    _print(found)
    (FOLDER / "results.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return code


def _print(rows: list[Row]) -> None:
    for row in rows:
        print(
            f"{row['name']:<14} {row['metric']:<58} {row['product']:>12,.4g} against {row['reference']:>12,.4g} "
            f"{row['unit']:<8} ratio {row['ratio']:>8.3f}  (limit: {row['limit']}; {row['reference_name']}; "
            f"{row['runs']} rounds)"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
