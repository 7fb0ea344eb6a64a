"""Makes extracts: invented persons, arrests and outcomes in the layout `ice-arrests`, with their faults.

Commas and quotes in sites, blanks, repeated persons, equal rows, children, unknown birth years, and malformed
rows at known places. Reproducible for a seed; streams, so that a large file needs no memory.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

HEADINGS: Final = (
    "orig_row_number",
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
    "is_last_arrest",
    "bln_person_id",
)

# No real country, so that a search of the whole database for these words finds only what an import brought.
COUNTRIES: Final = (
    "ZUBROWKA",
    "RURITANIA",
    "FREEDONIA, PEOPLES REPUBLIC OF",
    "SYLDAVIA",
    "BORDURIA",
    "GRAND FENWICK",
)
GENDERS: Final = ("Genderword-M", "Genderword-F")
SITES: Final = (
    "MILLBROOK COUNTY GENERAL AREA, NON-SPECIFIC",
    "North Millbrook County Jail",
    "FEDERAL PRISON EASTVALE LOW",
    'THE "OLD MILL" MARKET, 12 HARBOR STREET',
    "EASTVALE STATE PRISON, CA",
    "HARBORVIEW FEDERAL BUILDING",
    "",
)
CHARGES: Final = (
    ("0000", "No criminal conviction", "00", "No criminal conviction", "No criminal conviction"),
    ("5404", "Driving Under Influence Liquor", "54", "Traffic Offense", "Traffic"),
    ("2299", "Burglary", "22", "Burglary", ""),
    ("1305", "Aggravated Assault - Non-family-Weapon", "13", "Assault", "Violent"),
    ("", "", "", "", ""),
)
CRIMINALITY: Final = ("1 Convicted Criminal", "2 Pending Criminal Charges", "3 Other Immigration Violator")
OUTCOMES: Final = ("Active case", "Removed", "Voluntary return", "")


def row(rng: random.Random, number: int, person: str, birth_year: str) -> list[str]:
    """One well-formed row."""
    charge = rng.choice(CHARGES)
    outcome = rng.choice(OUTCOMES)
    year = rng.choice((2023, 2024, 2025))
    gone = outcome in ("Removed", "Voluntary return")
    held = rng.random() < 0.6
    detained = rng.random() < 0.4
    return [
        str(number),
        f"{year}-{rng.randint(1, 9):02d}-{rng.randint(1, 28):02d}",
        rng.choice(SITES),
        rng.choice(("At-large", "Custodial", "")),
        rng.choice(CRIMINALITY),
        *charge,
        "MILLBROOK HOLD ROOM" if held else "",
        "CALIFORNIA" if held else "",
        "Millbrook" if held else "",
        "Millbrook County" if held else "",
        "MILLBROOK COUNTY SHERIFF" if detained else "",
        "Millbrook County" if detained else "",
        birth_year,
        rng.choice(COUNTRIES),
        outcome,
        f"{year}-{rng.randint(10, 12)}-{rng.randint(1, 28):02d}T00:00:00Z" if gone else "",
        rng.choice(COUNTRIES) if gone else "",
        rng.choice(GENDERS),
        rng.choice(("TRUE", "FALSE")),
        person,
    ]


def rows(count: int, seed: int = 1) -> Iterator[list[str]]:
    """Well-formed rows; about one in six is a later arrest of somebody who was met before."""
    rng = random.Random(seed)
    met: list[tuple[str, str]] = []
    for number in range(1, count + 1):
        if met and rng.random() < 0.17:
            person, birth_year = rng.choice(met)
        else:
            person = f"{rng.getrandbits(40):010x}"
            birth_year = rng.choice(("", "2013", *[str(year) for year in range(1950, 2007)]))
            met.append((person, birth_year))
            if len(met) > 500:
                met.pop(0)
        yield row(rng, number, person, birth_year)


MALFORMED: Final = (
    "wrong date",
    "missing person id",
    "too few columns",
    "too many columns",
    "impossible birth year",
    "NUL",
    "open quote",
    "not UTF-8",
)


def spoil(cells: Sequence[str], how: str) -> bytes:
    """The row's bytes with one thing wrong."""
    cells = list(cells)
    at = {heading: place for place, heading in enumerate(HEADINGS)}
    if how == "wrong date":
        cells[at["arrest_date"]] = "2024-02-30"
    elif how == "missing person id":
        cells[at["bln_person_id"]] = "  "
    elif how == "too few columns":
        cells.pop()
    elif how == "too many columns":
        cells.insert(3, "one more")
    elif how == "impossible birth year":
        cells[at["birth_year"]] = "1786"
    elif how == "NUL":
        cells[at["detention_facility"]] = "HOLD\x00ROOM"
    elif how == "not UTF-8":
        return line(cells).replace(b"Millbrook", b"M\xefllbrook", 1).replace(b",,", b",\xff,", 1)
    elif how == "open quote":
        return line(cells).replace(b",", b',"', 1)
    return line(cells)


def line(cells: Sequence[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue().encode()


def write_extract(path: Path, count: int, *, seed: int = 1, spoil_every: int = 0) -> int:
    """Write `count` rows; with `spoil_every`, each so-manieth is malformed in turn. Returns how many are."""
    spoiled = 0
    with path.open("wb") as file:
        file.write(line(HEADINGS))
        for number, cells in enumerate(rows(count, seed), start=1):
            if spoil_every and number % spoil_every == 0:
                file.write(spoil(cells, MALFORMED[spoiled % len(MALFORMED)]))
                spoiled += 1
            else:
                file.write(line(cells))
    return spoiled
