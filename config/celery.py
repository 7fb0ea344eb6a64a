"""The Celery application. Tasks call services and hold no logic; nothing relies on a result or on redelivery."""

from __future__ import annotations

import importlib
import os

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("totality")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def load_the_largest_library(**_: object) -> None:
    """What takes most memory is there from the start: a worker that has room to start has room to work."""
    importlib.import_module("pyarrow.csv")
    importlib.import_module("pyarrow.parquet")
