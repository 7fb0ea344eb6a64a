"""Running an export: wait for the seal, plan, write, put in place. Whatever happens, the row says it in clear words."""

from __future__ import annotations

import errno
import hashlib
import logging
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from ledger import clock
from ledger.exports import bundle, jobs, plan, storage
from ledger.exports.bundle import Request
from ledger.exports.files import Values
from ledger.exports.jobs import Gone
from ledger.exports.models import Export
from ledger.exports.plan import CannotExport
from ledger.exports.scope import ScopeRefused

log = logging.getLogger(__name__)

AGAIN_AFTER: Final = 15
DISK_FULL: Final = (
    "The disk of the exports is full. Nothing of the export was kept. Let the operator free some space, or choose"
    " fewer days or formats, then run it again."
)
TOO_LARGE: Final = (
    "The file became larger than this machine lets a file be. Nothing of the export was kept. Choose fewer days or"
    " formats, then run it again."
)
DATABASE_AWAY: Final = "The database could not be reached. The export is tried again by itself."
DATABASE_STAYED_AWAY: Final = (
    "The database could not be reached at any attempt. Nothing of the export was kept. Let the operator look at the"
    " database, then run it again."
)
UNFORESEEN: Final = (
    "Something went wrong that nobody foresaw; the operator finds it in the worker’s log under this export’s id."
    " Run it again; if it fails again, tell the operator."
)


def run_due() -> int:
    """Run all exports that are due, one after another; how many."""
    count = 0
    while export := jobs.claim():
        run(export)
        count += 1
    return count


def run(export: Export) -> None:
    """Run one export that this worker has claimed."""
    try:
        _run(export)
    except Gone:
        log.info("Export %s is no longer this worker's.", export.pk)
    except (OperationalError, InterfaceError) as error:
        log.warning("Export %s lost the database: %s", export.pk, error)
        connection.close()
        _settle(export, DATABASE_AWAY, again=True)
    except (CannotExport, ScopeRefused) as error:
        _settle(export, str(error))
    except OSError as error:
        log.exception("Export %s could not write its file.", export.pk)
        _settle(export, _words_for(error))
    except Exception:
        log.exception("Export %s failed.", export.pk)
        _settle(export, UNFORESEEN)
    finally:
        storage.part_of(export).unlink(missing_ok=True)


def _words_for(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    if error.errno == errno.EFBIG:
        return TOO_LARGE
    return (
        f"The file could not be written ({error.strerror}). Nothing of the export was kept. Tell the operator; when it"
        " is put right, run it again."
    )


def _settle(export: Export, trouble: str, *, again: bool = False) -> None:
    """Write down how it went. If even that fails, the silence of the worker lets another one take it up."""
    try:
        if again:
            jobs.try_again(export=export, trouble=trouble, seconds=AGAIN_AFTER, at_last=DATABASE_STAYED_AWAY)
        else:
            jobs.fail(export=export, trouble=trouble)
    except (Gone, OperationalError, InterfaceError) as error:
        log.warning("Export %s could not be settled: %s", export.pk, error)


def _run(export: Export) -> None:
    plan.wait_until_sealed(export.entry_id, settings.EXPORT_SEAL_SECONDS, lambda: jobs.tell(export))
    made, at = plan.make(export.scope), clock.now()
    jobs.planned(export, made)
    request = Request(
        exporter=export.actor,
        purpose=export.purpose,
        values=Values(export.values),
        formats=export.formats,
        since_size=export.since_size,
    )
    storage.remove_other_parts(export)
    part = storage.part_of(export)
    made = bundle.write(made, request, part, at, lambda share, rows: jobs.tell(export, share, rows))
    size, digest = part.stat().st_size, digest_of(part)
    jobs.finish(export=export, plan=made, name=bundle.file_name(made, at), size=size, sha256=digest)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read as a stream."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
