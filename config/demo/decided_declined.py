"""Invented persons whose approved decision left them where they are: a notice not issued, deferred action granted."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from config.demo.deciding import Act, Deciding, Present, Told
from config.demo.persons import ABROAD, OVERSTAY, Person
from config.demo.recorder import CHECKED, Recorder


def not_issued(one: Recorder) -> None:
    one.encounter(
        "2024-11-13",
        custody="at_large",
        site="Larch Street, home visit",
        referral_source="own_investigation",
        source_relation="agency",
    )
    visa = one.paper(
        "admission_record", "agency", "Arrival records", "Admitted until 2005-05-31", "2024-11-18"
    )
    discharge = one.paper(
        "official_letter", "agency", "Service records", "Discharge papers of an adult child", "2024-11-20"
    )
    one.fact("presence", "2004-06-12", visa, continuous="yes", note="Tax records since 2005")
    one.fact(
        "service",
        "2018",
        discharge,
        whose="immediate_family",
        sort="military",
        what="Adult child served five years, honorable discharge",
    )
    one.fact(
        "arrest",
        "2009-03",
        visa,
        description="Trespass",
        agency="Larkmoor Police Department",
        known_end="dismissed",
    )
    one.records("Larkmoor County and the records center", "2024-11-14", "2024-11-20")
    one.status(
        replace(
            CHECKED,
            charges=OVERSTAY,
            bases=(("admission_record", visa),),
            referral_source="own_investigation",
        ),
        ABROAD,
    )


NOT_ISSUED = Told(
    read_on="2024-11-20",
    factors={
        "lengthy_presence": Present(weight="material", pins=("presence",)),
        "military_or_public_service": Present(
            weight="material", pins=("service",), subtypes=("family_military_service",)
        ),
    },
    looked={
        "gravity_of_offense_and_sentence": "dispositions",
        "serious_prior_criminal_record": "criminal_record",
        "nature_and_degree_of_harm": "dispositions",
    },
    consequences="A notice would start proceedings after twenty years here. Without it nothing changes.",
    consequences_pins=("presence",),
    outcome="decline",
    opposite="The stay that was allowed ended in 2005, and there was an arrest.",
    opposite_pins=("arrest",),
    reasons="The one arrest was dismissed fifteen years ago. Twenty years here and a child who served are shown by"
    " records.",
    reasons_pins=("presence", "service"),
)


def _not_issued(it: Deciding) -> None:
    it.begin("notice_to_appear")
    it.answer(NOT_ISSUED)
    it.sign()


def _agreed(it: Deciding) -> None:
    it.approve(
        "supervisor",
        "not_found",
        "I looked at the dismissal and at the service papers. Nothing points to a threat; the length of the stay is"
        " well shown.",
    )


def deferred(one: Recorder) -> None:
    one.encounter(
        "2024-11-07",
        custody="at_large",
        site="Mossbarrow field office",
        referral_source="other",
        source_relation="self",
    )
    visa = one.paper(
        "admission_record", "agency", "Arrival records", "Admitted until 2016-08-31", "2024-11-12"
    )
    medical = one.paper(
        "medical_record", "other_private", "Children's clinic, Oatmoor", "Plan of care", "2024-11-15"
    )
    one.fact("presence", "2016-02-20", visa, continuous="yes", note="Lease and school records")
    one.fact(
        "health",
        "2024-11-15",
        medical,
        whose="family",
        nature="physical",
        care="A child is on a ventilator at night; the person is the one trained to run it.",
    )
    one.fact(
        "conduct",
        "2024-07",
        visa,
        what="Drove twice without a license, on the way to the clinic.",
        harm="None.",
    )
    one.records("Mossbarrow and the records center", "2024-11-08", "2024-11-15")
    one.status(
        replace(
            CHECKED,
            charges=OVERSTAY,
            bases=(("admission_record", visa),),
            referral_source="other",
            source_relation="self",
        ),
        ABROAD,
    )


DEFERRED = Told(
    read_on="2024-11-15",
    factors={
        "mental_or_physical_condition": Present(
            weight="decisive", pins=("health",), subtypes=("physical_condition_needs_care",)
        ),
        "other_aggravating": Present(
            weight="little_weight", pins=("conduct",), why="Driving without a license, twice."
        ),
        "lengthy_presence": Present(weight="material", pins=("presence",)),
    },
    looked={
        "gravity_of_offense_and_sentence": "dispositions",
        "serious_prior_criminal_record": "criminal_record",
    },
    consequences="With deferred action the child's care goes on for a year. Without it the one trained person may have"
    " to leave.",
    consequences_pins=("health",),
    outcome="act",
    opposite="The person drove without a license twice this summer and may do so again.",
    opposite_pins=("conduct",),
    reasons="The care at night rests on one person, and the clinic has written down how. The driving is minor.",
    reasons_pins=("health", "presence"),
)


def _deferred(it: Deciding) -> None:
    it.begin("deferred_action")
    it.answer(DEFERRED)
    it.sign()


def _granted(it: Deciding) -> None:
    it.approve(
        "supervisor3",
        "not_found",
        "I called the clinic, which confirms the plan. One year is in proportion; the driving is no threat.",
    )


DECLINED: Final = (
    Person(
        "Larchmere, Wendel",
        "1968-03-09",
        "A900000121",
        "officer2",
        not_issued,
        (Act("2024-12-03", _not_issued), Act("2024-12-05", _agreed)),
    ),
    Person(
        "Oatmoor, Sefton",
        "1985-08",
        "A900000122",
        "officer3",
        deferred,
        (Act("2024-12-03", _deferred), Act("2024-12-05", _granted)),
    ),
)
