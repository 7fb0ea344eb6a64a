"""`make run`: the whole product in one terminal.

Services (unless DATABASE_URL and REDIS_URL lead elsewhere), migrations, demo data, then web, worker, beat and
sealer. The address is printed only when the product answers there. Ctrl-C, SIGTERM or a closed terminal stop
everything in order: beat, worker, web, sealer, broker, database. Services that `make services` had started before
are left running.
"""

from __future__ import annotations

import http.client
import os
import select
import signal
import sys
import time
from collections.abc import Mapping
from types import FrameType

from config.embedded import children, credentials, ports, postgres, services, valkey
from config.embedded.errors import EmbeddedError
from config.embedded.files import locked
from config.embedded.layout import Layout

READY_SECONDS = 60.0
DEMO_ACCOUNTS = (
    ("officer, officer2", "officers"),
    ("supervisor, supervisor2", "supervisors"),
    ("auditor", "auditor"),
    ("reviewer", "case reviewer"),
    ("policy, policy2", "policy editors"),
    ("privacy", "privacy officer"),
    ("admin", "administrator"),
)
DEMO_PASSWORD = "totality-demo"  # noqa: S105 - public by purpose; settings refuse these accounts in production
DEMO_PRACTICE_DATE = "2024-12-10"
# What only migrations, the sealer and statistics may have; no process that serves people sees them.
SIGNING = ("LOG_SIGNING_KEY", "LOG_SIGNING_KEY_FILE")
WITHHELD = ("DATABASE_OWNER_URL", "DATABASE_SEALER_URL", "DATABASE_STATISTICS_URL", *SIGNING)
# What the sealer has no use for.
NOT_SEALING = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_STATISTICS_URL", "REDIS_URL")


class _Stop(Exception):
    """A signal asked for the end."""


class _Died(Exception):
    """A process ended that should not have; the text names it."""


class Launcher:
    """One run. `code` is the exit code: 0 stopped as asked, 1 something died."""

    def __init__(self, layout: Layout, port: int, outside: Mapping[str, str]) -> None:
        self.layout = layout
        self.port = port
        self.address = f"http://{ports.HOST}:{port}"
        self.outside = outside
        self.children: list[children.Child] = []
        self.stopping = False
        self.terminal = select.poll()
        if sys.stdin is not None and sys.stdin.isatty():
            self.terminal.register(sys.stdin, 0)
        self.own_postgres = not outside.get("DATABASE_URL")
        self.own_valkey = not outside.get("REDIS_URL")

    def run(self) -> int:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._asked)
        code = 0
        try:
            self._start()
            self._watch()
        except _Stop:
            children.say("Stopping ...")
        except _Died as died:
            children.say(f"error: {died} Stopping everything.")
            code = 1
        finally:
            self._stop_all()
        children.say("Stopped.")
        return code

    def _asked(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _check(self) -> None:
        if self.stopping or self._terminal_gone():
            raise _Stop

    def _terminal_gone(self) -> bool:
        """A closed terminal may tell only the first process in it; that can be `make`, which waits for us."""
        return any(event & select.POLLHUP for _, event in self.terminal.poll(0))

    def _start(self) -> None:
        found: dict[str, str] = {}
        if self.own_postgres or self.own_valkey:
            children.say("Starting " + " and ".join(self._service_names()) + " ...")
            found = services.start(
                self.layout, started_by="run", with_postgres=self.own_postgres, with_valkey=self.own_valkey
            )
        self._check()
        everything = self._environment(found)
        serving = {name: value for name, value in everything.items() if name not in WITHHELD}
        self._once("migrate", everything, "migrate", "--noinput")
        if is_true(everything["DEBUG"]):
            # With DEBUG the files are served from where they lie; the folder only has to exist.
            (self.layout.data / "static").mkdir(exist_ok=True)
            self._once("seed", serving, "seed_demo")
        else:
            self._once("static", serving, "collectstatic", "--noinput", "--verbosity", "0")
        self._start_sealer(everything)
        for name, command in self._commands().items():
            self.children.append(children.start(self.layout, name, command, serving))
        self._wait_ready()
        self._greet(is_true(everything["DEBUG"]), everything["PRACTICE_DATE"])

    def _start_sealer(self, everything: Mapping[str, str]) -> None:
        """The one process with the signing key, which is made at the first run."""
        if not everything.get("DATABASE_SEALER_URL"):
            children.say("The log is not sealed here: DATABASE_SEALER_URL is not set.")
            return
        environment = {name: value for name, value in everything.items() if name not in NOT_SEALING}
        if not any(environment.get(name) for name in SIGNING):
            environment["LOG_SIGNING_KEY_FILE"] = str(self.layout.signing_key)
        environment.setdefault("LOG_CHECKPOINT_DIR", str(self.layout.checkpoints))
        command = [sys.executable, "manage.py", "seal_log", "--follow", "--make-key"]
        self.children.append(children.start(self.layout, "sealer", command, environment))

    def _service_names(self) -> list[str]:
        return ["PostgreSQL"] * self.own_postgres + ["Valkey"] * self.own_valkey

    def _environment(self, found: Mapping[str, str]) -> dict[str, str]:
        """What was given from outside wins; the rest is for a demonstration on this machine."""
        values = {**found, **self.outside}
        if self.own_postgres:
            values.update({name: found[name] for name in services.ROLE_VARIABLES})
        if self.own_valkey:
            values["REDIS_URL"] = found["REDIS_URL"]
        values["DEBUG"] = values.get("DEBUG") or "1"
        demo_date = DEMO_PRACTICE_DATE if is_true(values["DEBUG"]) else ""
        values.setdefault("PRACTICE_DATE", demo_date)
        if not values.get("SECRET_KEY"):
            values["SECRET_KEY"] = credentials.load(self.layout)[credentials.SIGNING]
        if not values.get("REFUSED_WORDS_KEY"):
            values["REFUSED_WORDS_KEY"] = credentials.load(self.layout)[credentials.WORDS]
        values["PORT"] = str(self.port)
        values["PYTHONUNBUFFERED"] = "1"
        values["DJANGO_SETTINGS_MODULE"] = "config.settings"
        return values

    def _commands(self) -> dict[str, list[str]]:
        gunicorn = ["gunicorn", "config.wsgi:application", "--bind", f"{ports.HOST}:{self.port}"]
        gunicorn += [
            "--worker-class",
            "gthread",
            "--workers",
            "2",
            "--threads",
            "4",
            "--graceful-timeout",
            "10",
        ]
        gunicorn += ["--no-control-socket"]
        celery = ["celery", "-A", "config.celery:app"]
        worker = [
            "worker",
            "--loglevel",
            "INFO",
            "--concurrency",
            "2",
            "--without-gossip",
            "--without-mingle",
        ]
        beat = ["beat", "--loglevel", "INFO", "--schedule", str(self.layout.data / "beat-schedule")]
        return {
            "web": [sys.executable, "-m", *gunicorn],
            "worker": [sys.executable, "-m", *celery, *worker],
            "beat": [sys.executable, "-m", *celery, *beat],
        }

    def _once(self, name: str, environment: Mapping[str, str], *arguments: str) -> None:
        """Run one command of manage.py to its end."""
        self._check()
        child = children.start(
            self.layout, f"{name}-once", [sys.executable, "manage.py", *arguments], environment
        )
        try:
            while child.process.poll() is None:
                self._check()
                time.sleep(0.05)
        finally:
            children.stop(self.layout, child)
        if child.process.returncode != 0:
            raise _Died(f"`manage.py {arguments[0]}` failed with exit code {child.process.returncode}.")

    def _wait_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not answers(self.port):
            self._check()
            self._check_alive()
            if time.monotonic() > deadline:
                raise _Died(f"{self.address}/healthz gave no answer for {READY_SECONDS:.0f} s.")
            time.sleep(0.2)

    def _watch(self) -> None:
        while True:
            self._check()
            self._check_alive()
            time.sleep(0.2)

    def _check_alive(self) -> None:
        for child in self.children:
            code = child.process.poll()
            if code is not None:
                raise _Died(f"{child.name} ended unexpectedly with exit code {code}.")
        if self.own_postgres and not postgres.running(self.layout):
            raise _Died(f"PostgreSQL ended unexpectedly; see {self.layout.postgres_log}.")
        if self.own_valkey and not valkey.running(self.layout):
            raise _Died(f"Valkey ended unexpectedly; see {self.layout.valkey_log}.")

    def _greet(self, demo: bool, practice_date: str) -> None:
        lines = ["", f"Totality answers at {self.address}"]
        if demo:
            lines += ["", f"Demo accounts, all with the password {DEMO_PASSWORD}:"]
            lines += [f"  {names:<24} {words}" for names, words in DEMO_ACCOUNTS]
        if practice_date:
            lines += ["", f"Practice date: {practice_date} (policy, age and clocks are judged on this day)"]
        children.say("\n".join([*lines, "", "Ctrl-C stops it.", ""]))

    def _stop_all(self) -> None:
        order = {name: place for place, name in enumerate(children.STOP_STEPS)}
        for child in sorted(self.children, key=lambda each: order[each.name]):
            children.stop(self.layout, child)
        # Only what a run started; a start by hand meanwhile has made the services that person's.
        with locked(self.layout.lock):
            broker = valkey.running(self.layout) if self.own_valkey else None
            if broker and broker.started_by == "run":
                valkey.stop(self.layout)
            database = postgres.running(self.layout) if self.own_postgres else None
            if database and database.started_by == "run":
                postgres.stop(self.layout)


def run(layout: Layout) -> int:
    """Run until a signal or a death. EmbeddedError when it cannot start, before anything was started."""
    port = chosen_port(os.environ.get("PORT", ""))
    layout.make()
    busy = f"Totality is running with the data in {layout.data} already. Stop that one first."
    with locked(layout.run_lock, busy=busy):
        left = children.stop_leftovers(layout)
        if left:
            children.say(f"Stopped what an earlier run had left behind: {', '.join(left)}.")
        if not ports.is_free(port):
            raise EmbeddedError(
                f"port {port} on {ports.HOST} is in use. Stop what listens there, or set PORT to another."
            )
        return Launcher(layout, port, dict(os.environ)).run()


def chosen_port(text: str) -> int:
    """The port from the variable PORT; 8000 when it is empty."""
    if not text:
        return 8000
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise EmbeddedError(f"PORT is '{text}'. Set it to a number from 1 to 65535, or leave it out.")
    return int(text)


def is_true(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on", "y", "t", "ok"}


def answers(port: int) -> bool:
    """Whether the product says that it is alive."""
    asked = http.client.HTTPConnection(ports.HOST, port, timeout=5)
    try:
        asked.request("GET", "/healthz")
        return asked.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
