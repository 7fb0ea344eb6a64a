"""The filtered log as CSV. Streams in batches by id, each a COPY of its own, so memory and transactions stay
small.

UTF-8 with a byte order mark; times in UTC; a cell that a spreadsheet would run as a formula gets an
apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Case, F, Func, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Concat

from ledger.filters import LogFilter
from ledger.models import CaseLink, Entry

BATCH = 5_000
FORMULA = r"^[=+\-@\t\r]"


class _Text(Func):
    """A column as text by a fixed piece of SQL."""

    output_field = TextField()


def _safe(column: str) -> Case:
    return Case(
        When(**{f"{column}__regex": FORMULA}, then=Concat(Value("'"), F(column), output_field=TextField())),
        default=F(column),
        output_field=TextField(),
    )


def _columns() -> dict[str, Any]:
    number = CaseLink.objects.filter(entry_id=OuterRef("id")).values("number")
    return {
        "entry_id": F("id"),
        "at_utc": _Text(
            F("at"),
            template="""to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
        ),
        "policy_day": F("policy_date"),
        "event_code": _safe("event"),
        "entry_kind": F("kind"),
        "actor": _safe("actor_id"),
        "name": _safe("actor_name"),
        "role": _safe("actor_role"),
        "office": _safe("actor_office"),
        "case": F("case_id"),
        "case_number": Subquery(number),
        "assessment": F("assessment_id"),
        "decision": F("decision_id"),
        "leaf": _Text(F("leaf_hash"), template="encode(%(expressions)s, 'hex')"),
        "text": _Text(F("bytes"), template="convert_from(%(expressions)s, 'UTF8')"),
    }


HEADER = (
    "id",
    "at",
    "policy_date",
    "event",
    "kind",
    "actor_id",
    "actor_name",
    "actor_role",
    "actor_office",
    "case_id",
    "case_number",
    "assessment_id",
    "decision_id",
    "leaf_hash",
    "bytes",
)


def csv_chunks(filter: LogFilter, upto: uuid.UUID) -> Iterator[bytes]:
    """The file in pieces, oldest entry first, entries with an id up to and including `upto`."""
    head = io.StringIO()
    csv.writer(head, lineterminator="\n").writerow(HEADER)
    yield b"\xef\xbb\xbf" + head.getvalue().encode()
    entries = filter.apply(Entry.objects.filter(id__lte=upto))
    after: uuid.UUID | None = uuid.UUID(int=0)
    while after is not None:
        rest = entries.filter(id__gt=after)
        after = rest.order_by("id").values_list("id", flat=True)[BATCH - 1 : BATCH].first()
        yield _copy(rest if after is None else rest.filter(id__lte=after))


def _copy(batch: QuerySet[Entry]) -> bytes:
    columns = _columns()
    rows = batch.order_by("id").annotate(**columns).values_list(*columns)
    statement, parameters = rows.query.sql_with_params()
    buffer = io.BytesIO()
    with connection.cursor() as cursor:
        select = cursor.mogrify(statement, parameters).decode()
        cursor.copy_expert(f"COPY ({select}) TO STDOUT (FORMAT csv)", buffer)
    return buffer.getvalue()
