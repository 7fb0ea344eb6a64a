"""The invented persons of the demonstration. Each function is one case, with what makes it worth opening.

Days lie before the practice date of the demonstration. No text tells of origin, faith or the like.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, NamedTuple

from config.demo.deciding import Act
from config.demo.recorder import CHECKED, Recorder

ENTRY = ("212(a)(6)(A)(i)",)
OVERSTAY = ("237(a)(1)(B)",)
# No such country: the values lie behind the gate and only their coded statement comes back.
ABROAD = {"country_of_birth": "Ruritania", "citizenship_country": "Ruritania"}


class Person(NamedTuple):
    """`officer` is the user name of the demo account that records the case; `acts` is what was decided on it."""

    name: str
    birth: str
    a_number: str
    officer: str
    build: Callable[[Recorder], None]
    acts: tuple[Act, ...] = ()


def ready_for_a_detainer(one: Recorder) -> None:
    one.encounter(
        "2024-11-18",
        custody="custodial",
        site="Larkmoor County Jail",
        referral_source="jail",
        source_relation="agency",
    )
    judgment = one.evidence(
        "court_record",
        "court",
        "Superior Court, Larkmoor County",
        "Plea form and judgment, case LM-21-0447",
        of="2021-09-14",
        had="2024-11-20",
        read="2024-11-21",
    )
    disposition = one.evidence(
        "disposition",
        "court",
        "Superior Court, Larkmoor County",
        "Abstract of judgment with the sentence",
        of="2021-09-14",
        had="2024-11-20",
        read="2024-11-21",
    )
    report = one.evidence(
        "police_report",
        "agency",
        "Larkmoor Police Department",
        "Report of the incident with two witness statements",
        of="2021-03-02",
        had="2024-11-22",
        read="2024-11-25",
    )
    order = one.evidence(
        "prior_order",
        "agency",
        "Administrative file",
        "Order of 2010 in the administrative file",
        of="2010-06-01",
        had="2024-11-19",
        read="2024-11-21",
    )
    interview = one.evidence(
        "interview",
        "self",
        "Interview at the jail",
        "Interview notes",
        of="2024-11-19",
        had="2024-11-19",
        read="2024-11-19",
    )
    birth_record = one.evidence(
        "family_record",
        "family_member",
        "The person's partner",
        "Birth records of the two children",
        had="2024-11-26",
        read="2024-11-27",
    )
    letter = one.evidence(
        "official_letter",
        "other_private",
        "Harbor Steps counselling center",
        "Certificate of completion, 52 weeks",
        of="2023-05-30",
        had="2024-11-26",
        read="2024-11-27",
    )
    one.fact(
        "conviction",
        "2021-09-14",
        judgment,
        disposition,
        statute="Cal. Penal Code 245(a)(4)",
        description="Assault by means likely to produce great bodily injury",
        court="Superior Court, Larkmoor County",
        disposition="plea_no_contest",
        sentence="365 days in jail, 36 months of probation",
    )
    one.fact(
        "conduct",
        "2021-03-02",
        report,
        judgment,
        what="Struck a co-worker with a fist and then with a bottle in a quarrel outside a bar; stopped when"
        " others stepped in.",
        harm="Broken cheekbone, one night in hospital; the injured person recovered.",
    )
    for age in ("6_to_17", "under_6"):
        one.fact(
            "family",
            "2024-11-26",
            birth_record,
            relation="child",
            standing="citizen",
            age_range=age,
            dependence="support_and_care",
        )
    one.fact(
        "presence",
        "about 2008",
        order,
        interview,
        continuous="yes",
        note="School and rent records since 2008",
    )
    one.fact(
        "rehabilitation",
        "2023-05-30",
        letter,
        sort="treatment",
        what="Completed a 52-week course on anger and alcohol by order of the court; missed no session.",
    )
    one.fact(
        "contribution",
        "2022",
        interview,
        sort="work",
        what="Roofing crew of a licensed contractor, most weeks since early 2022.",
    )
    one.records("Larkmoor County and the administrative file", "2024-11-19", "2024-11-22")
    one.status(
        replace(CHECKED, charges=ENTRY, bases=(("prior_order", order), ("own_statement", interview))), ABROAD
    )


def labor_dispute(one: Recorder) -> None:
    one.encounter(
        "2024-10-29",
        custody="at_large",
        site="Quayside Laundry, loading dock",
        referral_source="tip",
        source_relation="employer",
    )
    tip = one.evidence(
        "statement",
        "employer",
        "Manager of Quayside Laundry",
        "Telephone note of the tip",
        of="2024-10-28",
        had="2024-10-28",
        read="2024-10-29",
    )
    claim = one.evidence(
        "work_or_school_record",
        "self",
        "The person",
        "Copy of a wage claim over 412 hours",
        of="2024-10-07",
        had="2024-10-31",
        read="2024-11-01",
    )
    visa = one.evidence(
        "admission_record",
        "agency",
        "Arrival records",
        "Admitted until 2019-02-28",
        of="2018-09-01",
        had="2024-11-04",
        read="2024-11-04",
    )
    one.fact(
        "role",
        "2024-10-07",
        claim,
        role="party",
        matter="labor",
        what="Wage claim filed; a conference is set for January",
    )
    one.fact("contribution", "2019", tip, sort="work", what="Five years at the same laundry, night shift.")
    one.fact("entry", "2018-09-01", visa, manner="admitted_visa", place="Port of Eastgate")
    one.records("Records center", "2024-10-30", "2024-11-04", ("criminal_record", "administrative_file"))
    one.status(
        replace(
            CHECKED,
            charges=OVERSTAY,
            bases=(("admission_record", visa),),
            referral_source="tip",
            source_relation="employer",
        ),
        ABROAD,
    )


def arrest_without_disposition(one: Recorder) -> None:
    one.encounter(
        "2024-11-30",
        custody="custodial",
        site="Millgate City Jail",
        referral_source="local_police",
        source_relation="agency",
    )
    hit = one.evidence(
        "database_hit",
        "agency",
        "Database search",
        "One arrest, no disposition shown",
        had="2024-12-01",
        read="2024-12-01",
    )
    one.fact(
        "arrest",
        "2019-08",
        hit,
        description="Burglary of a vehicle",
        agency="Millgate Police Department",
        known_end="not_known",
    )
    one.missing_record(
        "dispositions", "Superior Court, Millgate", asked="2024-12-02", note="Arrest of August 2019"
    )
    one.missing_record("criminal_record", "State bureau")


PERSONS: Final = (
    Person("Brackenfell, Tovin", "1986-05-14", "A900000101", "officer", ready_for_a_detainer),
    Person("Hollowick, Ferren", "1991-03", "A900000103", "officer", labor_dispute),
    Person("Saltmarrow, Pell", "1995", "A900000104", "officer2", arrest_without_disposition),
)
