"""The Celery application. Tasks call services and hold no logic; nothing relies on a result or on redelivery."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("totality")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
