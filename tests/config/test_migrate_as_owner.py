"""`migrate` runs as the role that owns the tables, without being told."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from django.core.management import load_command_class
from django.db import connections

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_owner_s_alias_is_the_default(db: None) -> None:
    parser = load_command_class("config", "migrate").create_parser("manage.py", "migrate")
    assert parser.parse_args([]).database == "owner"
    assert parser.parse_args(["--database", "default"]).database == "default"


def test_the_two_aliases_are_two_roles() -> None:
    assert connections["owner"].settings_dict["USER"] == "totality_owner"
    assert connections["default"].settings_dict["USER"] == "totality_app"


def test_it_runs_as_the_owner_and_finds_nothing_to_do(db: None, run: Run) -> None:
    done = run("manage.py", "migrate", "--no-color")
    assert done.returncode == 0, done.stderr
    assert "No migrations to apply" in done.stdout


def test_without_the_owner_it_says_why_it_cannot(db: None, run: Run) -> None:
    done = run("manage.py", "migrate", "--plan", DATABASE_OWNER_URL=None)
    assert "DATABASE_OWNER_URL is not set" in done.stderr
    assert "has no right to make tables" in done.stderr


def test_models_and_migrations_agree(db: None, run: Run) -> None:
    done = run("manage.py", "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr
