"""Rows into tables by COPY, several times faster than inserts, with the same rights and triggers."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db import connection, models

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows given by column name, all with the same columns in the same order.

    A column that is not given takes the model's default; ids are always given, since no two rows may share a
    default. Must run in a transaction.
    """
    rows = list(rows)
    if not rows:
        return
    given = list(rows[0])
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    defaults = {column: _text(field.get_default()) for column, field in fields.items() if column not in given}
    ending = "".join(f"\t{text}" for text in defaults.values()) + "\n"
    buffer = io.StringIO()
    for row in rows:
        buffer.write("\t".join([_text(value) for value in row.values()]))
        buffer.write(ending)
    buffer.seek(0)
    listed = ", ".join(f'"{column}"' for column in (*given, *defaults))
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({listed}) FROM STDIN', buffer)


def _text(value: Any) -> str:
    """One value in COPY's text form. By exact type, because this is called some fifty times for every row."""
    form = FORMS.get(type(value))
    if form is None:
        raise TypeError(f"COPY has no text form for {type(value).__name__}")
    return form(value)


def _escaped(value: str) -> str:
    return value.translate(ESCAPES)


def _empty_array(value: list[Any]) -> str:
    if value:
        raise TypeError("COPY of lists is needed nowhere yet")
    return "{}"


FORMS: Final[Mapping[type, Callable[[Any], str]]] = {
    type(None): lambda _: "\\N",
    str: _escaped,
    bool: lambda value: "t" if value else "f",
    int: str,
    UUID: str,
    bytes: lambda value: "\\\\x" + value.hex(),
    datetime.date: datetime.date.isoformat,
    datetime.datetime: datetime.datetime.isoformat,
    list: _empty_array,
    dict: lambda value: _escaped(json.dumps(value)),
}
