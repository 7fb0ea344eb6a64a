"""Layout `ice-arrests`: administrative arrests as released under FOIA and re-coded for publication.

Invariants: citizenship, gender and country of departure leave this module only in `protected`; a label of the
source stays a label; `orig_row_number` and `is_last_arrest` tell of the file and not of the person, so they
are not read.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

from cases.dates import UncertainDate
from cases.imports.errors import RowRefused
from cases.imports.identity import digest
from cases.imports.layouts.cells import at_most, names_jail, one_line, possible_birth_year, possible_day
from cases.imports.rows import ArrivingRow, Identifier, Label, Outcome

PROTECTED: Final = {
    "citizenship_country": "citizenship_country",
    "departure_country": "departure_country",
    "gender": "gender",
}
CUSTODY: Final = {"at-large": "at_large", "custodial": "custodial"}
NO_CONVICTION: Final = "no criminal conviction"
# A day, with the time of day that some columns carry and that tells nothing.
DAY: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)

LENGTHS: Final = {
    "apprehension_site_landmark": 200,
    "arrest_criminality": 200,
    "bln_arrest_charge_code": 20,
    "bln_charge": 200,
    "bln_charge_group": 120,
    "bln_charge_special": 200,
    "detention_facility": 200,
    "detainer_facility": 200,
    "case_status_recoded": 60,
    "bln_person_id": 60,
    "citizenship_country": 200,
    "departure_country": 200,
    "gender": 200,
}


class IceArrests:
    """See the module."""

    key = "ice-arrests"
    optional: tuple[str, ...] = ()
    lines_before = 0
    loose_columns = False
    needed = (
        "arrest_date",
        "apprehension_site_landmark",
        "arrest_street_custodial",
        "arrest_criminality",
        "bln_arrest_charge_code",
        "bln_charge",
        "bln_charge_group_code",
        "bln_charge_group",
        "bln_charge_special",
        "detention_facility",
        "detention_state",
        "detention_city",
        "detention_county",
        "detainer_facility",
        "detainer_county",
        "birth_year",
        "citizenship_country",
        "case_status_recoded",
        "departed_date",
        "departure_country",
        "gender",
        "bln_person_id",
    )

    def name(self, heading: str) -> str:
        return heading.strip()

    def fits(self, names: Collection[str]) -> str:
        return ""

    def understand(self, line: int, cells: dict[str, str]) -> ArrivingRow:
        value = {heading: _clean(heading, cells[heading]) for heading in self.needed}
        source_id = value["bln_person_id"]
        if not source_id:
            raise RowRefused("bln_person_id", "is empty; without it the row belongs to nobody")
        on = _day("arrest_date", value["arrest_date"])
        if on is None:
            raise RowRefused("arrest_date", "is empty; an arrest needs its day")
        possible_day("arrest_date", on)
        birth_year = _birth_year(value["birth_year"], on)
        site = value["apprehension_site_landmark"]
        detainer = _joined(value, "detainer_facility", "detainer_county")
        place = _joined(value, "detention_city", "detention_county", "detention_state")
        labels, outcome = _labels(value), _outcome(value)
        referral = _referral(site, detainer)
        custody = _custody(value["arrest_street_custodial"])
        facility = value["detention_facility"]
        return ArrivingRow(
            line=line,
            identifiers=(Identifier("source_id", self.key, source_id),),
            on=on,
            birth=_year(birth_year) if birth_year is not None else None,
            custody=custody,
            site=site,
            detention_facility=facility,
            detention_place=place,
            detainer_facility=detainer,
            referral_source=referral,
            source_relation="agency",
            labels=labels,
            outcome=outcome,
            base=digest(self.key, source_id, on.isoformat(), site),
            digest=digest(
                self.key,
                source_id,
                on.isoformat(),
                site,
                custody,
                birth_year,
                facility,
                place,
                detainer,
                [[label.kind, label.code, label.text, label.group] for label in labels],
                [outcome.status, str(outcome.on or "")] if outcome else None,
            ),
            protected={kind: value[heading] for heading, kind in PROTECTED.items() if value[heading]},
        )


def _clean(heading: str, text: str) -> str:
    """`NA` is how the publisher's tool writes an empty cell."""
    if not text:
        return ""
    text = one_line(heading, text)
    if text == "NA" and heading != "bln_person_id":
        return ""
    return at_most(heading, text, LENGTHS.get(heading, 120))


def _joined(value: Mapping[str, str], *headings: str) -> str:
    text = ", ".join(value[heading] for heading in headings if value[heading])
    if len(text) > 200:
        raise RowRefused(headings[-1], f"makes {' and '.join(headings)} longer than 200 characters together")
    return text


@lru_cache(maxsize=4096)
def _referral(site: str, detainer: str) -> str:
    return "jail" if names_jail(site) or names_jail(detainer) else "other"


@lru_cache(maxsize=4096)
def _day(heading: str, text: str) -> datetime.date | None:
    if not text:
        return None
    matched = DAY.fullmatch(text)
    if not matched:
        raise RowRefused(heading, "is not a date written as 2024-12-31")
    try:
        return datetime.date(int(matched[1]), int(matched[2]), int(matched[3]))
    except ValueError:
        raise RowRefused(heading, "is not a day of the calendar") from None


def _birth_year(text: str, on: datetime.date) -> int | None:
    if not text:
        return None
    # A spreadsheet may have made a decimal number of it.
    matched = re.fullmatch(r"(\d{4})(?:\.0)?", text, re.ASCII)
    if not matched:
        raise RowRefused("birth_year", "is not a year written as 1984")
    year = int(matched[1])
    if not possible_birth_year(year, on):
        raise RowRefused("birth_year", "cannot be the birth year of somebody arrested on that day")
    return year


_year = lru_cache(maxsize=256)(UncertainDate.year)


@lru_cache(maxsize=256)
def _custody(text: str) -> str:
    """The source's word as a code; a word that we do not know is kept as it is."""
    known = CUSTODY.get(text.lower())
    return known if known is not None else re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:20]


def _labels(value: Mapping[str, str]) -> tuple[Label, ...]:
    labels: list[Label] = []
    code, text, group = value["bln_arrest_charge_code"], value["bln_charge"], value["bln_charge_group"]
    # A spreadsheet may have made `0` of the code for "no criminal conviction".
    if (code.strip("0") or (text and not code)) and text.lower() != NO_CONVICTION:
        labels.append(Label("charge", code, text or f"Charge code {code}", group))
        special = value["bln_charge_special"]
        if special and special.lower() != NO_CONVICTION:
            labels.append(Label("special", "", special, ""))
    criminality = value["arrest_criminality"]
    if criminality:
        number, _, words = criminality.partition(" ")
        if number.isdigit() and words:
            labels.append(Label("criminality", number[:20], criminality, ""))
        else:
            labels.append(Label("criminality", "", criminality, ""))
    return tuple(labels)


def _outcome(value: Mapping[str, str]) -> Outcome | None:
    """The status and day that came later. The country of departure goes to the gate and is not part of it."""
    departed = _day("departed_date", value["departed_date"])
    status = value["case_status_recoded"]
    if not status and departed is None:
        return None
    return Outcome(status or "Departed", UncertainDate.day(departed) if departed else None)
