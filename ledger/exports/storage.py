"""Files of exports, outside of the web root: whole ones under the export's id, half ones under another name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from django.conf import settings

from ledger.exports.models import Export, ExportState

OF_AN_EXPORT: Final = re.compile(r"([0-9a-f-]{36})(?:\.\d+\.part)?\.zip")


def folder() -> Path:
    path: Path = settings.EXPORTS_DIR
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(export: Export) -> Path:
    return folder() / f"{export.pk}.zip"


def part_of(export: Export) -> Path:
    """Where this attempt writes. Its own name, so that a worker thought dead disturbs nobody."""
    return folder() / f"{export.pk}.{export.attempts}.part.zip"


def remove_other_parts(export: Export) -> None:
    """Remove what attempts before this one left. A worker that was only thought dead finds its file gone, and ends."""
    for path in folder().glob(f"{export.pk}.*.part.zip"):
        if path != part_of(export):
            path.unlink(missing_ok=True)


def remove_strays() -> int:
    """Remove what a worker left that was killed, or that was cancelled in its last moment; how many.

    Of an export that runs, the file of this attempt stays, and the whole one, which is put in place before the row says
    that it is done; of one that is done, the whole one. Files of exports that this database does not know are not its
    own.
    """
    found = {path: named for path in folder().iterdir() if (named := OF_AN_EXPORT.fullmatch(path.name))}
    # The files first: whatever ends meanwhile is then judged by its end.
    ids = {named[1] for named in found.values()}
    known = {str(one.pk): one for one in Export.objects.filter(pk__in=ids)}
    count = 0
    for path, named in found.items():
        export = known.get(named[1])
        if export is not None and path not in _wanted(export):
            path.unlink(missing_ok=True)
            count += 1
    return count


def _wanted(export: Export) -> tuple[Path, ...]:
    if export.state == ExportState.RUNNING:
        return (path_of(export), part_of(export))
    return (path_of(export),) if export.state == ExportState.DONE else ()


def remove(export: Export) -> None:
    """Remove whatever there is of it."""
    for path in folder().glob(f"{export.pk}.*"):
        path.unlink(missing_ok=True)
