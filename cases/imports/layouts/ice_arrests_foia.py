"""Layout `ice-arrests-foia`: administrative arrests under the headings of the raw releases.

Invariants: citizenship, gender and country of departure leave this module only in `protected`; what the source
says of program, method, category, criminality, place and final order stays its label, which nothing can pin.

A row is known by the first identifier that it has, in the order of `IDENTIFIERS`; any of them finds the person.
An A-number that is none rejects the row only where nothing else says whose it is; otherwise it is kept as a
label, in the source's spelling, and finds nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

from cases.dates import UncertainDate
from cases.identifiers import normalise_a_number
from cases.imports.births import both
from cases.imports.errors import RowRefused
from cases.imports.identity import digest
from cases.imports.layouts.cells import at_most, names_jail, one_line, possible_birth_year, possible_day
from cases.imports.layouts.spreadsheet_days import day
from cases.imports.rows import ArrivingRow, Identifier, Label, Outcome
from cases.models import IdentifierKind

A_NUMBER: Final = "Alien File Number"
# Heading, kind and namespace, the steadiest name of a person first.
IDENTIFIERS: Final = (
    ("Unique Identifier", IdentifierKind.SOURCE_ID.value, "ice-arrests-foia"),
    ("EID Subject ID", IdentifierKind.SOURCE_ID.value, "eid-subject"),
    (A_NUMBER, IdentifierKind.A_NUMBER.value, ""),
    ("EID Case ID", IdentifierKind.SOURCE_ID.value, "eid-case"),
)
PROTECTED: Final = {
    "Citizenship Country": "citizenship_country",
    "Departure Country": "departure_country",
    "Gender": "gender",
}
LENGTHS: Final = {
    "Apprehension Site Landmark": 200,
    "Apprehension Criminality": 200,
    "Case Category": 200,
    "Citizenship Country": 200,
    "Departure Country": 200,
    "Gender": 200,
    **{heading: 60 for heading, _, _ in IDENTIFIERS},
}
# How the releases write a cell that was withheld, for example `(b)(6), (b)(7)(C)`.
WITHHELD: Final = re.compile(r"\(?b\)? ?\(\d\).*", re.IGNORECASE)
EMPTY: Final = frozenset({"NA", "N/A", "NULL", "-"})
YES_NO: Final = {"yes": "yes", "y": "yes", "no": "no", "n": "no"}
CUSTODIAL: Final = re.compile(r"custodial arrest|cap\b.*", re.IGNORECASE)
AT_LARGE: Final = re.compile(r"non-custodial arrest|located", re.IGNORECASE)
CRIMINAL_ALIEN_PROGRAM: Final = re.compile(r"cap\b", re.IGNORECASE)


class IceArrestsFoia:
    """See the module."""

    key = "ice-arrests-foia"
    needed = ("Apprehension Date",)
    optional = (
        "Apprehension State",
        "Apprehension County",
        "Apprehension AOR",
        "Final Program",
        "Final Program Group",
        "Apprehension Method",
        "Apprehension Criminality",
        "Case Status",
        "Case Category",
        "Departed Date",
        "Final Order Yes No",
        "Final Order Date",
        "Birth Date",
        "Birth Year",
        "Apprehension Site Landmark",
        *PROTECTED,
        *(heading for heading, _, _ in IDENTIFIERS),
    )
    lines_before = 10
    loose_columns = True

    def __init__(self) -> None:
        self._spelled = {_plain(heading): heading for heading in (*self.needed, *self.optional)}

    def name(self, heading: str) -> str:
        return self._spelled.get(_plain(heading), heading.strip())

    def fits(self, names: Collection[str]) -> str:
        headings = [heading for heading, _, _ in IDENTIFIERS]
        if any(heading in names for heading in headings):
            return ""
        return f"the heading has none of {', '.join(headings)}, so no row would belong to anybody"

    def understand(self, line: int, cells: dict[str, str]) -> ArrivingRow:
        value = {
            heading: _clean(heading, cells.get(heading, "")) for heading in (*self.needed, *self.optional)
        }
        identifiers, unusable = _identifiers(value)
        on = day("Apprehension Date", value["Apprehension Date"])
        if on is None:
            raise RowRefused("Apprehension Date", "is empty; an arrest needs its day")
        possible_day("Apprehension Date", on)
        birth = _birth(value)
        if birth is not None and not (possible_birth_year(birth.earliest.year, on) and birth.earliest <= on):
            field = "Birth Date" if value["Birth Date"] else "Birth Year"
            raise RowRefused(field, "cannot be the birth of somebody arrested on that day")
        site = value["Apprehension Site Landmark"]
        method = value["Apprehension Method"]
        custody, referral = _custody(method), _referral(site, method)
        labels, outcome = (*_labels(value), *unusable), _outcome(value)
        first = identifiers[0]
        return ArrivingRow(
            line=line,
            identifiers=identifiers,
            on=on,
            birth=birth,
            custody=custody,
            site=site,
            detention_facility="",
            detention_place="",
            detainer_facility="",
            referral_source=referral,
            source_relation="agency",
            labels=labels,
            outcome=outcome,
            base=digest(self.key, first.kind, first.namespace, first.value, on.isoformat(), site),
            digest=digest(
                self.key,
                on.isoformat(),
                site,
                custody,
                referral,
                str(birth or ""),
                [[label.kind, label.code, label.text, label.group] for label in labels],
                [outcome.status, str(outcome.on or "")] if outcome else None,
            ),
            protected={kind: value[heading] for heading, kind in PROTECTED.items() if value[heading]},
        )


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").split()).casefold()


def _clean(heading: str, text: str) -> str:
    text = one_line(heading, text) if text else ""
    if text.upper() in EMPTY or WITHHELD.fullmatch(text):
        return ""
    return at_most(heading, text, LENGTHS.get(heading, 120))


def _identifiers(value: Mapping[str, str]) -> tuple[tuple[Identifier, ...], tuple[Label, ...]]:
    """Those that the row has, and an A-number that is none as a label."""
    found: list[Identifier] = []
    unusable: tuple[Label, ...] = ()
    for heading, kind, namespace in IDENTIFIERS:
        told = value[heading]
        if heading == A_NUMBER and told:
            number = normalise_a_number(told)
            if number is None:
                unusable = (Label("a_number", "", f"{A_NUMBER} as released: {told}", ""),)
            told = number or ""
        if told:
            found.append(Identifier(kind, namespace, told))
    if not found and unusable:
        raise RowRefused(A_NUMBER, "is not an A-number, and nothing else in the row says whose it is")
    if not found:
        raise RowRefused(
            "Unique Identifier", "is empty, as is every other identifier; the row belongs to nobody"
        )
    return tuple(found), unusable


def _birth(value: Mapping[str, str]) -> UncertainDate | None:
    """The day where it is given, else the year; where they contradict each other, both."""
    born = day("Birth Date", value["Birth Date"])
    told = UncertainDate.day(born) if born is not None else None
    text = value["Birth Year"]
    if not text:
        return told
    # A spreadsheet may have made a decimal number of it.
    matched = re.fullmatch(r"((?:18|19|20)\d\d)(?:\.0)?", text, re.ASCII)
    if not matched:
        raise RowRefused("Birth Year", "is not a year written as 1984")
    year = UncertainDate.year(int(matched[1]))
    if told is None:
        return year
    return told if year.earliest <= told.earliest <= year.latest else both(told, year)


@lru_cache(maxsize=256)
def _custody(method: str) -> str:
    """Only where the method says it; every other method leaves it open."""
    if CUSTODIAL.fullmatch(method):
        return "custodial"
    return "at_large" if AT_LARGE.fullmatch(method) else ""


@lru_cache(maxsize=4096)
def _referral(site: str, method: str) -> str:
    return "jail" if names_jail(site) or CRIMINAL_ALIEN_PROGRAM.match(method) else "other"


def _labels(value: Mapping[str, str]) -> tuple[Label, ...]:
    labels: list[Label] = []
    criminality = value["Apprehension Criminality"]
    if criminality:
        number, _, words = criminality.partition(" ")
        labels.append(
            Label("criminality", number[:20] if number.isdigit() and words else "", criminality, "")
        )
    place = ", ".join(
        value[heading] for heading in ("Apprehension County", "Apprehension State") if value[heading]
    )
    for kind, text, group in (
        ("place", at_most("Apprehension County", place, 200), value["Apprehension AOR"]),
        ("program", value["Final Program"], value["Final Program Group"]),
        ("method", value["Apprehension Method"], ""),
        ("category", value["Case Category"], ""),
        ("final_order", _final_order(value), ""),
    ):
        if text or group:
            labels.append(Label(kind, "", text or group, group if text else ""))
    return tuple(labels)


def _final_order(value: Mapping[str, str]) -> str:
    """What the source says of a removal order, in its words: nobody here has seen the order."""
    on = day("Final Order Date", value["Final Order Date"])
    said = value["Final Order Yes No"]
    if not said and on is None:
        return ""
    return ", ".join(
        part for part in (f"Final order: {YES_NO.get(said.lower(), said) or 'dated'}", str(on or "")) if part
    )


def _outcome(value: Mapping[str, str]) -> Outcome | None:
    """The status and day that came later. The country of departure goes to the gate and is not part of it."""
    departed = day("Departed Date", value["Departed Date"])
    status = at_most("Case Status", value["Case Status"], 60)
    if not status and departed is None:
        return None
    return Outcome(status or "Departed", UncertainDate.day(departed) if departed else None)
