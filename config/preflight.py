"""Asked once before the product serves: may it start like this? Without `DEBUG` no demonstration account may be active,
because its password is published, and the key that signs the log may not be where people are served.

Three ways in, one answer:

* `python -m config.preflight` ends with 0, or with 2 and one line on stderr;
* `gunicorn --config python:config.preflight` asks before any worker is forked, and ends with 2;
* `config.wsgi` asks wherever the application is loaded. A gunicorn worker that loads it by itself ends with 3, because
  after any other code gunicorn would start it again for ever.

Nothing stays open: processes that are forked later must not share a connection.
"""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from typing import Any, NoReturn

CANNOT_START = 2
# What gunicorn takes for "this worker will never start".
WORKER_CANNOT_START = 3
WORKER_MODULE = "gunicorn.workers.base"
SEALERS_OWN = ("LOG_SIGNING_KEY", "LOG_SIGNING_KEY_FILE", "DATABASE_SEALER_URL")


def why_not() -> str:
    """Why the product must not start, in one line; empty when it may. Needs Django to be set up.

    Raises `django.db.Error` when the database does not answer or has no tables yet.
    """
    from django.conf import settings
    from django.db import connections

    from accounts.models import User

    if settings.DEMONSTRATION:
        return ""
    given = [name for name in SEALERS_OWN if os.environ.get(name)]
    if given:
        return f"{', '.join(given)} may be set for the sealer alone, not for a process that serves people."
    try:
        demo = list(
            User.objects.filter(is_demo=True, is_active=True)
            .order_by("username")
            .values_list("username", flat=True)
        )
    finally:
        connections.close_all()
    if not demo:
        return ""
    return (
        f"Demonstration accounts are active ({', '.join(demo)}), and their password is published. "
        "Make them inactive, or set DEBUG=1 for a demonstration."
    )


def stop(reason: str) -> NoReturn:
    """End this process with one line on stderr."""
    print(f"Totality does not start. {' '.join(reason.split())}", file=sys.stderr, flush=True)
    forked = any(frame.f_globals.get("__name__") == WORKER_MODULE for frame, _ in traceback.walk_stack(None))
    sys.exit(WORKER_CANNOT_START if forked else CANNOT_START)


def on_starting(server: Any) -> None:
    """Hook of gunicorn, in the process that forks the workers.

    A process of its own asks, so that this one loads no code that a reload could not renew.
    """
    code = subprocess.run([sys.executable, "-m", "config.preflight"], check=False).returncode
    if code:
        sys.exit(code)


def main() -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        reason = why_not()
    except ImproperlyConfigured as error:
        stop(str(error))
    except Error as error:
        stop(f"The database did not answer: {str(error).strip().splitlines()[0]}")
    if reason:
        stop(reason)


if __name__ == "__main__":
    main()
