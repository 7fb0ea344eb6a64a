"""The day on which something of the demonstration happened.

Only `seed_demo` uses it, which production refuses, in a process of its own: the practice date is that of the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from config.demo.recorder import day


@contextmanager
def on_day(text: str) -> Iterator[None]:
    """Policy, age and deadlines are judged by this day until the block ends; the true time stays as it is."""
    before = settings.PRACTICE_DATE
    settings.PRACTICE_DATE = day(text)
    try:
        yield
    finally:
        settings.PRACTICE_DATE = before
