"""What the rooms above add to an export, registered once at start-up by their AppConfig.

SQL of a column or join may use: `e` the entry with which a decision was signed last within the range, `doc.j` its
bytes as jsonb, `opened.v` its disclosed values by pointer (jsonb), `leaf.index`, and the parameters `%(first)s`,
`%(end)s` and `%(secret)s` (the key of person keys). SQL of a criterion answers with ids of decisions and takes
`%(value)s`; that of a mask with ids of cases. A criterion that looks at values beside the entries leaves out the cases
`{masked}`: being chosen would tell what the mask hides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

TYPES = ("text", "integer", "boolean", "date", "time")
ANYONE = "whoever may export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of `decisions.*`, with its line in the data dictionary."""

    name: str
    sql: str
    type: str
    meaning: str
    unit: str = ""
    clause: str = ""
    seen_by: str = ANYONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One way to choose decisions: a name that page, command and manifest share, and how it reads."""

    name: str
    label: str
    words: str
    decisions: str
    choices: Callable[[], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """Cases of which nothing is told beyond the entries' bytes, and the law that says so."""

    law: str
    cases: str


_columns: list[Column] = []
_joins: list[str] = []
_criteria: dict[str, Criterion] = {}
_masks: list[Mask] = []
_caseless: set[str] = set()
_decision_event = ""
_offices: Callable[[], Sequence[tuple[str, str]]] = list


def decisions_are_signed_by(event: str) -> None:
    """The code of the event with which a decision is signed."""
    global _decision_event
    _decision_event = event


def add_columns(columns: Sequence[Column], join: str = "") -> None:
    """Add columns of decisions, and the join (LEFT JOIN LATERAL ... ON true) that they need."""
    known = {column.name for column in _columns}
    for column in columns:
        if column.name in known or column.type not in TYPES:
            raise ImproperlyConfigured(f"The export's column {column.name} is doubled or has no known type.")
        known.add(column.name)
    _columns.extend(columns)
    if join:
        _joins.append(join)


def add_criterion(criterion: Criterion) -> None:
    if criterion.name in _criteria:
        raise ImproperlyConfigured(f"The export's criterion {criterion.name} is doubled.")
    _criteria[criterion.name] = criterion


def add_mask(mask: Mask) -> None:
    _masks.append(mask)


def add_caseless(event: str) -> None:
    """An event that stands in no case and whose values may still name somebody of a masked one, as a search does.

    Its values go along only where those of masked cases do: beside the ids that a search showed, its words would name
    the person that the mask hides.
    """
    _caseless.add(event)


def offices_are(choices: Callable[[], Sequence[tuple[str, str]]]) -> None:
    """Keys and names of the offices that can be chosen."""
    global _offices
    _offices = choices


def offices() -> list[tuple[str, str]]:
    return list(_offices())


def decision_event() -> str:
    return _decision_event


def columns() -> list[Column]:
    return list(_columns)


def joins() -> list[str]:
    return list(_joins)


def criteria() -> dict[str, Criterion]:
    return dict(_criteria)


def masks() -> list[Mask]:
    return list(_masks)


def open_entries() -> str:
    """A condition on `e`: that the values of this entry hide nobody."""
    caseless = ", ".join(f"'{code}'" for code in sorted(_caseless)) or "''"
    return f"e.event NOT IN ({caseless}) AND (e.case_id IS NULL OR e.case_id NOT IN ({masked_cases()}))"


def masked_cases() -> str:
    """A SELECT of the ids of all masked cases."""
    return " UNION ALL ".join(mask.cases for mask in _masks) or "SELECT NULL::uuid WHERE false"
