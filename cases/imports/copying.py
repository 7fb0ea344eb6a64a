"""Rows into tables by COPY, several times faster than inserts, with the same rights and triggers."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection, models

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows given by column name; a column that is not given takes the model's default.

    Must run in a transaction. Identifiers are always given, so that no default is shared by two rows.
    """
    rows = list(rows)
    if not rows:
        return
    given = set(rows[0])
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    columns = list(fields)
    defaults = {column: _text(field.get_default()) for column, field in fields.items() if column not in given}
    buffer = io.StringIO()
    for row in rows:
        cells = (defaults[column] if column in defaults else _text(row[column]) for column in columns)
        buffer.write("\t".join(cells) + "\n")
    buffer.seek(0)
    listed = ", ".join(f'"{column}"' for column in columns)
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({listed}) FROM STDIN', buffer)


def _text(value: Any) -> str:
    """One value in COPY's text form."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int | UUID):
        return str(value)
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list) and not value:
        return "{}"
    if isinstance(value, dict):
        return json.dumps(value).translate(ESCAPES)
    raise TypeError(f"COPY has no text form for {type(value).__name__}")
