"""Scheduled work of the log."""

from __future__ import annotations

from celery import shared_task

from ledger import partitions
from ledger.exports import frozen, jobs, running


@shared_task(name="ledger.tasks.ensure_partitions")  # type: ignore[misc, unused-ignore]
def ensure_partitions() -> list[str]:
    """Make the partitions of this month and the next two; returns their names. Running it again changes
    nothing.
    """
    return partitions.ensure()


# An export may take hours; it is stopped by cancelling it, and a worker that dies is noticed by its silence.
@shared_task(name="ledger.tasks.run_exports", soft_time_limit=86_000, time_limit=86_400)  # type: ignore[misc, unused-ignore]
def run_exports() -> int:
    """Run the exports that are due; how many. Two at once share them."""
    return running.run_due()


@shared_task(name="ledger.tasks.expire_exports")  # type: ignore[misc, unused-ignore]
def expire_exports() -> int:
    """Remove the files of exports whose time is over, and frozen ones that the law has taken back; how many."""
    return jobs.expire() + frozen.sweep()
