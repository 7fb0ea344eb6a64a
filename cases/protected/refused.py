"""The application's side of the seal over refused words: in at a refusal, out for privacy and auditor together.

Like `gate`, it uses the driver's own cursor, so that no statement with words stays in memory while debugging.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from cases.screening.words import Word


@dataclass(frozen=True, slots=True)
class RefusedWords:
    """Words of one refusal: where, about what, and the words, which its text form does not show."""

    where: str
    attribute: str
    words: str = field(repr=False)


def seal(*, entry_id: uuid.UUID, refused: Iterable[tuple[str, Word]]) -> None:
    """Seal the words of a refusal, within the transaction that appended its entry."""
    rows = [{"field": where, "attribute": word.attribute, "words": word.text} for where, word in refused]
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(
            "SELECT gate.put_refused_words(%s::uuid, %s::jsonb)", [str(entry_id), json.dumps(rows)]
        )


def unseal(*, opening: uuid.UUID) -> list[RefusedWords]:
    """The words of the refusal that the entry `opening`, of this transaction, opens. Raises the database's error."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(
            "SELECT field, attribute, words FROM gate.read_refused_words(%s::uuid)", [str(opening)]
        )
        return [RefusedWords(*row) for row in cursor.fetchall()]
