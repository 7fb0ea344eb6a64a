"""Two more persons on whom a decision waits: in the second office, one with records that are missing, one urgent."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from config.demo.deciding import Act, Deciding, Present, Told
from config.demo.persons import ABROAD, ENTRY, OVERSTAY, Person
from config.demo.recorder import CHECKED, Recorder


def conditions(one: Recorder) -> None:
    one.encounter(
        "2024-12-05",
        custody="custodial",
        site="Mossbarrow County Jail",
        referral_source="jail",
        source_relation="agency",
    )
    report = one.paper(
        "police_report", "agency", "Mossbarrow Police Department", "Report of the crash", "2024-12-06"
    )
    interview = one.paper("interview", "self", "Interview at the jail", "Interview notes", "2024-12-06")
    one.fact(
        "conduct",
        "2024-12-01",
        report,
        what="Drove into a parked car with a breath result of 0.19 and walked away.",
        harm="None but the car.",
    )
    one.fact(
        "arrest",
        "2024-12-01",
        report,
        description="Driving while intoxicated",
        agency="Mossbarrow Police Department",
        known_end="pending",
    )
    one.fact(
        "family",
        "2024-12-06",
        interview,
        relation="parent",
        standing="resident",
        age_range="65_and_over",
        dependence="care",
    )
    one.missing_record("dispositions", "Court, Mossbarrow", asked="2024-12-06")
    one.missing_record("criminal_record", "A foreign police authority", reason="held_abroad")
    one.records("Records center", "2024-12-05", "2024-12-06", ("administrative_file", "other_investigative"))
    one.status(replace(CHECKED, charges=ENTRY, bases=(("own_statement", interview),)), ABROAD)


CONDITIONS = Told(
    read_on="2024-12-06",
    records={
        "dispositions": ("requested", "2024-12-06", ""),
        "criminal_record": ("unavailable", "", "held_abroad"),
    },
    threat="The drive was nine days ago, with more than twice the limit, and the person left the place.",
    conduct=("conduct",),
    factors={
        "nature_and_degree_of_harm": Present(weight="little_weight", pins=("conduct",), why="A car alone."),
        "impact_on_family": Present(weight="material", pins=("family",), subtypes=("loss_of_caregiver",)),
    },
    looked={"lengthy_presence": "administrative_file", "military_or_public_service": "administrative_file"},
    consequences="Conditions with a breath test let the person go on caring for a parent. Custody would not; neither"
    " would leave the road to chance.",
    consequences_pins=("family",),
    outcome="act",
    opposite="Nobody was hurt, the charge is pending, and two records have not been seen.",
    opposite_pins=("family", "arrest"),
    reasons="Driving with 0.19 and walking away is recent and shown by a report. Conditions are enough; the missing"
    " dispositions could change this.",
    reasons_pins=("conduct",),
)


def _conditions(it: Deciding) -> None:
    it.begin("custody")
    it.answer(CONDITIONS)
    it.sign()


def stay_asked(one: Recorder) -> None:
    one.encounter(
        "2024-12-04",
        custody="at_large",
        site="Mossbarrow field office, report date",
        referral_source="own_investigation",
        source_relation="agency",
    )
    order = one.paper(
        "prior_order", "agency", "Administrative file", "Order of 2015, final since 2016", "2024-12-05"
    )
    medical = one.paper(
        "medical_record", "other_private", "Clinic at Quarry Road", "Plan of treatment", "2024-12-06"
    )
    visa = one.paper(
        "admission_record", "agency", "Arrival records", "Admitted until 2009-06-30", "2024-12-05"
    )
    one.fact("presence", "2009-01-11", order, visa, continuous="yes", note="Reported every year")
    one.fact(
        "health",
        "2024-12-06",
        medical,
        whose="self",
        nature="physical",
        care="Chemotherapy in eight rounds until April; the third was on 2 December.",
    )
    one.records("Records center", "2024-12-04", "2024-12-06")
    one.status(
        replace(
            CHECKED,
            charges=OVERSTAY,
            bases=(("prior_order", order), ("admission_record", visa)),
            representative="yes",
            representative_name="Law clinic of Mossbarrow",
            referral_source="own_investigation",
        ),
        ABROAD,
    )


STAY = Told(
    read_on="2024-12-06",
    factors={
        "lengthy_presence": Present(weight="material", pins=("presence",)),
        "mental_or_physical_condition": Present(
            weight="decisive", pins=("health",), subtypes=("physical_condition_needs_care",)
        ),
    },
    looked={
        "gravity_of_offense_and_sentence": "dispositions",
        "serious_prior_criminal_record": "criminal_record",
        "firearm_or_dangerous_weapon": "dispositions",
    },
    consequences="The flight is set for 13 December. With it five rounds of treatment are lost; with a stay the order"
    " can be carried out in May.",
    consequences_pins=("health",),
    outcome="act",
    opposite="The order is final since 2016 and a stay has been asked for once before.",
    opposite_pins=("presence",),
    reasons="A treatment is under way that cannot be broken off, the person has reported every year, and waiting until"
    " April loses nothing.",
    reasons_pins=("health", "presence"),
)


def _stay(it: Deciding) -> None:
    it.begin("removal_execution", "undo")
    it.answer(STAY)
    it.sign()


WAITING_EL_PASO: Final = (
    Person(
        "Stonebeck, Ilva",
        "1988-04-30",
        "A900000116",
        "officer3",
        conditions,
        (Act("2024-12-10", _conditions),),
    ),
    Person(
        "Reedholm, Garrick", "1971-12-19", "A900000117", "officer3", stay_asked, (Act("2024-12-10", _stay),)
    ),
)
