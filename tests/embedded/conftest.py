"""A stand-in product, whose processes do not outlive the test."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.embedded.standin import StandIn, build


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[StandIn]:
    made = build(tmp_path / "product")
    yield made
    made.command("stop")
    for line in made.processes():
        with suppress(ProcessLookupError):
            os.kill(int(line.split(" ", 1)[0]), signal.SIGKILL)
