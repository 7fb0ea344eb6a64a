"""WSGI entry point for gunicorn. It refuses what `config.preflight` refuses.

A database that does not answer stops no worker: it may be failing over, and `/readyz` tells.
"""

from __future__ import annotations

import logging
import os

from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import Error

from config import preflight

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def _load() -> WSGIHandler:
    try:
        loaded = get_wsgi_application()
        reason = preflight.why_not()
    except ImproperlyConfigured as error:
        preflight.stop(str(error))
    except Error as error:
        logging.getLogger("config").warning("Not asked for demonstration accounts: %s", type(error).__name__)
        return loaded
    if reason:
        preflight.stop(reason)
    return loaded


application = _load()
