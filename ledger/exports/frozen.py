"""Closed months are frozen: their data files are written once, their digests stand in the log, later exports copy them.

Without this an export of last year could change: a merge gives a person another key, an update adds a column. What the
law takes back goes all the same: after an erasure by order, or when other cases are masked, a new revision is written,
and the sweep removes the old files. Entries and index of a month never change; a revision in which they would is
refused, because then the log itself is not what it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.db.models import OuterRef, Subquery

from ledger import clock
from ledger.actors import SYSTEM
from ledger.canonical import canonical
from ledger.exports import frozen_files, registry
from ledger.exports.events import MonthsFrozen
from ledger.exports.files import Values
from ledger.exports.frozen_models import FrozenMonths, Reason
from ledger.exports.output import Member
from ledger.exports.plan import MARGIN, CannotExport, Plan
from ledger.exports.scope import Scope, from_data
from ledger.ids import id_floor, new_id
from ledger.services import NewEntry, append

# A transaction of the application lasts 30 seconds at most, and an export waits for the seal of all before it.
CLOSED_AFTER: Final = timedelta(days=1)
# What holds values of masked cases is kept no longer than the export that asked for it.
KEPT: Final = (Values.NONE, Values.OPEN)
# These hold no value of anybody: they are what every revision must agree on, and they are never removed.
BARE: Final = ("entries.ndjson", "index.csv")

Writer = Callable[[Member], None]
Beat = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the law had taken out of a run of the log at one moment."""

    erasures: int
    masked: str


def may_freeze(scope: Scope, values: Values, at: datetime) -> bool:
    """Whether the filter is over complete months that ended at least a day before `at`."""
    if values not in KEPT or scope.until is None or scope.until.day != 1:
        return False
    if scope.since is not None and scope.since.day != 1:
        return False
    return at >= datetime.combine(scope.until, time(), UTC) + CLOSED_AFTER


def key_of(scope: Scope, values: Values, formats: Sequence[str]) -> str:
    wanted = {"filter": scope.as_data(), "values": values.value, "formats": sorted(formats)}
    return hashlib.sha256(canonical(wanted)).hexdigest()


def current(key: str) -> FrozenMonths | None:
    """The newest revision, fresh or not."""
    return FrozenMonths.objects.filter(key=key).order_by("-revision").first()


def standing(scope: Scope, first: int, end: int) -> Standing:
    """What is erased and masked in the run now. Two queries."""
    since, until = scope.times()
    values: dict[str, int | str] = {
        "first": first,
        "end": end,
        "after": str(id_floor(since - MARGIN)) if since else "00000000-0000-0000-0000-000000000000",
        "last": str(id_floor((until or clock.now()) + MARGIN)),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM public.ledger_entry told JOIN public.ledger_leaf leaf
                ON leaf.entry_id = (convert_from(told.bytes, 'UTF8')::jsonb #>> '{subject,entry}')::uuid
            WHERE told.event = 'ledger.disclosure.erased' AND leaf.index >= %(first)s AND leaf.index < %(end)s""",
            values,
        )
        erasures = int(cursor.fetchone()[0])
        cursor.execute(
            f"""SELECT DISTINCT m.id::text FROM ({registry.masked_cases()}) AS m (id) WHERE EXISTS (
                SELECT FROM public.ledger_entry e JOIN public.ledger_leaf leaf ON leaf.entry_id = e.id
                WHERE e.case_id = m.id AND e.id > %(after)s AND e.id < %(last)s
                    AND leaf.index >= %(first)s AND leaf.index < %(end)s
            ) ORDER BY 1""",
            values,
        )
        cases = "\n".join(row[0] for row in cursor.fetchall())
    return Standing(erasures, hashlib.sha256(cases.encode()).hexdigest())


def overtaken(months: FrozenMonths, now: Standing) -> Reason | None:
    """Why the law forbids to use these files any longer. Bare entries hold nothing that an erasure takes."""
    if months.erasures != now.erasures and months.values != Values.NONE:
        return Reason.ERASED
    return Reason.MASKED if months.masked != now.masked else None


def of(
    plan: Plan, values: Values, formats: Sequence[str], writers: Sequence[tuple[str, Writer]], beat: Beat
) -> FrozenMonths:
    """The frozen files of a plan that `may_freeze`, written now where they are not there. Raises `CannotExport`."""
    key = key_of(plan.scope, values, formats)
    known, now = current(key), standing(plan.scope, plan.first, plan.end)
    reason = _why(known, plan, now, beat) if known else Reason.FIRST
    if known and reason is None:
        return known
    files = frozen_files.write(key, writers)
    months = FrozenMonths(
        id=new_id(),
        key=key,
        revision=known.revision + 1 if known else 1,
        reason=str(reason),
        filter=plan.scope.as_data(),
        values=values.value,
        formats=sorted(formats),
        first=plan.first,
        end=plan.end,
        rows=plan.rows,
        decisions=None if plan.decisions is None else len(plan.decisions),
        erasures=now.erasures,
        masked=now.masked,
        files=[{"name": one.name, "bytes": one.bytes, "sha256": one.sha256} for one in files],
        frozen_at=clock.now(),
    )
    _must_agree(known, months)
    return _kept(months)


def _why(known: FrozenMonths, plan: Plan, now: Standing, beat: Beat) -> Reason | None:
    """Why another revision is due; None where the known one stands."""
    if (known.first, known.end) != (plan.first, plan.end):
        return Reason.LATE
    reason = overtaken(known, now)
    return Reason.LOST if reason is None and not frozen_files.are_whole(known, beat) else reason


def _must_agree(known: FrozenMonths | None, months: FrozenMonths) -> None:
    """What was frozen once and what the log says now. A choice by values may have changed, a run of the log may not."""
    same_run = known is not None and (known.first, known.end) == (months.first, months.end)
    if known is None or not same_run or months.decisions is not None:
        return
    for name in BARE:
        if known.digest(name) != months.digest(name):
            raise CannotExport(
                f"The log gives another {name} for these months than the one that was frozen on"
                f" {known.frozen_at:%Y-%m-%d} (entry {known.entry_id}). Run manage.py verify_log, and keep the earlier"
                " bundles: they hold what the log said then."
            )


@transaction.atomic
def _kept(months: FrozenMonths) -> FrozenMonths:
    """The row with its entry; where another export was quicker, its row."""
    payload = MonthsFrozen(
        filter=months.filter,
        values=months.values,
        formats=months.formats,
        revision=months.revision,
        reason=months.reason,
        first=months.first,
        end=months.end,
        rows=months.rows,
        files={one["name"]: one["sha256"] for one in months.files},
    )
    try:
        with transaction.atomic():
            entry = append(NewEntry(payload=payload, actor=SYSTEM, subject={"months": months.id}))[0]
            months.entry_id = entry.id
            months.save(force_insert=True)
    except IntegrityError:
        won = current(months.key)
        if won is None:
            raise
        return won
    return months


def planned(plan: Plan, months: FrozenMonths) -> Plan:
    """The plan with the counts of what was frozen: a choice by values may give others today."""
    return replace(plan, rows=months.rows)


def sweep() -> int:
    """Remove frozen files that hold what the law has taken back; how many. A new revision comes when one is wanted."""
    newest = FrozenMonths.objects.filter(key=OuterRef("key")).order_by("-revision").values("revision")[:1]
    lasting: set[str] = set()
    over: set[str] = set()
    for months in FrozenMonths.objects.annotate(newest=Subquery(newest)).order_by("key", "revision"):
        named = {one["sha256"] for one in months.files if one["name"] not in BARE}
        fresh = months.revision == months.newest and not overtaken(
            months, standing(from_data(months.filter), months.first, months.end)
        )
        (lasting if fresh else over).update(named)
    gone = sum(frozen_files.remove(digest) for digest in sorted(over - lasting))
    return gone + frozen_files.remove_strays(_is_named)


def _is_named(digest: str) -> bool:
    return FrozenMonths.objects.filter(files__contains=[{"sha256": digest}]).exists()
