"""Scheduled work of the log."""

from __future__ import annotations

from celery import shared_task

from ledger import partitions


@shared_task(name="ledger.tasks.ensure_partitions")  # type: ignore[misc, unused-ignore]
def ensure_partitions() -> list[str]:
    """Make the partitions of this month and the next two; returns their names. Running it again changes
    nothing.
    """
    return partitions.ensure()
