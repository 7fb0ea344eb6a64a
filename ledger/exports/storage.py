"""Files of exports, outside of the web root: whole ones under the export's id, half ones under another name."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from ledger.exports.models import Export


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


def remove(export: Export) -> None:
    """Remove whatever there is of it."""
    for path in folder().glob(f"{export.pk}.*"):
        path.unlink(missing_ok=True)
