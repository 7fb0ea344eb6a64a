"""The verb of exports: `export_record`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connection, reset_queries, transaction
from django.db.models import QuerySet

from accounts.models import Office, User
from cases.exports import lines
from cases.exports.errors import CannotExport
from cases.exports.selectors import all_lines
from cases.imports.events import RecordExported
from cases.models import Case
from cases.selectors.visibility import CASEWORK, visible_cases
from ledger.actors import Actor
from ledger.events import Committed
from ledger.services import NewEntry, append

LONGEST_PURPOSE: Final = 400
TOLD_EVERY: Final = 1000


@dataclass(frozen=True, slots=True)
class Exported:
    """`sha256` is of the file's bytes, in hex, as in the entry."""

    persons: int
    cases: int
    lines: int
    sha256: str


def export_record(
    *,
    actor: Actor,
    user: User | None,
    out: Path,
    office_key: str = "",
    purpose: str = "",
    on_progress: Callable[[int], None],
) -> Exported:
    """Write what `user` may see to the new file `out`, and one entry that says so.

    Without a user no restricted case is in it. The file gets its name only after its entry is committed. Raises
    `CannotExport`; then there is no file.
    """
    cases = _cases(user, office_key)
    purpose = " ".join(purpose.split())
    if len(purpose) > LONGEST_PURPOSE:
        raise CannotExport(f"The purpose has more than {LONGEST_PURPOSE} characters; shorten it.")
    if out.exists():
        raise CannotExport(f"{out} exists already; name a new file.")
    unfinished = out.with_name(f"{out.name}.part")
    try:
        done = _write(unfinished, cases, on_progress)
        with transaction.atomic():
            payload = RecordExported(
                office=office_key,
                purpose=Committed(purpose),
                persons=done.persons,
                cases=done.cases,
                lines=done.lines,
                file_digest=done.sha256,
            )
            append(NewEntry(payload=payload, actor=actor))
        unfinished.rename(out)
    except OSError as error:
        raise CannotExport(f"{out} cannot be written: {error.strerror}.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return done


def _cases(user: User | None, office_key: str) -> QuerySet[Case]:
    if user is None:
        cases = Case.objects.filter(restricted=False)
    elif not user.is_active or user.role not in CASEWORK:
        raise CannotExport(f"The account {user.username} may see no case, so there is nothing to export.")
    else:
        cases = visible_cases(user)
    if not office_key:
        return cases
    if not Office.objects.filter(key=office_key).exists():
        known = ", ".join(Office.objects.order_by("key").values_list("key", flat=True))
        raise CannotExport(f"There is no office {office_key!r}. Known: {known}.")
    return cases.filter(office_id=office_key)


def _write(path: Path, cases: QuerySet[Case], on_progress: Callable[[int], None]) -> Exported:
    """The whole file from one state of the record; only its owner may read it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    hashing, persons, count, total = hashlib.sha256(), 0, 0, 0
    with os.fdopen(descriptor, "wb") as file, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for line in all_lines(cases):
            data = lines.written(line).encode() + b"\n"
            file.write(data)
            hashing.update(data)
            total += 1
            count += isinstance(line, lines.CaseLine)
            if isinstance(line, lines.PersonLine):
                persons += 1
                if persons % TOLD_EVERY == 0:
                    on_progress(persons)
                    reset_queries()
        file.flush()
        os.fsync(file.fileno())
    return Exported(persons, count, total, hashing.hexdigest())
