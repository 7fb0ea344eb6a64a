"""Scheduled work of review. Tasks call services and hold no logic."""

from __future__ import annotations

from celery import shared_task

from review.clocks import reminders as clocks
from review.desk import digest
from review.regime import seeds


@shared_task(name="review.tasks.retire_seed")  # type: ignore[misc, unused-ignore]
def retire_seed() -> str:
    """Publish a seed that has served its time, and commit to the next; the digest of what was published, or empty."""
    retired = seeds.retire_seed()
    return retired.digest if retired else ""


@shared_task(name="review.tasks.send_reminders")  # type: ignore[misc, unused-ignore]
def send_reminders() -> int:
    """Send the reminders that are due; how many were finished. Two at once share them."""
    return clocks.sweep()


@shared_task(name="review.tasks.send_digests")  # type: ignore[misc, unused-ignore]
def send_digests() -> int:
    """Mail the kept filters that are due; how many went. Two at once share them."""
    return digest.sweep()
