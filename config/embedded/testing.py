"""The test runs, each on a new database and broker that end with it.

The instance lies under `.data/test/`, named by the process that runs it, so that two runs at once do not
meet; what a killed run left behind is stopped and removed by the next one. Browser tests run apart from the
rest, since Playwright's event loop and Django's database do not go together in one process; load and
resilience run last and one by one, since they measure and kill.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from config.embedded import browser, credentials, processes, services
from config.embedded.layout import ROOT, Layout

QUICK = "not browser and not load and not resilience"
FAST = f"{QUICK} and not sweep"
APART = "(load or resilience) and not browser"
MARK = "config.embedded"
NONE_CHOSEN = 5  # pytest's exit code when no test matches
# The tests run in a shuffled order, the same one each time, so that a red run can be repeated. Another order:
# make test-fast PYTEST_ARGS=--randomly-seed=7.
SEED = "--randomly-seed=20210930"


def run(tests: Path, *, fast: bool) -> int:
    """Run the tests; 0 when all passed."""
    signal.signal(signal.SIGTERM, _terminated)
    signal.signal(signal.SIGHUP, _terminated)
    more = shlex.split(os.environ.get("PYTEST_ARGS", ""))
    missing = ""
    found = None
    if not fast:
        found, missing = browser.find()
        if found is None and os.environ.get("CI") == "true":
            print(f"error: the browser tests cannot run: {missing}.", file=sys.stderr)
            return 1
    tests.mkdir(parents=True, exist_ok=True)
    _sweep(tests)
    layout = Layout(tests / str(os.getpid()))
    try:
        given = services.start(layout, started_by="test", safe=False)
        # Each run has a cluster of its own: what one process migrated, the others copy.
        environment = {**os.environ, **given, **_settings(layout), "TOTALITY_TEST_TEMPLATE": "1"}
        environment.pop("PRACTICE_DATE", None)
        if found:
            environment["TOTALITY_CHROMIUM"] = found
        else:
            environment["TOTALITY_NO_BROWSER"] = missing or "this run leaves the browser out"
        code = _pytest(
            environment,
            *("-n", str(min(os.cpu_count() or 2, 8)), "--dist", "loadscope"),
            *("-m", FAST if fast else QUICK),
            *more,
        )
        if not fast:
            # A failure in one part must not hide what the others would tell.
            code = _pytest(environment, "-n", "2", "--dist", "worksteal", "-m", "browser", *more) or code
            code = _pytest(environment, "-m", APART, *more) or code
    finally:
        services.stop(layout)
        shutil.rmtree(layout.data, ignore_errors=True)
    if missing:
        print(f"The browser tests were skipped: {missing}.")
    return 1 if code else 0


def bench(tests: Path) -> int:
    """Run the benchmarks named in BENCH (all when it is empty), on a database that waits for the disk."""
    tests.mkdir(parents=True, exist_ok=True)
    _sweep(tests)
    layout = Layout(tests / str(os.getpid()))
    try:
        environment = {
            **os.environ,
            **services.start(layout, started_by="test", safe=True),
            **_settings(layout),
        }
        environment.pop("PRACTICE_DATE", None)
        names = shlex.split(os.environ.get("BENCH", ""))
        return subprocess.run(
            [sys.executable, "-m", "benchmarks", *names], check=False, cwd=ROOT, env=environment
        ).returncode
    finally:
        services.stop(layout)
        shutil.rmtree(layout.data, ignore_errors=True)


def _settings(layout: Layout) -> dict[str, str]:
    """What a person's shell has set for a demonstration must not reach the tests."""
    return {
        "DEBUG": "1",
        "SECRET_KEY": credentials.load(layout)[credentials.SIGNING],
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def _pytest(environment: dict[str, str], *arguments: str) -> int:
    """One run of pytest. That PYTEST_ARGS choose no test of this part is not a failure."""
    child = subprocess.Popen([sys.executable, "-m", "pytest", SEED, *arguments], cwd=ROOT, env=environment)
    try:
        code = child.wait()
    except BaseException:
        # Ctrl-C in a terminal reached pytest too, and a second one would cut its clean-up short.
        known = processes.Known(child.pid, "pytest", "test")
        if not processes.wait_gone(known, 5):
            processes.stop(known, steps=((signal.SIGINT, 15.0), (signal.SIGTERM, 5.0)))
        raise
    return 0 if code == NONE_CHOSEN and os.environ.get("PYTEST_ARGS") else code


def _terminated(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _sweep(tests: Path) -> None:
    """Remove the instances of runs that were killed."""
    for folder in tests.iterdir():
        if folder.name.isdigit() and MARK not in processes.command_line(int(folder.name)):
            services.stop(Layout(folder))
            shutil.rmtree(folder, ignore_errors=True)
