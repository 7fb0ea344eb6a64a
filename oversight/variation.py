"""No variation: groups of thirty or more decisions of one office in which every decision has the same outcome.

A group is a decision type, a source that referred people, or an offense group that a source labelled an arrest
with. That all outcomes are the same says nothing by itself: it says where to read single decisions. Ordered by
office and group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from oversight.filters import ReportFilter
from oversight.sql import SIGNED, not_masked, rows
from oversight.words import DIRECTIONS, OUTCOMES, source_labels, step_labels

LEAST: Final = 30
COUNTED: Final = (
    f"Groups of {LEAST} or more decisions of one office, of one direction, in which every decision that was signed"
    " and not withdrawn has the same outcome, the one that was signed last. A decision counts once in each "
    "offense group and source that the encounters of its case name. Cases that 8 U.S.C. 1367 or 8 CFR 208.6 masks"
    " are left out."
)
KINDS: Final = {"type": "Decision type", "source": "Source", "offense": "Offense group"}

STATEMENT = f"""
    WITH chosen AS MATERIALIZED (
        SELECT s.id, s.case_id, s.office_id, s.type, s.direction, s.outcome FROM {SIGNED} AS s
        WHERE {{masked}} AND {{chosen}}
    ), grouped AS (
        SELECT 'type' AS kind, type AS name, id, office_id, direction, outcome FROM chosen
        UNION
        SELECT 'source', n.referral_source, chosen.id, chosen.office_id, direction, outcome
            FROM chosen JOIN public.cases_encounter n ON n.case_id = chosen.case_id WHERE n.referral_source <> ''
        UNION
        SELECT 'offense', label."group", chosen.id, chosen.office_id, direction, outcome
            FROM chosen JOIN public.cases_encounter n ON n.case_id = chosen.case_id
                JOIN public.cases_sourcelabel label
                    ON label.encounter_id = n.id AND label.encounter_version = n.version
            WHERE label."group" <> ''
    )
    SELECT office.name AS office, kind, grouped.name, direction, count(*) AS decisions, min(outcome) AS outcome
    FROM grouped JOIN public.accounts_office office ON office.key = grouped.office_id
    GROUP BY office.key, office.name, kind, grouped.name, direction
    HAVING count(*) >= %(least)s AND min(outcome) = max(outcome)
    ORDER BY office.name, office.key, kind, grouped.name, direction
"""


@dataclass(frozen=True, slots=True)
class Group:
    """One group without variation."""

    office: str
    kind: str
    name: str
    direction: str
    decisions: int
    outcome: str


def groups(filter: ReportFilter) -> list[Group]:
    """All groups without variation. One query."""
    steps, sources = step_labels(), source_labels()

    def named(row: dict[str, Any]) -> str:
        name: str = row["name"]
        if row["kind"] == "type":
            return steps.get((name, row["direction"]), name)
        return sources.get(name, name) if row["kind"] == "source" else name

    condition = filter.condition(day="s.day", office="s.office_id", type="s.type")
    statement = STATEMENT.format(masked=not_masked("s.case_id"), chosen=condition)
    return [
        Group(
            office=row["office"],
            kind=KINDS[row["kind"]],
            name=named(row),
            direction=DIRECTIONS[row["direction"]],
            decisions=row["decisions"],
            outcome=OUTCOMES[row["outcome"]],
        )
        for row in rows(statement, {**filter.parameters, "least": LEAST})
    ]
