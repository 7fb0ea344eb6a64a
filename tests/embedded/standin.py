"""A product of a few lines in a folder of its own, under the real launcher.

The launcher is tested with it, so that these tests are about starting and stopping alone, without migrations.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

EMBEDDED = Path(__file__).resolve().parents[2] / "config"
GIVEN_FROM_OUTSIDE = (
    "DATABASE_",
    "REDIS_URL",
    "PORT",
    "DEBUG",
    "SECRET_KEY",
    "PRACTICE_DATE",
    "DJANGO_",
    "LOG_",
)

MANAGE = """
import os, sys
print("ran", sys.argv[1], "owner" if "DATABASE_OWNER_URL" in os.environ else "no owner", flush=True)
if sys.argv[1] == "seal_log":
    import signal
    given = [name for name in os.environ if name.startswith("DATABASE_")]
    print("key", os.environ["LOG_SIGNING_KEY_FILE"], *given, flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.pause()
sys.exit(int(os.environ.get("FAIL_" + sys.argv[1].upper(), "0")))
"""
WSGI = """
import os
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/withheld":
        return [" ".join(name for name in os.environ if name.startswith(("DATABASE_", "LOG_SIGNING_"))).encode()]
    return [os.environ["PRACTICE_DATE"].encode()]
"""
CELERY = """
import os
from celery import Celery
app = Celery("standin", broker=os.environ["REDIS_URL"], fixups=[])
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class StandIn:
    """The folder, and the commands that a person would type in it."""

    root: Path
    port: int

    @property
    def data(self) -> Path:
        return self.root / ".data"

    def environment(self, **more: str) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith(GIVEN_FROM_OUTSIDE)}
        return {**own, "PORT": str(self.port), "PYTHONDONTWRITEBYTECODE": "1", **more}

    def command(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "config.embedded", *arguments],
            cwd=self.root,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def run(self, **more: str) -> subprocess.Popen[str]:
        """`make run` in the background, in a process group of its own as a terminal gives it."""
        with (self.root / "output").open("w", encoding="utf-8") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "config.embedded", "run"],
                cwd=self.root,
                env=self.environment(**more),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                text=True,
                start_new_session=True,
            )

    def output(self) -> str:
        return (self.root / "output").read_text(encoding="utf-8")

    def wait_until_up(self, process: subprocess.Popen[str]) -> None:
        """Until web answers, the worker waits for work and beat ticks."""
        for words in ("Totality answers at", "celery@", "beat: Starting", "ran seal_log"):
            self.wait_until_said(words, process)
        self.wait_until_said(" ready.", process)

    def wait_until_said(self, words: str, process: subprocess.Popen[str]) -> None:
        deadline = time.monotonic() + 90
        while words not in self.output():
            assert process.poll() is None, self.output()
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.1)

    def get(self, path: str) -> str:
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return str(answer.read().decode())

    def processes(self) -> list[str]:
        """The command lines of all processes of this folder, other than ended ones."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                here = str(self.root) in line or (folder / "cwd").readlink().is_relative_to(self.root)
            except OSError:
                continue
            if here and line:
                found.append(f"{folder.name} {line}")
        return found


def build(root: Path) -> StandIn:
    config = root / "config"
    config.mkdir(parents=True)
    (config / "__init__.py").touch()
    for part in ("embedded", "database"):
        shutil.copytree(EMBEDDED / part, config / part, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "manage.py").write_text(MANAGE, encoding="utf-8")
    (config / "wsgi.py").write_text(WSGI, encoding="utf-8")
    (config / "celery.py").write_text(CELERY, encoding="utf-8")
    return StandIn(root, free_port())
