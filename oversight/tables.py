"""The reports as CSV files that carry their filter in words.

A file begins with what it is, which filter it has and how it was counted, then an empty line, then the table. UTF-8
with a byte order mark; a cell that a spreadsheet would run as a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from oversight import cells, coverage, outside, variation
from oversight.coverage import Listing, OfficeLine
from oversight.filters import ReportFilter
from oversight.words import type_labels

BATCH: Final = 5_000
BOM: Final = b"\xef\xbb\xbf"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

COVERAGE, VARIATION, OUTSIDE = "coverage", "no-variation", "outside-the-lists"
TITLES: Final[dict[str, str]] = {
    COVERAGE: "Coverage by office",
    **{listing.value: title for listing, title in coverage.TITLES.items()},
    VARIATION: "Groups without variation",
    OUTSIDE: "Outside the lists",
}

Row = Sequence[object]


def chunks(report: str, filter: ReportFilter) -> Iterator[bytes]:
    """The file of a report in pieces. Raises `KeyError` for a report that there is none of."""
    title = TITLES[report]
    head: Row
    body: Iterable[list[Row]]
    if report == COVERAGE:
        head, counted, body = COVERAGE_HEAD, coverage.COUNTED, [_coverage(filter)]
    elif report == VARIATION:
        head, counted, body = VARIATION_HEAD, variation.COUNTED, [_variation(filter)]
    elif report == OUTSIDE:
        head, counted, body = OUTSIDE_HEAD, outside.COUNTED, [_outside(filter)]
    else:
        listing = Listing(report)
        head, body = LIST_HEAD, _list(listing, filter)
        counted = f"{coverage.MEANINGS[listing]} {coverage.COUNTED}"
    matching = report not in (VARIATION, OUTSIDE)
    about = [
        ["Report", title],
        ["Filter", filter.in_words(matching=matching)],
        ["Counted", counted],
        [],
        head,
    ]
    yield BOM + _text(about)
    for rows in body:
        yield _text(rows)


def _text(rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _count(count: int | None) -> object:
    return cells.NOT_TOLD if count is None else count


COVERAGE_HEAD: Final = (
    "office",
    "actions",
    "actions_without_decision",
    "decisions",
    "decisions_without_action",
    "decisions_signed_after_action",
)


def _coverage(filter: ReportFilter) -> list[Row]:
    found = coverage.counts(filter, list(type_labels()))
    return [_office(line) for line in (*found.lines, found.total)]


def _office(line: OfficeLine) -> Row:
    parts = (line.actions, line.without_decision, line.decisions, line.without_action, line.signed_after)
    return (line.office, *map(_count, parts))


LIST_HEAD: Final = (
    "id",
    "office",
    "action",
    "type",
    "direction",
    "case_id",
    "action_on",
    "signed_on",
    "carried_out_on",
    "days_after",
    "signing_entry",
)


def _list(listing: Listing, filter: ReportFilter) -> Iterator[list[Row]]:
    after: str | None = ""
    while after is not None:
        page = coverage.page(listing, filter, list(type_labels()), after, BATCH)
        yield [
            (
                line.id,
                line.office,
                line.action,
                line.type,
                line.direction,
                line.case_id,
                line.action_on,
                line.signed_on,
                line.done_on,
                "" if line.days_after is None else line.days_after,
                line.entry_id or "",
            )
            for line in page.lines
        ]
        after = page.next


VARIATION_HEAD: Final = ("office", "group_kind", "group", "direction", "decisions", "outcome")


def _variation(filter: ReportFilter) -> list[Row]:
    return [
        (one.office, one.kind, one.name, one.direction, one.decisions, one.outcome)
        for one in variation.groups(filter)
    ]


OUTSIDE_HEAD: Final = (
    "office",
    "decisions",
    "other",
    "other_percent",
    "otherwise",
    "otherwise_percent",
    "other_compelling",
    "other_compelling_percent",
    "no_priority",
    "no_priority_percent",
)


def _outside(filter: ReportFilter) -> list[Row]:
    found = outside.shares(filter)
    lines: list[Row] = []
    for line in (*found.lines, found.total):
        parts = (line.other, line.otherwise, line.compelling, line.no_priority)
        told = [cell for part in parts for cell in (_count(part.count), _count(part.percent))]
        lines.append((line.office, _count(line.decisions), *told))
    return lines
