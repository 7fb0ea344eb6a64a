"""Pieces of SQL that the reports share, and how they are run.

`SIGNED` is a subselect, not a named one, so that the planner can look up the decisions of one person, or walk them all.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from ledger.exports import registry

# A decision that was signed and not withdrawn, with the outcome that was signed last and the day it was signed first.
SIGNED = """(
    SELECT d.id, d.case_id, c.person_id, d.office_id, d.type, d.direction, last.outcome, last.number, last.entry_id,
        last.edition_key,
        origin.policy_date AS signed_on, done.carried_out, done."on" AS done_on,
        coalesce(done."on", origin.policy_date) AS day
    FROM public.assessment_decision d
        JOIN public.cases_case c ON c.id = d.case_id
        JOIN public.assessment_decisionversion last ON last.decision_id = d.id AND last.number = d.signed_number
        JOIN public.assessment_decisionversion first ON first.decision_id = d.id AND first.number = 1
        JOIN public.ledger_entry origin ON origin.id = first.entry_id
        LEFT JOIN public.assessment_execution done ON done.decision_id = d.id
    WHERE d.signed_number > 0 AND d.state <> 'withdrawn'
)"""


def not_masked(case: str) -> str:
    """The case is none of which the law lets nothing be told."""
    return f"NOT EXISTS (SELECT FROM ({registry.masked_cases()}) AS masked (id) WHERE masked.id = {case})"


def not_masked_of(cases: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Those of the cases that the law lets be told of, in their order."""
    statement = f"""SELECT id FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS c (id, place)
        WHERE {not_masked("c.id")} ORDER BY place"""
    return [row["id"] for row in rows(statement, {"ids": [str(one) for one in cases]})]


def rows(statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a statement by column."""
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(parameters))
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
