"""Runs the import as a person at the terminal does, and looks at everything that the database holds."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2.sql
from django.core.management import call_command
from django.core.management.base import CommandError


@dataclass(frozen=True)
class Ran:
    """`counts` are read, imported, unchanged, rejected; None when the import could not run."""

    code: int
    counts: tuple[int, int, int, int] | None
    err: str


def run_import(file: Path, layout: str = "ice-arrests", **options: Any) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stderr(err), contextlib.redirect_stdout(out):
        try:
            call_command("import_cases", str(file), layout=layout, stdout=out, stderr=err, **options)
        except CommandError as error:
            return Ran(error.returncode, None, err.getvalue() + str(error))
        except SystemExit as ended:
            code = int(ended.code or 0)
    told = json.loads(out.getvalue().splitlines()[-1])
    assert list(told) == ["read", "imported", "unchanged", "rejected"]
    assert told["read"] == told["imported"] + told["unchanged"] + told["rejected"]
    return Ran(code, (told["read"], told["imported"], told["unchanged"], told["rejected"]), err.getvalue())


def everything(owner: Any) -> dict[str, list[str]]:
    """Every row of every table of the public schema, as text, with the log's bytes read as UTF-8."""
    owner.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
    )
    tables = [name for (name,) in owner.fetchall()]
    rows: dict[str, list[str]] = {}
    for name in tables:
        owner.execute(
            psycopg2.sql.SQL("SELECT row_to_json(t)::text FROM {} t").format(psycopg2.sql.Identifier(name))
        )
        rows[name] = [text for (text,) in owner.fetchall()]
    owner.execute("SELECT convert_from(bytes, 'UTF8') FROM ledger_entry")
    rows["ledger_entry"] += [text for (text,) in owner.fetchall()]
    owner.execute("SELECT convert_from(value_bytes, 'UTF8') FROM ledger_disclosure")
    rows["ledger_disclosure"] += [text for (text,) in owner.fetchall()]
    return rows


def protected_rows(owner: Any) -> set[tuple[str, str, str]]:
    """Person, kind and value, read as the role that nobody logs in as."""
    owner.execute("SET ROLE totality_protected")
    try:
        owner.execute("SELECT person_id::text, kind, value FROM protected.attribute")
        return set(owner.fetchall())
    finally:
        owner.execute("RESET ROLE")
