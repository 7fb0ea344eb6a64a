"""What freezing means for one filter, in words: whether its data files are frozen, will be, or why they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ledger.exports.files import Values
from ledger.exports.frozen import CLOSED_AFTER, KEPT, key_of, may_freeze
from ledger.exports.frozen_models import FrozenMonths, Reason
from ledger.exports.models import Export, ExportState
from ledger.exports.scope import Scope, ScopeRefused, from_data, words_of

SAME = (
    "The data files are the same, byte for byte, in every export with this filter, these values and formats"
)
UNLESS = "until the law takes something back: an erasure by order or another masked case makes a new revision"


@dataclass(frozen=True, slots=True)
class Outlook:
    """A sentence or two, and the revision that is frozen, where there is one."""

    words: str
    months: FrozenMonths | None = None


def of_filter(scope: Scope, values: Values, formats: Sequence[str], at: datetime) -> Outlook:
    """What an export that is asked for at `at` meets. At most one query."""
    if reason := _why_not(scope, values, at):
        return Outlook(f"Not frozen: {reason}. Such an export is made anew from the log each time.")
    return _frozen_or_will_be(scope, _newest(scope, values, formats, at))


def of_export(export: Export, now: datetime) -> Outlook:
    """What an export met, or meets when it is written. At most one query."""
    try:
        scope, values, at = export.scope, Values(export.values), export.ended_at or now
    except ScopeRefused:
        return Outlook("Cannot be said: the filter cannot be used any more.")
    if export.state in (ExportState.CANCELLED, ExportState.FAILED):
        return of_filter(scope, values, export.formats, now)
    if reason := _why_not(scope, values, at):
        return Outlook(f"Not frozen: {reason}. The data files were made for this export alone.")
    return _frozen_or_will_be(scope, _newest(scope, values, export.formats, at))


def months_in_words(scope: Scope) -> str:
    """`2026-09 to 2026-10`, `2026-10`, or `everything up to 2026-10`."""
    if scope.until is None:
        return "everything"
    last = f"{scope.until - timedelta(days=1):%Y-%m}"
    if scope.since is None:
        return f"everything up to {last}"
    first = f"{scope.since:%Y-%m}"
    return last if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class Line:
    """One filter whose months are frozen, as the list shows it."""

    months: str
    words: str
    values: str
    formats: str
    revision: int
    because: str
    frozen_at: datetime
    entry_id: object


def newest_frozen(size: int) -> list[Line]:
    """The newest revision of each filter, the one that was frozen last first. One query."""
    ids = FrozenMonths.objects.order_by("key", "-revision").distinct("key").values("id")
    rows = FrozenMonths.objects.filter(id__in=ids).order_by("-frozen_at", "-id")[:size]
    return [_line(row) for row in rows]


def _line(row: FrozenMonths) -> Line:
    return Line(
        months=_months_of(row),
        words=words_of(row.filter),
        values=row.values,
        formats=", ".join(row.formats) or "none",
        revision=row.revision,
        because=Reason(row.reason).label,
        frozen_at=row.frozen_at,
        entry_id=row.entry_id,
    )


def _months_of(row: FrozenMonths) -> str:
    try:
        return months_in_words(from_data(row.filter))
    except ScopeRefused:
        return "see the filter"


def _newest(scope: Scope, values: Values, formats: Sequence[str], at: datetime) -> FrozenMonths | None:
    key = key_of(scope, values, formats)
    return FrozenMonths.objects.filter(key=key, frozen_at__lte=at).order_by("-revision").first()


def _frozen_or_will_be(scope: Scope, months: FrozenMonths | None) -> Outlook:
    named = months_in_words(scope)
    if months is None:
        return Outlook(
            f"Complete months ({named}): they are frozen by the first export with this filter. {SAME}, {UNLESS}."
        )
    because = Reason(months.reason).label
    return Outlook(
        f"Frozen ({named}) on {months.frozen_at:%Y-%m-%d %H:%M} UTC as revision {months.revision}: {because}."
        f" {SAME}, {UNLESS}.",
        months,
    )


def _why_not(scope: Scope, values: Values, at: datetime) -> str:
    """Empty where the months are frozen or can be."""
    if may_freeze(scope, values, at):
        return ""
    if values not in KEPT:
        return "values of protected cases are kept no longer than the export that asked for them"
    if scope.until is None:
        return "the filter has no last day, so the log still grows in it"
    if scope.until.day != 1 or (scope.since is not None and scope.since.day != 1):
        return "only complete months are, from the first day of a month to the first day of another, which is left out"
    return (
        f"the months are complete, but can still get entries until {_closed(scope.until):%Y-%m-%d %H:%M} UTC"
    )


def _closed(until: date) -> datetime:
    return datetime.combine(until, time(), UTC) + CLOSED_AFTER
