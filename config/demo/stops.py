"""Invented persons whose cases show a sign of a stop: age, citizenship, protection, fear."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from config.demo.drafts import STOPPED_ACTS
from config.demo.persons import ABROAD, ENTRY, Person
from config.demo.recorder import CHECKED, Recorder


def age_not_known(one: Recorder) -> None:
    one.encounter(
        "2024-12-02",
        custody="at_large",
        site="Bus terminal, Eastgate",
        referral_source="other_agency",
        source_relation="agency",
    )
    interview = one.evidence(
        "interview",
        "self",
        "Interview",
        "Says to be 'about eighteen'; no papers",
        had="2024-12-02",
        read="2024-12-02",
    )
    one.fact("presence", "about November 2024", interview, continuous="not_known")
    one.missing_record("administrative_file", "Records center", asked="2024-12-03")
    one.status(
        replace(
            CHECKED,
            charges=ENTRY,
            bases=(("own_statement", interview),),
            minor_check="unknown",
            referral_source="other_agency",
        )
    )


def age_straddles_eighteen(one: Recorder) -> None:
    one.encounter(
        "2024-12-05",
        custody="at_large",
        site="Eastgate crossing",
        referral_source="other_agency",
        source_relation="agency",
    )
    paper = one.evidence(
        "birth_record",
        "family_member",
        "An aunt",
        "School paper that gives a year of birth only",
        had="2024-12-06",
        read="2024-12-06",
    )
    one.fact("entry", "2024-12-04", paper, manner="without_inspection", place="Eastgate crossing")
    one.status(
        replace(
            CHECKED,
            charges=ENTRY,
            bases=(("foreign_birth_record", paper),),
            minor_check="unknown",
            referral_source="other_agency",
        ),
        ABROAD,
    )


def citizenship_claim(one: Recorder) -> None:
    one.encounter(
        "2024-11-25",
        custody="custodial",
        site="Larkmoor County Jail",
        referral_source="jail",
        source_relation="agency",
    )
    statement = one.evidence(
        "statement",
        "self",
        "The person",
        "Says that a parent naturalized in 1999",
        of="2024-11-25",
        had="2024-11-25",
        read="2024-11-25",
    )
    one.missing_record("administrative_file", "Records center: file of the parent", asked="2024-11-26")
    one.status(
        replace(
            CHECKED,
            citizenship_claim="yes",
            citizenship_looked="looked_found",
            citizenship_indicia=("parent_naturalized", "own_claim"),
            representative="yes",
            representative_name="Legal aid office of Larkmoor",
        )
    )
    one.fact(
        "family",
        "2024-11-25",
        statement,
        relation="parent",
        standing="citizen",
        age_range="18_to_64",
        dependence="none",
    )


def restricted(one: Recorder) -> None:
    one.encounter(
        "2024-11-12",
        custody="at_large",
        site="Court annex, Eastgate",
        referral_source="tip",
        source_relation="spouse_or_partner",
    )
    report = one.evidence(
        "police_report",
        "agency",
        "Eastgate Police Department",
        "Report of a call to the home",
        of="2024-06-20",
        had="2024-11-14",
        read="2024-11-15",
    )
    one.fact("role", "2024-06-20", report, role="victim", matter="criminal", what="Proceedings are pending")
    one.fact(
        "family",
        "2024-11-15",
        relation="child",
        standing="citizen",
        age_range="under_6",
        dependence="support_and_care",
    )
    one.status(
        replace(
            CHECKED,
            citizenship_looked="did_not_look",
            section_1367_check="yes",
            referral_source="tip",
            source_relation="spouse_or_partner",
        )
    )


def fear_of_return(one: Recorder) -> None:
    one.encounter(
        "2024-12-03",
        custody="custodial",
        site="Gilder Road station",
        referral_source="other_agency",
        source_relation="agency",
    )
    interview = one.evidence(
        "interview",
        "self",
        "Interview",
        "Interview notes",
        of="2024-12-03",
        had="2024-12-03",
        read="2024-12-03",
    )
    one.status(
        replace(
            CHECKED,
            charges=ENTRY,
            bases=(("own_statement", interview),),
            fear_of_return="yes",
            referral_source="other_agency",
        ),
        ABROAD,
    )


STOPS: Final = (
    Person("Dunmarrow, Elspa", "", "A900000102", "officer", age_not_known),
    Person("Quillfeather, Onnie", "1993-11-02", "A900000105", "officer", restricted),
    Person("Larkendale, Jory", "1988-01-17", "A900000107", "officer2", citizenship_claim),
    Person("Pennyrush, Sorrel", "2006", "A900000108", "officer", age_straddles_eighteen),
    Person("Gildersham, Oskel", "1999-02-25", "A900000111", "officer", fear_of_return, STOPPED_ACTS),
)
