"""`decisions.*`: one decision a row, flat, for people and tools, and `dictionary.csv`, which explains the columns.

A row is the last signing of a decision within the range, as its entry and the values beside it tell. Of a masked case
only the place of the row in the log is told. In CSV and XLSX a cell that a spreadsheet would run as a formula gets an
apostrophe in front; in Parquet texts stand as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from tempfile import TemporaryFile
from typing import Any

from ledger.exports import registry
from ledger.exports.copying import CSV, Sink, copy, pieces
from ledger.exports.files import ORDER, PIECE, Progress, Values
from ledger.exports.output import Member, copy_into
from ledger.exports.plan import Plan
from ledger.exports.registry import Column
from ledger.exports.scope import Scope
from ledger.exports.xlsx import Workbook

# Rows of a Parquet row group at most: what is held in memory at once, three times over.
ROW_GROUP = 4_000
BOM = b"\xef\xbb\xbf"
FORMULA = r"^[=+\-@\t\r]"
UTC_TEXT = """to_char({sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""

# What is told of every row, of those of a masked case too.
PLACE = [
    Column(
        name="index",
        sql="leaf.index",
        type="integer",
        meaning="Place of the signing in the log; the line of this index in index.csv proves it",
    ),
    Column(name="entry_id", sql="e.id", type="text", meaning="Entry with which the decision was signed"),
    Column(
        name="leaf_hash",
        sql="encode(e.leaf_hash, 'hex')",
        type="text",
        meaning="Hash of that entry’s bytes",
        unit="SHA-256 as of RFC 6962, hexadecimal",
    ),
    Column(
        name="masked",
        sql="masked.yes",
        type="boolean",
        meaning="Whether the law masks the case in this export; every other column is empty then",
        clause="8 U.S.C. 1367; 8 CFR 208.6",
    ),
]


def columns() -> list[Column]:
    return PLACE + registry.columns()


def select(plan: Plan, values: Values, *, safe: bool) -> str:
    """The rows of one piece, `%(low)s` to `%(high)s`."""
    cells = [_cell(column, safe, always=column in PLACE) for column in columns()]
    masked = "false" if values is Values.ALL else f"coalesce(e.case_id IN ({registry.masked_cases()}), false)"
    # A later signing of the same decision replaces the earlier one's row. OFFSET 0 keeps each value computed once.
    return f"""SELECT {", ".join(cells)}
        FROM public.ledger_leaf leaf JOIN public.ledger_entry e ON e.id = leaf.entry_id
        CROSS JOIN LATERAL (SELECT {masked} AS yes OFFSET 0) AS masked
        CROSS JOIN LATERAL (SELECT convert_from(e.bytes, 'UTF8')::jsonb AS j OFFSET 0) AS doc
        CROSS JOIN LATERAL (
            SELECT coalesce(jsonb_object_agg(d.pointer, convert_from(d.value_bytes, 'UTF8')::jsonb), '{{}}') AS v
            FROM public.ledger_disclosure d WHERE d.entry_id = e.id
                AND {"false" if values is Values.NONE else "NOT masked.yes"} OFFSET 0
        ) AS opened
        {" ".join(registry.joins())}
        WHERE {PIECE} AND e.event = %(signed)s AND {_condition(plan)[0]} AND NOT EXISTS (
            SELECT FROM public.ledger_entry later JOIN public.ledger_leaf place ON place.entry_id = later.id
            WHERE later.decision_id = e.decision_id AND later.event = %(signed)s
                AND place.index > leaf.index AND place.index < %(end)s
        )
        {ORDER}"""


def parameters(plan: Plan, secret: bytes) -> dict[str, Any]:
    own = {"signed": registry.decision_event(), "secret": secret}
    return {**plan.parameters, **_condition(plan)[1], **own}


def _condition(plan: Plan) -> tuple[str, dict[str, Any]]:
    """Which signings are rows. A filter by event chooses entries, not decisions, so it says nothing here."""
    scope = plan.scope
    own = Scope(since=scope.since, until=scope.until, office=scope.office, case=scope.case)
    condition, values = own.condition()
    if scope.of_decisions:
        condition += " AND e.decision_id = ANY(%(decisions)s::uuid[])"
    return condition, values


def _cell(column: Column, safe: bool, always: bool) -> str:
    sql = column.sql
    if column.type == "time":
        sql = UTC_TEXT.format(sql=sql)
    elif column.type == "boolean":
        sql = f"CASE WHEN {sql} THEN 'true' WHEN NOT ({sql}) THEN 'false' END"
    elif column.type == "text" and safe:
        sql = f"CASE WHEN ({sql})::text ~ '{FORMULA}' THEN '''' || ({sql})::text ELSE ({sql})::text END"
    return sql if always else f"CASE WHEN NOT masked.yes THEN {sql} END"


def decisions_csv(plan: Plan, values: Values, secret: bytes, sink: Sink, progress: Progress) -> None:
    sink.write(BOM + header())
    _copied(plan, select(plan, values, safe=True), parameters(plan, secret), sink, progress)


def header() -> bytes:
    return (",".join(column.name for column in columns()) + "\n").encode()


def decisions_parquet(plan: Plan, values: Values, secret: bytes, member: Member, progress: Progress) -> None:
    """One row group a piece; zstd. Loaded here and in a worker alone: the library takes more memory than the rest."""
    import pyarrow
    import pyarrow.csv
    import pyarrow.parquet

    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "time": pyarrow.timestamp("us", "UTC"),
    }
    named = [(column.name, types[column.type]) for column in columns()]
    schema = pyarrow.schema(named)
    reading = pyarrow.csv.ReadOptions(column_names=[name for name, _ in named])
    parsing = pyarrow.csv.ParseOptions(newlines_in_values=True)
    converting = pyarrow.csv.ConvertOptions(
        column_types=schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    statement, values_of = select(plan, values, safe=False), parameters(plan, secret)
    with pyarrow.parquet.ParquetWriter(member, schema, compression="zstd") as writer:
        for low, high in pieces(plan.first, plan.end, ROW_GROUP):
            piece = io.BytesIO()
            copy(statement, {**values_of, "low": low, "high": high}, piece, CSV)
            if piece.tell():
                piece.seek(0)
                writer.write_table(pyarrow.csv.read_csv(piece, reading, parsing, converting))
            progress(high - low)


def decisions_xlsx(plan: Plan, values: Values, secret: bytes, member: Member, progress: Progress) -> None:
    statement, values_of = select(plan, values, safe=True), parameters(plan, secret)
    known = columns()
    numbers = {place for place, column in enumerate(known) if column.type == "integer"}
    with TemporaryFile() as whole:
        with Workbook(whole, [column.name for column in known]) as book:
            for low, high in pieces(plan.first, plan.end):
                piece = io.BytesIO()
                copy(statement, {**values_of, "low": low, "high": high}, piece, CSV)
                piece.seek(0)
                rows = csv.reader(io.TextIOWrapper(piece, "utf-8", newline=""))
                book.add(
                    [
                        int(text) if place in numbers and text else text or None
                        for place, text in enumerate(row)
                    ]
                    for row in rows
                )
                progress(high - low)
        copy_into(member, whole)


def _copied(plan: Plan, statement: str, values: Mapping[str, Any], sink: Sink, progress: Progress) -> None:
    for low, high in pieces(plan.first, plan.end):
        copy(statement, {**values, "low": low, "high": high}, sink, CSV)
        progress(high - low)


def dictionary() -> bytes:
    """Every column of `decisions.*`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("column", "meaning", "type", "unit", "clause", "seen_by"))
    for column in columns():
        unit = column.unit or ("RFC 3339, UTC, microseconds" if column.type == "time" else "")
        writer.writerow((column.name, column.meaning, column.type, unit, column.clause, column.seen_by))
    return text.getvalue().encode()
