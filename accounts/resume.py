"""Keep what was typed when a session ended in mid-sentence.

The posted fields travel in the sign-in page as one hidden field and come back after sign-in as a form that the person
sends again. Nothing is stored for a visitor who is not signed in.
"""

from __future__ import annotations

import json

from django.http import HttpRequest

SKIP = {"csrfmiddlewaretoken", "password"}


def pack_posted_fields(request: HttpRequest) -> str:
    """The posted fields as JSON text: a list of `[name, value]` pairs, without tokens and passwords."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values if name not in SKIP]
    return json.dumps(pairs)


def unpack_fields(text: str) -> list[tuple[str, str]]:
    """The pairs of `pack_posted_fields`; an unreadable text gives none, and a planted token or password is left out."""
    try:
        pairs = json.loads(text)
    except ValueError:
        return []
    if not isinstance(pairs, list):
        return []
    return [
        (pair[0], pair[1])
        for pair in pairs
        if isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(part, str) for part in pair)
        and pair[0] not in SKIP
    ]
