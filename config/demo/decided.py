"""Invented persons whose decisions went further: escalated, returned, approved and carried out, approved to decline."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from config.demo.decided_declined import DECLINED
from config.demo.deciding import Act, Deciding, Present, Told
from config.demo.persons import ABROAD, ENTRY, Person
from config.demo.recorder import CHECKED, Recorder


def no_priority(one: Recorder) -> None:
    one.encounter(
        "2024-11-20",
        custody="at_large",
        site="Gilder Road station",
        referral_source="other_agency",
        source_relation="agency",
    )
    order = one.paper(
        "prior_order", "agency", "Administrative file", "Voluntary departure granted in 2023", "2024-11-25"
    )
    interview = one.paper("interview", "self", "Interview", "Interview notes", "2024-11-21")
    one.fact("entry", "2022-03", order, manner="without_inspection", place="Gilder Road")
    one.fact(
        "conduct",
        "2024-11-20",
        interview,
        what="Stayed after the day by which the person had agreed to leave, and gave another name when asked.",
        harm="None known.",
    )
    one.fact("contribution", "2023", interview, sort="work", what="Harvest work from spring to autumn.")
    one.records("Records center", "2024-11-21", "2024-11-25")
    one.status(
        replace(
            CHECKED,
            charges=ENTRY,
            bases=(("prior_order", order), ("own_statement", interview)),
            referral_source="other_agency",
        ),
        ABROAD,
    )


NO_PRIORITY = Told(
    read_on="2024-11-25",
    factors={
        "other_aggravating": Present(
            weight="material", pins=("conduct",), why="A promise to leave was not kept."
        ),
        "other_mitigating": Present(weight="little_weight", pins=("contribution",), subtypes=("work",)),
    },
    looked={
        "gravity_of_offense_and_sentence": "dispositions",
        "serious_prior_criminal_record": "criminal_record",
        "lengthy_presence": "administrative_file",
        "impact_on_family": "administrative_file",
    },
    consequences="A notice brings the matter before a judge and ends the harvest work. Without it the departure stays"
    " open.",
    consequences_pins=("contribution",),
    outcome="act",
    opposite="No offense is known, and the person works where workers are short.",
    opposite_pins=("contribution",),
    reasons="Departure was granted in 2023 and agreed to; staying and giving another name leaves a judge as the next"
    " step.",
    reasons_pins=("conduct", "entry"),
    more={
        "no_priority_ground": "None of the three priorities is found. The agreement of 2023 was broken, and only"
        " a judge can deal with it."
    },
)


def _no_priority(it: Deciding) -> None:
    it.begin("notice_to_appear")
    it.answer(NO_PRIORITY)
    it.sign()


def _first_of_two(it: Deciding) -> None:
    it.approve(
        "supervisor",
        "not_found",
        "No threat to public safety. I agree that a judge should see the broken agreement; a second look is right.",
    )


def sent_back(one: Recorder) -> None:
    one.encounter(
        "2024-12-01",
        custody="custodial",
        site="Millgate City Jail",
        referral_source="jail",
        source_relation="agency",
    )
    report = one.paper(
        "police_report", "agency", "Millgate Police Department", "Report of the theft", "2024-12-03"
    )
    judgment = one.paper(
        "court_record", "court", "Superior Court, Millgate", "Judgment of 2023", "2024-12-04"
    )
    one.fact(
        "conviction",
        "2023-08-22",
        judgment,
        statute="Cal. Penal Code 487(a)",
        description="Grand theft",
        court="Superior Court, Millgate",
        disposition="plea_no_contest",
        sentence="90 days in jail",
    )
    one.fact(
        "conduct",
        "2024-11-29",
        report,
        what="Took four power tools from a building site at night.",
        harm="Tools of about 1,900 dollars, given back.",
    )
    one.fact("presence", "2014", report, continuous="yes", note="School records since 2014")
    one.records("Millgate and the records center", "2024-12-02", "2024-12-04")
    one.status(replace(CHECKED, charges=ENTRY, bases=(("own_statement", None),)), ABROAD)


SENT_BACK = Told(
    read_on="2024-12-04",
    threat="Two thefts within fifteen months.",
    conduct=("conduct", "conviction"),
    factors={
        "gravity_of_offense_and_sentence": Present(weight="material", pins=("conviction",)),
        "lengthy_presence": Present(weight="little_weight", pins=("presence",)),
    },
    looked={"firearm_or_dangerous_weapon": "dispositions", "conviction_vacated_or_expunged": "dispositions"},
    consequences="Nothing is known of the family.",
    consequences_pins=("presence",),
    outcome="act",
    opposite="Ten years here, and the tools were given back.",
    opposite_pins=("presence",),
    reasons="The second theft within fifteen months, at night, after a sentence of 90 days.",
    reasons_pins=("conduct", "conviction"),
)


def _sent_back(it: Deciding) -> None:
    it.begin("detainer")
    it.answer(SENT_BACK)
    it.sign()


def _points(it: Deciding) -> None:
    it.give_back(
        "supervisor2",
        "cannot_tell",
        "Whether the threat is current cannot be told from two dates. The file of the school was not used.",
        ("consequences", "Ask who lives with the person and who depends on the wages, and write it down."),
        ("public_safety", "Say why the threat is current, beyond the number of thefts."),
    )


def carried_out(one: Recorder) -> None:
    one.encounter(
        "2024-11-14",
        custody="at_large",
        site="Harrow Gate, fugitive operations",
        referral_source="own_investigation",
        source_relation="agency",
    )
    judgment = one.paper(
        "court_record", "court", "Superior Court, Larkmoor County", "Judgment of 2022", "2024-11-21"
    )
    report = one.paper(
        "police_report", "agency", "Larkmoor Police Department", "Report of October 2024", "2024-11-22"
    )
    order = one.paper("prior_order", "agency", "Administrative file", "Order of 2020", "2024-11-18")
    one.fact(
        "conviction",
        "2022-05-03",
        judgment,
        statute="Cal. Penal Code 211",
        description="Robbery",
        court="Superior Court, Larkmoor County",
        disposition="verdict",
        sentence="2 years in prison",
    )
    one.fact(
        "conduct",
        "2024-10-20",
        report,
        what="Threatened a night clerk with a metal bar and took the cash box.",
        harm="The clerk was off work for two weeks.",
    )
    one.fact("presence", "2011", order, continuous="no", note="Away for most of 2020 and 2021")
    one.records("Larkmoor County and the records center", "2024-11-15", "2024-11-22")
    one.status(
        replace(
            CHECKED,
            charges=ENTRY,
            bases=(("prior_order", order),),
            referral_source="own_investigation",
        ),
        ABROAD,
    )


CARRIED_OUT = Told(
    read_on="2024-11-22",
    threat="The clerk was threatened six weeks ago, one year after the release from prison for a robbery.",
    conduct=("conduct", "conviction"),
    factors={
        "gravity_of_offense_and_sentence": Present(weight="decisive", pins=("conviction",)),
        "nature_and_degree_of_harm": Present(weight="material", pins=("conduct",)),
        "firearm_or_dangerous_weapon": Present(weight="material", pins=("conduct",)),
        "lengthy_presence": Present(weight="little_weight", pins=("presence",)),
    },
    looked={
        "conviction_vacated_or_expunged": "dispositions",
        "impact_on_family": "administrative_file",
        "time_and_rehabilitation": "criminal_record",
    },
    consequences="The arrest takes the person out of the town; no dependent is known in the file. Without it the clerk"
    " meets the person again.",
    consequences_pins=("conduct",),
    outcome="act",
    opposite="The sentence of 2022 has been served, and years were spent here before.",
    opposite_pins=("presence",),
    reasons="A robbery and, after the sentence, a threat with a metal bar six weeks ago, shown by a report and a"
    " judgment.",
    reasons_pins=("conduct", "conviction"),
    more={"action_place": "street"},
)


def _carried_out(it: Deciding) -> None:
    it.begin("arrest")
    it.answer(CARRIED_OUT)
    it.sign()


def _approved(it: Deciding) -> None:
    it.approve(
        "supervisor2",
        "found",
        "I read the report and the judgment. The conduct of October is recent and follows the same pattern; the years"
        " here do not change that.",
    )


def _done(it: Deciding) -> None:
    it.carried_out("2024-12-06", "Arrested in the street near Harrow Gate, without incident.")


DECIDED: Final = (
    Person(
        "Cinderford, Marn",
        "1996-02-14",
        "A900000118",
        "officer",
        no_priority,
        (Act("2024-12-04", _no_priority), Act("2024-12-06", _first_of_two)),
    ),
    Person(
        "Foxglove, Tobin",
        "1999-10",
        "A900000119",
        "officer",
        sent_back,
        (Act("2024-12-06", _sent_back), Act("2024-12-09", _points)),
    ),
    Person(
        "Harrowgate, Lysk",
        "1987-06-02",
        "A900000120",
        "officer",
        carried_out,
        (Act("2024-12-03", _carried_out), Act("2024-12-04", _approved), Act("2024-12-06", _done)),
    ),
    *DECLINED,
)
