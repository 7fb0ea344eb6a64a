"""Persons whose name is like what was typed, on request: by trigrams, at most a few, nearest first.

Needs the extension `pg_trgm`. Where the database has none, the page says so; nothing slower stands in for it.
"""

from __future__ import annotations

import uuid

from django.db import connection, transaction

from cases.models import PersonAlias

# How much of what was typed must be found in a name, from 0 to 1.
NEAR = "0.5"
SIMILAR = """
    SELECT person_id, alias FROM (
        (SELECT id AS person_id, '' AS alias,
            word_similarity(%(typed)s, upper(family_name || ' ' || given_name)) AS near
        FROM cases_person WHERE %(typed)s <%% upper(family_name || ' ' || given_name)
        ORDER BY near DESC, id LIMIT %(most)s)
        UNION ALL
        (SELECT person_id, id::text, word_similarity(%(typed)s, upper(family_name || ' ' || given_name))
        FROM cases_personalias
        WHERE NOT withdrawn AND %(typed)s <%% upper(family_name || ' ' || given_name)
        ORDER BY 3 DESC, person_id LIMIT %(most)s)
    ) found ORDER BY near DESC, person_id LIMIT %(most)s
"""


def can_search_similar() -> bool:
    """Whether the database compares names by trigrams. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')")
        (there,) = cursor.fetchone()
    return bool(there)


def similar_names(words: str, most: int) -> dict[uuid.UUID, str]:
    """Persons by nearness, each with the other name that is like it, or nothing for the own name."""
    typed = " ".join(words.replace(",", " ").upper().split())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [NEAR])
        cursor.execute(SIMILAR, {"typed": typed, "most": most})
        rows = cursor.fetchall()
    names = {
        str(row.pk): row.name for row in PersonAlias.objects.filter(pk__in=[one for _, one in rows if one])
    }
    found: dict[uuid.UUID, str] = {}
    for person_id, alias in rows:
        found.setdefault(person_id, names.get(alias, ""))
    return found
