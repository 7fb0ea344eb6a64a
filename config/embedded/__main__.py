"""`python -m config.embedded start|stop|status|env|run|test|bench`.

Exit codes: 0 done, 1 the answer is "no" (status: something does not run; run: a process died), 2 cannot
run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from config.embedded import postgres, services, valkey
from config.embedded.errors import EmbeddedError
from config.embedded.layout import ROOT, Layout


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m config.embedded", description="Embedded PostgreSQL and Valkey."
    )
    parser.add_argument("command", choices=["start", "stop", "status", "env", "run", "test", "bench"])
    parser.add_argument(
        "--data", type=Path, default=ROOT / ".data", help="folder of the instance (default: .data)"
    )
    parser.add_argument("--no-fsync", action="store_true", help="never wait for the disk; only for tests")
    parser.add_argument(
        "--fast", action="store_true", help="test without browser, load, resilience and sweeps"
    )
    options = parser.parse_args(arguments)
    layout = Layout(options.data.absolute())
    try:
        if options.command == "test":
            from config.embedded import testing

            return testing.run(layout.data / "test", fast=options.fast)
        if options.command == "bench":
            from config.embedded import testing

            return testing.bench(layout.data / "test")
        return _carry_out(options.command, layout, safe=not options.no_fsync)
    except EmbeddedError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _carry_out(command: str, layout: Layout, *, safe: bool) -> int:
    if command == "start":
        services.start(layout, started_by="services", safe=safe)
        print(f"PostgreSQL and Valkey are running. For a shell:  . {layout.env}")
    elif command == "stop":
        services.stop(layout)
        print("PostgreSQL and Valkey are stopped.")
    elif command == "status":
        return _status(layout)
    elif command == "env":
        if not (postgres.running(layout) and valkey.running(layout)):
            raise EmbeddedError("the services are not running. Start them with `make services`.")
        print(services.as_shell(services.environment(layout)), end="")
    else:
        from config.embedded import launcher

        return launcher.run(layout)
    return 0


def _status(layout: Layout) -> int:
    answer = 0
    for name, known in (("PostgreSQL", postgres.running(layout)), ("Valkey", valkey.running(layout))):
        print(f"{name}: {f'running, process {known.pid}' if known else 'not running'}")
        answer = answer if known else 1
    return answer


if __name__ == "__main__":
    sys.exit(main())
