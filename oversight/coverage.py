"""Coverage: are imported actions and signed decisions to act found together, by person, step and day?

A step is a decision type with its direction (`oversight.actions`): placing a detainer and lifting one are two.
A decision goes with one action: of the same person and step, the closest in days, at most `within` days away; where
what was done is recorded, its day must lie within the action's. One that was recorded as not carried out goes with
none. So an action is without a decision when no decision's closest action it is. Lists go by keys and read one page
at a time.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from oversight import cells
from oversight.actions import ACTIONS, GOES_WITH, STEPS, kinds_of
from oversight.filters import ReportFilter
from oversight.sql import SIGNED, not_masked, rows

PAGE_SIZE: Final = 50


class Listing(StrEnum):
    """The three lists; the value stands in addresses."""

    NO_DECISION = "no-decision"
    NO_ACTION = "no-action"
    SIGNED_AFTER = "signed-after"


TITLES: Final = {
    Listing.NO_DECISION: "Actions without a decision",
    Listing.NO_ACTION: "Decisions without an action",
    Listing.SIGNED_AFTER: "Decisions signed after their action",
}
MEANINGS: Final = {
    Listing.NO_DECISION: "An imported action, and no signed decision to act whose closest action it is.",
    Listing.NO_ACTION: "A signed decision to act, and no imported action of the person and kind near its day. "
    "A decision that was recorded as not carried out is not here.",
    Listing.SIGNED_AFTER: "A signed decision to act whose first signing lies after the last day on which its action "
    "can have been.",
}
COUNTED: Final = (
    "An action is an imported arrest, or an imported action of another kind: a detainer placed or lifted, a notice to "
    "appear served, a transfer to custody, a release, a removal, and so on. A decision is one to take or to undo such "
    "a step, signed at least once and not withdrawn, with the outcome to act signed last. A decision goes with the "
    "one action of the same person and kind that is closest in days; a release goes with a decision to release after "
    "an arrest, or to ease or end custody. Where no action of a kind was ever imported, all decisions on it are "
    "without an action. What came in with two records of one person that were merged since is told once, at the case "
    "that has the record now. Offices are those of the case for an action, of the decision for a decision. Cases that "
    "8 U.S.C. 1367 or 8 CFR 208.6 masks are left out."
)


def told_once(case: str, action: str) -> str:
    """The action is no second telling of one: two records of one person, merged since, may both have brought it in.

    Then it counts where the record is now, else where it came in first. Costs nothing where no case was merged.
    """
    return f"""({case}.merged_into_id IS NULL OR NOT EXISTS (
        SELECT FROM public.cases_case other JOIN public.cases_importedaction same ON same.case_id = other.id
        WHERE other.person_id = {case}.person_id AND other.id <> {case}.id
            AND same.kind = {action}.kind AND same.happened_on = {action}.on_earliest
            AND (other.merged_into_id IS NULL OR same.id < {action}.id)
    ))"""


# The closest action of the decision `s`: the same person and step, near its day.
CLOSEST = f"""LATERAL (
    SELECT n.id, n.kind, n.on_earliest, n.on_latest
    FROM public.cases_case own JOIN {ACTIONS} AS n ON n.case_id = own.id
        JOIN {GOES_WITH} ON goes.kind = n.kind AND goes.type = s.type AND goes.direction = s.direction
    WHERE own.person_id = s.person_id AND {told_once("own", "n")}
        AND s.day BETWEEN n.on_earliest - s.slack AND n.on_latest + s.slack
    ORDER BY greatest(n.on_earliest - s.day, s.day - n.on_latest, 0), n.on_earliest, n.id
    LIMIT 1
)"""
TO_ACT = f"""(
    SELECT signed.*, CASE WHEN signed.done_on IS NULL THEN %(within)s ELSE 0 END AS slack
    FROM {SIGNED} AS signed
    WHERE signed.outcome = 'act' AND signed.carried_out IS DISTINCT FROM false
)"""
ON_CASES = f"{ACTIONS} AS action JOIN public.cases_case c ON c.id = action.case_id"
# An action is never changed, so it stays at its case when that is merged into another, and a merge that is undone finds
# it there. Until then it is told of at the case that has the record now, and the masks of all on the way hold for it.
HELD_BY = """CASE WHEN c.merged_into_id IS NULL THEN c.id ELSE (
    SELECT last.id FROM public.cases_holding(c.id) AS holder JOIN public.cases_case last ON last.id = holder
    WHERE last.merged_into_id IS NULL
) END"""
TELLABLE = f"""{not_masked("action.case_id")} AND {told_once("c", "action")} AND (
    c.merged_into_id IS NULL OR NOT EXISTS (
        SELECT FROM public.cases_holding(c.id) AS holder WHERE NOT ({not_masked("holder")})
    )
)"""
IS_ACTION = "action.kind = ANY(%(kinds)s)"
COVERED = f"""EXISTS (
    SELECT FROM {TO_ACT} AS s CROSS JOIN {CLOSEST} AS closest
    WHERE s.person_id = c.person_id AND closest.id = action.id
)"""


@dataclass(frozen=True, slots=True)
class Line:
    """One action or decision of a list."""

    id: uuid.UUID
    office: str
    action: str
    type: str
    direction: str
    case_id: uuid.UUID
    action_on: str
    signed_on: str
    done_on: str
    days_after: int | None
    entry_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `next` is what to pass as `after` for the next one, None on the last."""

    lines: list[Line]
    next: str | None


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """Counts of one office; None is a cell that is not told."""

    office: str
    actions: int | None
    without_decision: int | None
    decisions: int | None
    without_action: int | None
    signed_after: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Lines by the office's name, and the totals that may be told."""

    lines: list[OfficeLine]
    total: OfficeLine


def statement(listing: Listing, filter: ReportFilter, *, paged: bool) -> str:
    """The lines of a list, in the order of their key; with `paged`, `size` of them after the key `after`."""
    if listing is Listing.NO_DECISION:
        select = f"""SELECT action.id, office.name AS office, action.kind AS action, {HELD_BY} AS case_id,
                NULL AS type, NULL AS direction,
                action.on_earliest, action.on_latest, NULL::date AS signed_on, NULL::date AS done_on,
                NULL::integer AS days_after, NULL::uuid AS entry_id
            FROM {ON_CASES} JOIN public.accounts_office office ON office.key = c.office_id
            WHERE {IS_ACTION} AND {TELLABLE} AND NOT {COVERED}
                AND {_of_actions(filter)}"""
        after, order = (
            "(action.on_earliest, action.id) > (%(day)s, %(after)s::uuid)",
            "action.on_earliest, action.id",
        )
    else:
        condition = (
            "closest.id IS NULL"
            if listing is Listing.NO_ACTION
            else "closest.id IS NOT NULL AND s.signed_on > closest.on_latest"
        )
        select = f"""SELECT s.id, office.name AS office, closest.kind AS action, s.type, s.direction, s.case_id,
                closest.on_earliest, closest.on_latest, s.signed_on, s.done_on,
                s.signed_on - closest.on_latest AS days_after, s.entry_id
            FROM {TO_ACT} AS s JOIN public.accounts_office office ON office.key = s.office_id
                LEFT JOIN {CLOSEST} AS closest ON true
            WHERE s.type = ANY(%(types)s) AND {not_masked("s.case_id")} AND {condition}
                AND {_of_decisions(filter)}"""
        after, order = "s.id > %(after)s::uuid", "s.id"
    return f"{select} AND {after} ORDER BY {order} LIMIT %(size)s" if paged else f"{select} ORDER BY {order}"


def _of_actions(filter: ReportFilter) -> str:
    """The type of the filter is among the kinds (`_values`), for a kind may go with several types."""
    return replace(filter, type="").condition(day="action.on_earliest", office="c.office_id", type="")


def _of_decisions(filter: ReportFilter) -> str:
    return filter.condition(day="s.day", office="s.office_id", type="s.type")


def page(
    listing: Listing, filter: ReportFilter, types: Sequence[str], after: str = "", size: int = PAGE_SIZE
) -> Page:
    """One page of a list. `after` is a page's `next`; raises `ValueError` when it is something else. One query."""
    day, _, key = (after or f"0001-01-01_{uuid.UUID(int=0)}").partition("_")
    values = {**_values(filter, types), "day": day, "after": str(uuid.UUID(key)), "size": size + 1}
    found = rows(statement(listing, filter, paged=True), values)
    shown = found[:size]
    more = f"{shown[-1]['on_earliest'] or '0001-01-01'}_{shown[-1]['id']}" if len(found) > size else None
    return Page([_line(row) for row in shown], more)


def _values(filter: ReportFilter, types: Sequence[str]) -> dict[str, Any]:
    chosen = [filter.type] if filter.type else list(types)
    return {**filter.parameters, "types": list(types), "kinds": kinds_of(chosen)}


def _line(row: dict[str, Any]) -> Line:
    type, direction = (row["type"], row["direction"]) if row["type"] else STEPS[row["action"]][0]
    earliest, latest = row["on_earliest"], row["on_latest"]
    day = "" if earliest is None else str(earliest) if earliest == latest else f"{earliest} to {latest}"
    return Line(
        id=row["id"],
        office=row["office"],
        action=row["action"] or "",
        type=type,
        direction=direction,
        case_id=row["case_id"],
        action_on=day,
        signed_on=str(row["signed_on"] or ""),
        done_on=str(row["done_on"] or ""),
        days_after=row["days_after"],
        entry_id=row["entry_id"],
    )


def counts(filter: ReportFilter, types: Sequence[str]) -> Counts:
    """Counts by office, small cells left out. Two queries over everything that the filter lets through."""
    values = _values(filter, types)
    actions = rows(
        f"""SELECT office.key, office.name, count(*) AS whole, count(*) FILTER (WHERE NOT {COVERED}) AS part
            FROM {ON_CASES} JOIN public.accounts_office office ON office.key = c.office_id
            WHERE {IS_ACTION} AND {TELLABLE} AND {_of_actions(filter)}
            GROUP BY office.key, office.name""",
        values,
    )
    decisions = rows(
        f"""SELECT office.key, office.name, count(*) AS whole, count(*) FILTER (WHERE closest.id IS NULL) AS part,
                count(*) FILTER (WHERE s.signed_on > closest.on_latest) AS late
            FROM {TO_ACT} AS s JOIN public.accounts_office office ON office.key = s.office_id
                LEFT JOIN {CLOSEST} AS closest ON true
            WHERE s.type = ANY(%(types)s) AND {not_masked("s.case_id")} AND {_of_decisions(filter)}
            GROUP BY office.key, office.name""",
        values,
    )
    by_action = {row["key"]: row for row in actions}
    by_decision = {row["key"]: row for row in decisions}
    named = {row["key"]: row["name"] for row in (*actions, *decisions)}
    offices = sorted(named, key=lambda key: (named[key], key))
    whole_a, part_a = ([by_action.get(key, {}).get(name, 0) for key in offices] for name in ("whole", "part"))
    whole_d, part_d, late = (
        [by_decision.get(key, {}).get(name, 0) for key in offices] for name in ("whole", "part", "late")
    )
    columns = [
        cells.told(whole_a),
        cells.told(part_a, whole_a),
        cells.told(whole_d),
        cells.told(part_d, whole_d),
        cells.told(late, whole_d),
    ]
    lines = [
        OfficeLine(named[key], *(column.cells[place] for column in columns))
        for place, key in enumerate(offices)
    ]
    return Counts(lines, OfficeLine("All offices", *(column.total for column in columns)))
