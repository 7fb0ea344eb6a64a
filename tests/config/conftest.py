"""Starts the product in processes of their own, on the test database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connections

OURS = (
    "DEBUG",
    "SECRET_KEY",
    "REFUSED_WORDS_KEY",
    "PRACTICE_DATE",
    "ALLOWED_HOSTS",
    "IDLE_MINUTES",
    "DATABASE_SEALER_URL",
)
SECRET = "s" * 60
Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(**values: str | None) -> dict[str, str]:
    """The environment of a production start on the test database; a value of None leaves the variable out."""
    here = {name: value for name, value in os.environ.items() if name not in OURS}
    name = connections["default"].settings_dict["NAME"]
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        here[variable] = here[variable].rsplit("/", 1)[0] + "/" + name
    wanted: dict[str, str | None] = {
        "DEBUG": "0",
        "SECRET_KEY": SECRET,
        "REFUSED_WORDS_KEY": SECRET,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
        **values,
    }
    for variable, value in wanted.items():
        here.pop(variable, None)
        if value is not None:
            here[variable] = value
    return here


@pytest.fixture
def run() -> Run:
    """`run("manage.py", "check", DEBUG="1")` runs Python at the root and returns code, output and errors."""

    def started(*arguments: str, **values: str | None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=environment(**values),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return started
