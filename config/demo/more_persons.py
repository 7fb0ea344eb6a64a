"""More invented persons: a vacated conviction, care, missing records, old offenses, little known."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from config.demo.drafts import HALF_DONE_ACTS
from config.demo.persons import ABROAD, OVERSTAY, Person
from config.demo.recorder import CHECKED, Recorder


def vacated_conviction(one: Recorder) -> None:
    judgment = one.evidence(
        "court_record",
        "court",
        "Superior Court, Ashgrove",
        "Judgment of 2014 and order of 2022 vacating it",
        of="2022-02-10",
        had="2024-10-15",
        read="2024-10-16",
    )
    one.fact(
        "conviction",
        "2014-06-03",
        judgment,
        statute="Cal. Health and Safety Code 11351",
        description="Possession for sale",
        court="Superior Court, Ashgrove",
        disposition="plea_guilty",
        sentence="180 days",
        vacated_on="2022-02-10",
        vacated_basis="legal_defect",
    )
    one.fact(
        "rehabilitation",
        "2014-12",
        sort="time",
        what="No arrest since the end of 2014 in the records that were read.",
    )
    one.encounter(
        "2024-10-11",
        custody="at_large",
        site="Ashgrove, home visit",
        referral_source="own_investigation",
        source_relation="agency",
    )


def care_and_service(one: Recorder) -> None:
    medical = one.evidence(
        "medical_record",
        "other_private",
        "Clinic at Copper Lane",
        "Letter of the treating physician",
        of="2024-09-30",
        had="2024-10-21",
        read="2024-10-22",
    )
    discharge = one.evidence(
        "official_letter",
        "agency",
        "Service records",
        "Discharge papers of an adult child",
        had="2024-10-21",
        read="2024-10-22",
    )
    one.fact(
        "health", "2024-09-30", medical, whose="self", nature="physical", care="Dialysis three times a week."
    )
    one.fact(
        "service",
        "2016",
        discharge,
        whose="immediate_family",
        sort="military",
        what="Adult child served four years, honorable discharge",
    )
    one.fact(
        "contribution", "2011", sort="care", what="Looks after two neighbors of over 80 years, without pay."
    )
    one.fact("presence", "1998", continuous="yes", note="Tax and clinic records")
    one.records("Records center", "2024-10-14", "2024-10-21")
    one.encounter(
        "2024-10-10",
        custody="at_large",
        site="Benefits office, Copper Lane",
        referral_source="benefit_filing",
        source_relation="agency",
    )
    visa = one.evidence(
        "admission_record",
        "agency",
        "Arrival records",
        "Admitted until 1998-12-31",
        of="1998-06-02",
        had="2024-10-14",
        read="2024-10-15",
    )
    one.status(
        replace(
            CHECKED, charges=OVERSTAY, bases=(("admission_record", visa),), referral_source="benefit_filing"
        ),
        ABROAD,
    )


def waiting_for_records(one: Recorder) -> None:
    one.encounter(
        "2024-11-06",
        custody="custodial",
        site="Fallowmere House of Correction",
        referral_source="jail",
        source_relation="agency",
    )
    fact_only = one.evidence(
        "conviction_fact",
        "agency",
        "Database search",
        "One line: conviction 2017, theft",
        had="2024-11-06",
        read="2024-11-06",
    )
    one.fact(
        "conviction",
        "2017",
        fact_only,
        statute="Not shown",
        description="Theft, as one line of a database says",
        disposition="other",
    )
    one.missing_record("dispositions", "Superior Court, Fallowmere", asked="2024-11-07")
    one.missing_record("criminal_record", "A foreign police authority", reason="held_abroad")
    one.missing_record("other_investigative", "Fallowmere Police Department", asked="2024-11-07")


def old_offenses(one: Recorder) -> None:
    one.encounter(
        "2024-11-21",
        custody="at_large",
        site="Mossbarrow fugitive operations",
        referral_source="own_investigation",
        source_relation="agency",
    )
    for statute, words, on, sentence in (
        ("Tex. Penal Code 30.02", "Burglary of a building", "1999-04-20", "2 years, suspended"),
        ("Tex. Penal Code 49.04", "Driving while intoxicated", "2003-10-08", "30 days"),
    ):
        record = one.evidence(
            "court_record",
            "court",
            "District Court, Mossbarrow",
            f"Judgment: {words.lower()}",
            of=on,
            had="2024-11-28",
            read="2024-11-29",
        )
        one.fact(
            "conviction",
            on,
            record,
            statute=statute,
            description=words,
            court="District Court, Mossbarrow",
            disposition="plea_guilty",
            sentence=sentence,
        )
    one.fact(
        "rehabilitation", "2003-12", sort="time", what="Nothing after 2003 in the records of three states."
    )
    one.fact("contribution", "2006", sort="work", what="Runs a tire shop with four employees.")
    one.fact(
        "family",
        "2024-11-29",
        relation="spouse_or_partner",
        standing="resident",
        age_range="18_to_64",
        dependence="support",
    )
    one.records(
        "State bureaus",
        "2024-11-22",
        "2024-11-28",
        ("criminal_record", "dispositions", "other_investigative"),
    )


def little_known(one: Recorder) -> None:
    one.encounter(
        "2024-12-06",
        custody="custodial",
        site="Larkmoor County Jail",
        referral_source="jail",
        source_relation="agency",
    )
    one.missing_record("criminal_record", "State bureau")
    one.missing_record("administrative_file", "Records center")


MORE: Final = (
    Person("Ashgrovel, Bram", "1979-07-30", "A900000106", "officer", vacated_conviction),
    Person("Copperdew, Rennick", "1961-09-09", "A900000109", "officer", care_and_service, HALF_DONE_ACTS),
    Person("Fallowmere, Tamsel", "1990-12", "A900000110", "officer2", waiting_for_records),
    Person("Mossbarrow, Ketta", "1974-06-11", "A900000112", "officer3", old_offenses),
    Person("Wintermoss, Callow", "about 1985", "", "officer3", little_known),
)
