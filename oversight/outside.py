"""Outside the lists: how often decisions rest on what the guidance names only as "other".

Read from the signed entries and the values beside them, so that an erased value is gone here too: an "other" factor
as present, a ground that says "otherwise", other compelling border facts, and acting where no priority was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from oversight import cells
from oversight.filters import ReportFilter
from oversight.sql import SIGNED, not_masked, rows
from policy.editions import available, load

OTHERWISE: Final = frozenset({"otherwise", "otherwise_risk"})
COMPELLING: Final = frozenset({"other_compelling"})
COUNTED: Final = (
    "Decisions that were signed and not withdrawn, as their last signed version says; one decision may count in "
    "several columns. “Other” is a factor outside the edition’s list that was found present; “otherwise” and "
    "“other compelling” are grounds of a priority; “no priority” is a decision to take a step that "
    "bears on the person, with no priority found. "
    "Cases that 8 U.S.C. 1367 or 8 CFR 208.6 masks are left out."
)
DOCUMENT = "convert_from(e.bytes, 'UTF8')::jsonb #> '{{data,document}}'"

STATEMENT = f"""
    SELECT office.key, office.name, count(*) AS decisions, count(*) FILTER (WHERE has.other) AS other,
        count(*) FILTER (WHERE has.grounds && %(otherwise)s::text[]) AS otherwise,
        count(*) FILTER (WHERE has.grounds && %(compelling)s::text[]) AS compelling,
        count(*) FILTER (WHERE s.outcome = 'act' AND NOT has.found
            AND s.edition_key || ' ' || s.type || ' ' || s.direction = ANY(%(adverse)s)) AS no_priority
    FROM {SIGNED} AS s JOIN public.ledger_entry e ON e.id = s.entry_id
        JOIN public.accounts_office office ON office.key = s.office_id
        CROSS JOIN LATERAL (SELECT {DOCUMENT} AS j OFFSET 0) AS document
        CROSS JOIN LATERAL (
            SELECT EXISTS (
                    SELECT FROM jsonb_array_elements(document.j -> 'factors') WITH ORDINALITY AS factor (one, place)
                        JOIN public.ledger_disclosure d ON d.entry_id = e.id
                            AND d.pointer = '/data/document/factors/' || factor.place - 1 || '/detail'
                    WHERE factor.one ->> 'key' = ANY(%(factors)s)
                        AND convert_from(d.value_bytes, 'UTF8')::jsonb ->> 'presence' = 'present'
                ) AS other,
                ARRAY(
                    SELECT s.edition_key || ' ' || (one #>> '{{{{}}}}')
                    FROM jsonb_path_query(document.j, '$.findings[*].grounds[*]') AS ground (one)
                ) AS grounds,
                jsonb_path_exists(document.j, '$.findings[*] ? (@.finding == "found")') AS found
            OFFSET 0
        ) AS has
    WHERE {{masked}} AND {{chosen}}
    GROUP BY office.key, office.name ORDER BY office.name, office.key
"""


@dataclass(frozen=True, slots=True)
class Share:
    """A count and its share of the decisions in whole percent; both None when they are not told."""

    count: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class OfficeShares:
    """One office, or all of them."""

    office: str
    decisions: int | None
    other: Share
    otherwise: Share
    compelling: Share
    no_priority: Share


@dataclass(frozen=True, slots=True)
class Shares:
    """Lines by the office's name, and the totals that may be told."""

    lines: list[OfficeShares]
    total: OfficeShares


@lru_cache
def _words() -> dict[str, list[str]]:
    """The grounds outside the lists, and the keys of such factors, of all editions.

    A signed document says a ground in the words of its edition, so a ground is known by edition and label together:
    the same words may be an ordinary ground of another edition.
    """
    editions = [load(key) for key in available()]
    grounds = [
        (f"{edition.key} {ground.label}", ground.key)
        for edition in editions
        for one in edition.priorities
        for ground in one.grounds
    ]
    return {
        "otherwise": sorted(words for words, key in grounds if key in OTHERWISE),
        "compelling": sorted(words for words, key in grounds if key in COMPELLING),
        # Lifting a detainer or granting deferred action outside the priorities is no step against anybody.
        "adverse": sorted(
            f"{edition.key} {kind.key} {direction}"
            for edition in editions
            for kind in edition.decision_types
            for direction in ("do", "undo")
            if kind.adverse(direction)
        ),
        "factors": sorted({one.key for edition in editions for one in edition.factors if one.other}),
    }


def shares(filter: ReportFilter) -> Shares:
    """Shares by office, small cells left out. One query over the signed decisions that the filter lets through."""
    condition = filter.condition(day="s.day", office="s.office_id", type="s.type")
    statement = STATEMENT.format(masked=not_masked("s.case_id"), chosen=condition)
    found = rows(statement, {**filter.parameters, **_words()})
    wholes = [row["decisions"] for row in found]
    columns = [cells.told(wholes)]
    columns += [
        cells.told([row[name] for row in found], wholes)
        for name in ("other", "otherwise", "compelling", "no_priority")
    ]
    lines = [
        _line(row["name"], [column.cells[place] for column in columns]) for place, row in enumerate(found)
    ]
    return Shares(lines, _line("All offices", [column.total for column in columns]))


def _line(office: str, told: list[int | None]) -> OfficeShares:
    whole, *parts = told
    return OfficeShares(office, whole, *(_share(part, whole) for part in parts))


def _share(part: int | None, whole: int | None) -> Share:
    if part is None or whole is None:
        return Share(part, None)
    return Share(part, round(100 * part / whole) if whole else 0)
