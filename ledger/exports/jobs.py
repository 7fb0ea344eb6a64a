"""Every write of an export: asking for it, claiming, running, cancelling, downloading, expiring; and kept filters.

An export is a row that a sweep claims with SKIP LOCKED; running it twice gives the same file under the same name, so
a job that a dead worker left behind is simply run again. Half a file is never to be seen: it has another name until
it is whole.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from ledger import clock
from ledger.actors import SYSTEM, Actor
from ledger.events import Committed
from ledger.exports import bundle, storage
from ledger.exports.events import (
    ExportCancelled,
    ExportDownloaded,
    ExportExpired,
    ExportFailed,
    ExportFinished,
    ExportOpened,
    ExportRequested,
    ExportsListed,
    FilterRemoved,
    FilterSaved,
)
from ledger.exports.files import Values
from ledger.exports.models import UNDER_WAY, Export, ExportState, SavedScope
from ledger.exports.plan import Plan
from ledger.exports.scope import Scope, ScopeRefused
from ledger.ids import new_id
from ledger.models import Entry
from ledger.services import NewEntry, append

log = logging.getLogger(__name__)

MOST_ATTEMPTS: Final = 3
# A worker tells of itself at every piece, which takes about a second; after this long it is thought dead.
SILENCE: Final = timedelta(seconds=60)
DIED_EACH_TIME: Final = (
    f"It was begun {MOST_ATTEMPTS} times, and each time its worker ended in the middle of it. Nothing of it was kept."
    " Let the operator look why workers end (often memory or a restart), then run it again."
)
SHORTEST_PURPOSE: Final = 10
UNMASKING_ROLES: Final = frozenset({"privacy"})


class ExportRefused(Exception):
    """It may not be done; `field` names what to correct, empty where nothing can be."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


class Gone(Exception):
    """The job is no longer this worker's: it was cancelled, or another one has taken it."""


def may_unmask(actor: Actor) -> bool:
    """Whether this role may ask for values of masked cases; the purpose is recorded in any case."""
    return actor.role in UNMASKING_ROLES


def check_request(*, actor: Actor, purpose: str, values: Values, formats: Sequence[str]) -> None:
    """Raises `ExportRefused`."""
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise ExportRefused(
            "purpose", "Say in a few words what the export is for; it stands in the file and in the log."
        )
    if values is Values.ALL and not may_unmask(actor):
        raise ExportRefused(
            "values",
            "Values of protected cases go only to the role of privacy. Choose another answer, or ask that office.",
        )
    if unknown := [one for one in formats if one not in bundle.TABLES]:
        raise ExportRefused(
            "formats", f"There is no format {unknown[0]!r}; choose from {', '.join(bundle.TABLES)}."
        )


def note_request(*, actor: Actor, export: uuid.UUID, scope: Scope, request: bundle.Request) -> Entry:
    """The entry that tells of a request, within the caller's transaction."""
    payload = ExportRequested(
        filter=scope.as_data(),
        values=request.values.value,
        formats=list(request.formats),
        purpose=Committed(request.purpose),
    )
    return append(NewEntry(payload=payload, actor=actor, subject={"export": export}))[0]


@transaction.atomic
def request(
    *,
    actor: Actor,
    scope: Scope,
    purpose: str,
    values: Values = Values.OPEN,
    formats: Sequence[str] = ("csv",),
    since_size: int = 0,
) -> Export:
    """Ask for an export. Raises `ExportRefused`."""
    purpose = purpose.strip()
    check_request(actor=actor, purpose=purpose, values=values, formats=formats)
    id, now = new_id(), clock.now()
    wanted = bundle.Request(exporter=actor, purpose=purpose, values=values, formats=formats)
    entry = note_request(actor=actor, export=id, scope=scope, request=wanted)
    export = Export.objects.create(
        id=id,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_role=actor.role,
        actor_office=actor.office,
        purpose=purpose,
        filter=scope.as_data(),
        values=values.value,
        formats=list(formats),
        since_size=since_size,
        entry_id=entry.id,
        requested_at=now,
        due_at=now,
    )
    transaction.on_commit(_nudge)
    return export


def _nudge() -> None:
    """Wake a worker. The row alone decides, so a broker that is away costs a few seconds and nothing else."""
    from ledger.tasks import run_exports

    try:
        run_exports.apply_async(retry=False)
    except Exception as error:
        log.warning("The broker could not be told of an export; the sweep finds it: %s", error)


def repeat(*, actor: Actor, export: Export) -> Export:
    """Ask again for what an export asked for, in the name of who asks now. Raises `ExportRefused`."""
    try:
        scope = export.scope
    except ScopeRefused as refused:
        raise ExportRefused(
            "", f"Its filter cannot be used any more ({refused}). Start a new export with another filter."
        ) from refused
    return request(
        actor=actor,
        scope=scope,
        purpose=export.purpose,
        values=Values(export.values),
        formats=export.formats,
        since_size=export.since_size,
    )


@transaction.atomic
def claim() -> Export | None:
    """The next export that is due, now this worker's; one whose worker fell silent is due again."""
    now = clock.now()
    silent = Q(state=ExportState.RUNNING, heartbeat_at__lt=now - SILENCE)
    export = (
        Export.objects.select_for_update(skip_locked=True)
        .filter(Q(state=ExportState.WAITING, due_at__lte=now) | silent)
        .order_by("due_at", "id")
        .first()
    )
    if export is None:
        return None
    if export.attempts >= MOST_ATTEMPTS:
        _fail(export, DIED_EACH_TIME)
        return None
    export.state, export.attempts = ExportState.RUNNING, export.attempts + 1
    export.claimed_at = export.heartbeat_at = now
    export.share, export.rows_done, export.trouble = 0, 0, ""
    export.save(
        update_fields=[
            "state",
            "attempts",
            "claimed_at",
            "heartbeat_at",
            "share",
            "rows_done",
            "trouble",
        ]
    )
    return export


def planned(export: Export, plan: Plan) -> None:
    """What the plan found. Raises `Gone`."""
    _update(
        export,
        rows_all=plan.end - plan.first,
        first=plan.first,
        end=plan.end,
        tree_size=plan.signed.size,
        included=plan.rows,
    )


def tell(export: Export, share: float = 0.0, rows: int = 0) -> None:
    """The worker lives, and this much is done. Raises `Gone`."""
    _update(export, share=min(round(share * 1000), 1000), rows_done=rows)


def _update(export: Export, **values: object) -> None:
    mine = Export.objects.filter(pk=export.pk, state=ExportState.RUNNING, attempts=export.attempts)
    if not mine.update(heartbeat_at=clock.now(), **values):
        raise Gone


def is_silent(export: Export) -> bool:
    """Whether its worker must be thought dead; another one takes it up."""
    heard = export.heartbeat_at
    return export.state == ExportState.RUNNING and heard is not None and heard < clock.now() - SILENCE


def is_overdue(export: Export) -> bool:
    """Whether no worker took it, though the sweep looks several times in that while."""
    return export.state == ExportState.WAITING and export.due_at < clock.now() - SILENCE


@transaction.atomic
def finish(*, export: Export, plan: Plan, name: str, size: int, sha256: str) -> None:
    """The file is whole and is put in its place now. Raises `Gone`, and then there is none.

    One who cancels meanwhile waits for this row, so that no file of a cancelled export gets its place.
    """
    now = clock.now()
    _update(
        export,
        state=ExportState.DONE,
        share=1000,
        file_name=name,
        bytes=size,
        sha256=sha256,
        ended_at=now,
        expires_at=now + timedelta(days=settings.EXPORT_DAYS),
    )
    payload = ExportFinished(
        rows=plan.rows,
        first=plan.first,
        end=plan.end,
        tree_size=plan.signed.size,
        bytes=size,
        sha256=sha256,
    )
    append(NewEntry(payload=payload, actor=SYSTEM, subject={"export": export.pk}))
    storage.part_of(export).replace(storage.path_of(export))


@transaction.atomic
def fail(*, export: Export, trouble: str) -> None:
    """It cannot be done; `trouble` says why and what to do. Raises `Gone`."""
    _update(export)
    _fail(export, trouble)


def _fail(export: Export, trouble: str) -> None:
    Export.objects.filter(pk=export.pk).update(
        state=ExportState.FAILED, trouble=trouble, ended_at=clock.now()
    )
    payload = ExportFailed(attempts=export.attempts)
    append(NewEntry(payload=payload, actor=SYSTEM, subject={"export": export.pk}))


@transaction.atomic
def try_again(*, export: Export, trouble: str, seconds: int, at_last: str) -> None:
    """Put it back for a later attempt because of `trouble`, or end it after the last one with the words `at_last`.

    Raises `Gone`.
    """
    if export.attempts >= MOST_ATTEMPTS:
        fail(export=export, trouble=at_last)
    else:
        _update(
            export,
            state=ExportState.WAITING,
            trouble=trouble,
            due_at=clock.now() + timedelta(seconds=seconds),
        )


@transaction.atomic
def cancel(*, actor: Actor, export: Export) -> bool:
    """Stop it; its worker notices at the next piece. False where it had ended already."""
    stopped = Export.objects.filter(pk=export.pk, state__in=UNDER_WAY).update(
        state=ExportState.CANCELLED, ended_at=clock.now(), trouble=f"Cancelled by {actor.name}."
    )
    if stopped:
        append(NewEntry(payload=ExportCancelled(), actor=actor, subject={"export": export.pk}))
    return bool(stopped)


@transaction.atomic
def note_download(*, actor: Actor, export: Export, begin: int) -> None:
    """A download, or the rest of one, is about to begin."""
    payload = ExportDownloaded(begin=begin, sha256=export.sha256)
    append(NewEntry(payload=payload, actor=actor, subject={"export": export.pk}))


@transaction.atomic
def note_listing(*, actor: Actor, shown: Sequence[Export]) -> None:
    append(NewEntry(payload=ExportsListed(shown=[str(one.pk) for one in shown]), actor=actor))


@transaction.atomic
def note_opening(*, actor: Actor, export: Export) -> None:
    append(NewEntry(payload=ExportOpened(), actor=actor, subject={"export": export.pk}))


def expire() -> int:
    """Remove the files whose time is over, and those that a killed worker left; how many."""
    count = 0
    for export in Export.objects.filter(state=ExportState.DONE, expires_at__lte=clock.now()).order_by(
        "expires_at"
    ):
        with transaction.atomic():
            over = Export.objects.filter(pk=export.pk, state=ExportState.DONE).update(
                state=ExportState.EXPIRED
            )
            if over:
                append(NewEntry(payload=ExportExpired(), actor=SYSTEM, subject={"export": export.pk}))
                count += 1
        storage.remove(export)
    return count + storage.remove_strays()


@transaction.atomic
def save_scope(*, actor: Actor, name: str, scope: Scope) -> SavedScope:
    """Keep a filter under a name; the same name again replaces it."""
    name = name.strip()
    if not name or len(name) > 80:
        raise ExportRefused("name", "Give the filter a name of at most 80 characters.")
    try:
        with transaction.atomic():
            saved = SavedScope.objects.create(
                owner_id=actor.id, name=name, filter=scope.as_data(), saved_at=clock.now()
            )
    except IntegrityError:
        saved = SavedScope.objects.get(owner_id=actor.id, name=name)
        saved.filter, saved.saved_at = scope.as_data(), clock.now()
        saved.save(update_fields=["filter", "saved_at"])
    append(NewEntry(payload=FilterSaved(name=Committed(name), filter=scope.as_data()), actor=actor))
    return saved


@transaction.atomic
def remove_scope(*, actor: Actor, saved: SavedScope) -> None:
    append(NewEntry(payload=FilterRemoved(filter=saved.filter), actor=actor))
    saved.delete()
