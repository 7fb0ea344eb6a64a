"""Random passwords of the embedded services.

They are made once per instance and kept in one file that only its owner can read. Passwords are
hexadecimal, so that they need no quoting in an address, a configuration file or a shell.
"""

from __future__ import annotations

import json
import secrets

from config.embedded.errors import EmbeddedError
from config.embedded.files import write_private
from config.embedded.layout import Layout

SUPERUSER = "postgres"
LOGIN_ROLES = ("totality_owner", "totality_app", "totality_sealer", "totality_statistics")
BROKER = "broker"
SIGNING = "secret_key"
WORDS = "refused_words_key"
NAMES = (SUPERUSER, *LOGIN_ROLES, BROKER, SIGNING, WORDS)


def load(layout: Layout) -> dict[str, str]:
    """The passwords by name; whatever is missing is made and kept."""
    try:
        known = json.loads(layout.credentials.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = {}
    except ValueError as error:
        raise EmbeddedError(
            f"{layout.credentials} is damaged: {error}. Restore it, or remove {layout.data} to begin anew."
        ) from error
    missing = [name for name in NAMES if name not in known]
    if missing:
        known.update({name: secrets.token_hex(32) for name in missing})
        write_private(layout.credentials, json.dumps(known, indent=1) + "\n")
    return {name: str(known[name]) for name in NAMES}
