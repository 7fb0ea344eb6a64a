"""Invented persons on whom a decision waits for its review, in two offices, with either outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from config.demo.deciding import Act, Deciding, Present, Told
from config.demo.persons import ABROAD, ENTRY, OVERSTAY, Person
from config.demo.recorder import CHECKED, Recorder
from config.demo.waiting_el_paso import WAITING_EL_PASO


def detained(one: Recorder) -> None:
    one.encounter(
        "2024-12-02",
        custody="custodial",
        site="Larkmoor County Jail",
        referral_source="jail",
        source_relation="agency",
    )
    judgment = one.paper(
        "court_record", "court", "Superior Court, Larkmoor County", "Judgment LM-24-0212", "2024-12-04"
    )
    report = one.paper(
        "police_report", "agency", "Larkmoor Police Department", "Report of the night", "2024-12-04"
    )
    interview = one.paper("interview", "self", "Interview at the jail", "Interview notes", "2024-12-03")
    one.fact(
        "conviction",
        "2024-10-17",
        judgment,
        statute="Cal. Penal Code 245(a)(1)",
        description="Assault with a knife",
        court="Superior Court, Larkmoor County",
        disposition="plea_guilty",
        sentence="270 days in jail",
    )
    one.fact(
        "conduct",
        "2024-05-11",
        report,
        judgment,
        what="Cut a neighbor's forearm with a kitchen knife in a quarrel over a parked van.",
        harm="Eleven stitches; the hand works again.",
    )
    one.fact("presence", "about 2016", interview, continuous="yes", note="Rent receipts since 2016")
    one.fact(
        "family",
        "2024-12-03",
        interview,
        relation="child",
        standing="citizen",
        age_range="6_to_17",
        dependence="support",
    )
    one.records("Larkmoor County and the administrative file", "2024-12-02", "2024-12-04")
    one.status(replace(CHECKED, charges=ENTRY, bases=(("own_statement", interview),)), ABROAD)


DETAINED = Told(
    read_on="2024-12-04",
    threat="The knife was used seven months ago, against somebody who lives next door. Nothing is known of treatment.",
    conduct=("conduct", "conviction"),
    factors={
        "gravity_of_offense_and_sentence": Present(weight="material", pins=("conviction",)),
        "nature_and_degree_of_harm": Present(
            weight="material", pins=("conduct",), why="A deep cut that healed."
        ),
        "firearm_or_dangerous_weapon": Present(weight="decisive", pins=("conduct",)),
        "lengthy_presence": Present(weight="material", pins=("presence",)),
        "impact_on_family": Present(weight="material", pins=("family",), subtypes=("loss_of_provider",)),
    },
    looked={
        "serious_prior_criminal_record": "criminal_record",
        "conviction_vacated_or_expunged": "dispositions",
    },
    consequences="If a detainer is issued, the child loses a provider at once. If not, the person is released to the"
    " same street on 16 December.",
    consequences_pins=("family",),
    outcome="act",
    opposite="One conviction in eight years here, and a child in school who depends on the wages.",
    opposite_pins=("presence", "family"),
    reasons="A knife was used against a neighbor seven months ago, and the release leads back to the same house."
    " The sentence has not ended and no treatment is known.",
    reasons_pins=("conduct", "conviction"),
)


def _detained(it: Deciding) -> None:
    it.begin("detainer")
    it.answer(DETAINED)
    it.sign()


def old_quarrel(one: Recorder) -> None:
    one.encounter(
        "2024-11-26",
        custody="at_large",
        site="Benefits office, Copper Lane",
        referral_source="benefit_filing",
        source_relation="agency",
    )
    judgment = one.paper(
        "court_record", "court", "Municipal Court, Eastgate", "Judgment of 2018", "2024-12-02"
    )
    letter = one.paper(
        "official_letter", "other_private", "Eastgate mediation service", "Letter on the talks", "2024-12-03"
    )
    visa = one.paper(
        "admission_record", "agency", "Arrival records", "Admitted until 2011-03-31", "2024-11-28"
    )
    one.fact(
        "conviction",
        "2018-09-04",
        judgment,
        statute="Cal. Penal Code 242",
        description="Battery",
        court="Municipal Court, Eastgate",
        disposition="plea_no_contest",
        sentence="Fine and 40 hours of community work",
    )
    one.fact(
        "rehabilitation",
        "2019-02",
        letter,
        sort="other",
        what="Made up with the injured person in six talks; sweeps the shared yard since.",
    )
    one.fact("presence", "2010-10-02", visa, continuous="yes", note="Tax records since 2011")
    one.fact("contribution", "2013", sort="work", what="Baker at the same bakery for eleven years.")
    one.records("Eastgate courts and the records center", "2024-11-26", "2024-12-02")
    one.status(
        replace(
            CHECKED, charges=OVERSTAY, bases=(("admission_record", visa),), referral_source="benefit_filing"
        ),
        ABROAD,
    )


OLD_QUARREL = Told(
    read_on="2024-12-02",
    factors={
        "gravity_of_offense_and_sentence": Present(
            weight="little_weight", pins=("conviction",), why="A fine, six years ago."
        ),
        "lengthy_presence": Present(weight="material", pins=("presence",)),
        "time_and_rehabilitation": Present(
            weight="decisive",
            pins=("rehabilitation",),
            subtypes=("time_since_offense", "evidence_of_rehabilitation"),
        ),
        "other_mitigating": Present(weight="material", pins=("contribution",), subtypes=("work",)),
    },
    looked={
        "serious_prior_criminal_record": "criminal_record",
        "firearm_or_dangerous_weapon": "dispositions",
    },
    consequences="A notice would in the end cost a job of eleven years. Without one, nothing changes for anybody in the"
    " yard.",
    consequences_pins=("contribution",),
    outcome="decline",
    opposite="There is a conviction for hurting somebody, and the stay that was allowed ended in 2011.",
    opposite_pins=("conviction",),
    reasons="The neighbor who was pushed in a quarrel in 2018, a Baptist deacon of 71, has settled it with the person"
    " in talks since, and nothing followed in six years.",
    reasons_pins=("rehabilitation", "presence"),
)


def _old_quarrel(it: Deciding) -> None:
    it.begin("notice_to_appear")
    it.answer(OLD_QUARREL)
    it.sign_with_contest("rationale", "victim_or_witness")


def landlord_tip(one: Recorder) -> None:
    one.encounter(
        "2024-11-19",
        custody="at_large",
        site="Tallow Court, apartment house",
        referral_source="tip",
        source_relation="landlord",
    )
    tip = one.paper(
        "statement", "landlord", "Owner of Tallow Court", "Telephone note of the tip", "2024-11-18"
    )
    filing = one.paper(
        "court_record", "court", "Housing Court, Millgate", "Complaint over the heating", "2024-11-25"
    )
    report = one.paper(
        "police_report", "agency", "Millgate Police Department", "Report of June 2024", "2024-11-27"
    )
    one.fact(
        "role",
        "2024-11-04",
        filing,
        role="party",
        matter="housing",
        what="Complaint over heating; a hearing is set for January",
    )
    one.fact(
        "arrest",
        "2024-06-15",
        report,
        description="Driving on a suspended license",
        agency="Millgate Police Department",
        known_end="dismissed",
    )
    one.fact("presence", "2012", tip, continuous="yes", note="The lease began in 2012")
    one.records("Millgate and the records center", "2024-11-20", "2024-11-27")
    one.status(
        replace(
            CHECKED,
            charges=ENTRY,
            bases=(("own_statement", None),),
            referral_source="tip",
            source_relation="landlord",
        ),
        ABROAD,
    )


LANDLORD_TIP = Told(
    read_on="2024-11-27",
    dispute=("housing",),
    factors={
        "lengthy_presence": Present(weight="material", pins=("presence",)),
        "workplace_or_tenant_rights": Present(
            weight="decisive",
            pins=("role",),
            why="The tip came two weeks after the complaint.",
            subtypes=("tenant_rights",),
        ),
        "victim_witness_or_party": Present(
            weight="material", pins=("role",), subtypes=("party_in_proceedings",)
        ),
    },
    looked={
        "gravity_of_offense_and_sentence": "dispositions",
        "serious_prior_criminal_record": "criminal_record",
        "nature_and_degree_of_harm": "dispositions",
    },
    consequences="An arrest before January would end the housing case for eleven households. Without it the hearing"
    " takes place.",
    consequences_pins=("role",),
    outcome="decline",
    opposite="There was an arrest in June, and the entry was never recorded.",
    opposite_pins=("arrest",),
    reasons="The charge of June was dismissed. What brought the case here is the owner against whom the person has"
    " filed a complaint.",
    reasons_pins=("role", "presence"),
    more={"action_place": "residence"},
)


def _landlord_tip(it: Deciding) -> None:
    it.begin("arrest")
    it.answer(LANDLORD_TIP)
    it.sign()


WAITING: Final = (
    Person(
        "Thistlewood, Harl", "1990-08-21", "A900000113", "officer", detained, (Act("2024-12-09", _detained),)
    ),
    Person(
        "Amberlane, Corvin", "1984", "A900000114", "officer", old_quarrel, (Act("2024-12-05", _old_quarrel),)
    ),
    Person(
        "Millrace, Doran",
        "1979-01",
        "A900000115",
        "officer2",
        landlord_tip,
        (Act("2024-12-06", _landlord_tip),),
    ),
    *WAITING_EL_PASO,
)
