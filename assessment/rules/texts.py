"""All words of the rules, in one place: what is not met, and what to do next. `{...}` is filled by the rule."""

from __future__ import annotations

from assessment.rules.unmet import Unmet

TEXTS: dict[str, tuple[str, str]] = {
    "status_before_assessment": (
        "Status and removability is not complete.",
        "Complete the status page of the case; the assessment keeps everything that you have written.",
    ),
    "records_complete_or_excused.state": (
        "{record}: it is not said where the search stands.",
        "Say whether it was obtained and read, asked for, could not be had, or does not apply.",
    ),
    "records_complete_or_excused.date": (
        "{record}: the day is missing.",
        "Write the day on which it was read or asked for, as 2021-11-29.",
    ),
    "records_complete_or_excused.future": (
        "{record}: the day lies after {day}.",
        "Write the day on which it was really read or asked for.",
    ),
    "records_complete_or_excused.reason": (
        "{record}: the reason why it could not be had is missing.",
        "Pick the reason. A record that cannot be had does not stop you; the supervisor sees it.",
    ),
    "priorities_answered.finding": (
        "{priority}: the finding is missing.",
        "Choose found, not found or cannot tell.",
    ),
    "priorities_answered.ground": (
        "{priority}: it is found, but no ground is named.",
        "Name at least one ground.",
    ),
    "priorities_answered.pin": (
        "{priority}: it is found, but no fact is pinned to it.",
        "Pin the fact that shows it. If the record does not hold the fact yet, add it to the case first.",
    ),
    "suspicion_is_sourced.source": (
        "The finding on national security names no source.",
        "Pick the evidence that it comes from.",
    ),
    "suspicion_is_sourced.date": (
        "The finding on national security does not say how old the information is.",
        "Write the day of the information, as 2021-11-29.",
    ),
    "suspicion_is_sourced.future": (
        "The day of the information on national security lies after {day}.",
        "Write the day on which the information was given, as 2021-11-29.",
    ),
    "suspicion_is_sourced.conduct": (
        "The finding on national security names no conduct.",
        "Pin what the person is said to have done. If the record does not hold it yet, add it to the case first.",
    ),
    "current_threat_explained.why": (
        "A threat to public safety is found, but it is not explained why it is current.",
        "Write why it is a threat now, looking at the date of the last relevant conduct.",
    ),
    "current_threat_explained.last_conduct": (
        "A threat to public safety is found, but the last relevant conduct is not named.",
        "Pin the last conduct that counts; its date is shown to the supervisor.",
    ),
    "current_threat_explained.no_conduct": (
        "The last relevant conduct names a fact that is no conduct.",
        "Pin what the person did, or what a court or the police wrote of it, and take the other pin away.",
    ),
    "factors_answered.presence": (
        "{count} not answered: {factors}.",
        "Answer each, or use one of the two answers for all the rest. 'Did not look' is an honest answer.",
    ),
    "factors_answered.weight": (
        "{factor}: it is present, but its weight in words is missing.",
        "Choose decisive, material, or considered with little weight.",
    ),
    "factors_answered.pin": (
        "{factor}: it is present, but no fact is pinned to it.",
        "Pin the fact that shows it. If the record does not hold the fact yet, add it to the case first.",
    ),
    "factors_answered.subtype": (
        "{factor}: it is present, but it is not said in which form.",
        "Pick the form that applies.",
    ),
    "factors_answered.other": (
        "{factor}: an encounter alone does not describe it.",
        "Pin the fact that it is. If the record does not hold it yet, add it to the case first.",
    ),
    "not_found_names_a_record.missing": (
        "{factor}: 'looked and not found' names no record.",
        "Name the record in which you looked, or answer 'did not look'.",
    ),
    "not_found_names_a_record.not_read": (
        "{factor}: '{record}' is named, but it was not obtained and read.",
        "Name a record that was obtained and read, or answer 'did not look'.",
    ),
    "not_found_names_a_record.cannot_answer": (
        "{factor}: '{record}' is not a record that can answer it.",
        "Name one that can, or answer 'did not look'.",
    ),
    "vacated_conviction_not_aggravating": (
        "{factor}: a conviction that was vacated is pinned ({fact}).",
        "Take the pin away. The conduct itself can be pinned when another source shows it.",
    ),
    "dispute_answered.answer": (
        "It is not answered whether there is a labor or housing dispute.",
        "Answer yes, no or unknown.",
    ),
    "dispute_answered.kind": (
        "There is a dispute, but its kind is not named.",
        "Say whether it is about work or about housing.",
    ),
    "dispute_answered.factor": (
        "There is a dispute, so the exercise of workplace or tenant rights must be weighed.",
        "Answer that factor as present, with its weight and a pinned fact.",
    ),
    "dispute_answered.source": (
        "The source of this case is an employer or landlord, but the dispute is answered with no.",
        "Answer yes or unknown, or correct the source's relation on the status page.",
    ),
    "outcome_chosen": (
        "No outcome is chosen.",
        "Choose one of the two outcomes.",
    ),
    "both_sides.consequences": (
        "The consequences are not described.",
        "Write what this would mean for the person, the family and the community.",
    ),
    "both_sides.opposite_case": (
        "The best case for the opposite outcome is missing.",
        "Write it as the person who would decide the other way.",
    ),
    "both_sides.opposite_pins": (
        "The opposite case rests on no fact.",
        "Pin at least one fact of the record to it.",
    ),
    "both_sides.rationale": (
        "The reasons for the outcome are missing.",
        "Write why you decide this way.",
    ),
    "both_sides.rationale_pins": (
        "The reasons rest on no fact.",
        "Pin at least one fact of the record to them.",
    ),
    "protected_words": (
        "{where}: “{words}” is about {about}. {reason}",
        "{rewrite} Or contest it, when the words are about something else.",
    ),
    "pins_hold.gone": (
        "{where}: a pinned fact is no longer in the record.",
        "Open the page, look at the pins and save it again.",
    ),
    "pins_hold.words_gone": (
        "{where}: the pin to '{fact}' died, because protected words were taken out of that fact.",
        "Read the fact as it is now. Pin it anew if it still shows this, or change what rested on it.",
    ),
    "pins_hold.changed": (
        "{where}: '{fact}' was changed after it was pinned.",
        "Read the fact as it is now and save the page again, or take the pin away.",
    ),
    "pins_hold.not_pinnable": (
        "{where}: '{fact}' cannot be pinned: {why}",
        "Take the pin away.",
    ),
    "removability_alone.reasons": (
        "The reasons to act rest only on being in the country without right.",
        "Removability is a precondition and never a ground. Pin what else speaks for acting, or decline.",
    ),
    "conviction_or_database_hit_alone": (
        "Everything that the action rests on is the bare fact of a conviction or the result of a database search.",
        "Obtain and pin something of substance: court record, disposition, police report, interview or statement.",
    ),
    "priority_for_acting": (
        "You chose to act while none of the three priorities is found, and state no ground.",
        "Write the ground. Being removable is none. A second supervisor reviews the decision after the first.",
    ),
    "mandate_lane.statute": (
        "A statute is said to require custody, but none is named.",
        "Pick the statute as it stood on this day, or decide on the totality instead.",
    ),
    "mandate_lane.predicate": (
        "The statute rests on no fact.",
        "Pin the conviction, charge, order or arrival that it names.",
    ),
    "mandate_lane.kind": (
        "{statute} cannot rest on this: {fact}.",
        "{words} Pin a fact of that kind, or decide on the totality instead.",
    ),
    "mandate_lane.vacated": (
        "The conviction that the statute rests on was vacated: {fact}.",
        "Take the pin away and decide on the totality.",
    ),
    "mandate_lane.release": (
        "The day on which criminal custody ended is missing.",
        "Write the day, as 2021-11-29.",
    ),
    "mandate_lane.counsel": (
        "Counsel has not confirmed that the statute leaves no choice.",
        "Record the written opinion of counsel as evidence on the case, then pick it here.",
    ),
    "place_and_certificate.place": (
        "It is not said where the action is planned.",
        "Pick the place.",
    ),
    "place_and_certificate.certificate": (
        "The action is planned at a protected place ({place}), and there is no certificate under INA 239(e).",
        "Record the certificate as evidence on the case, choose another place, or decline.",
    ),
    "fear_blocks_execution": (
        "A fear of return is on record, so a removal order is not executed.",
        "The draft is kept. A stay or a decline stays possible; the fear is settled in its own proceeding.",
    ),
    "prohibited_source_alone": (
        "Everything that the action rests on comes from a source that 8 U.S.C. 1367(a)(1) bars.",
        "Pin facts with evidence from an independent source, or decline.",
    ),
    "reaffirmed_after_change": (
        "The guidance changed after this draft was begun.",
        "Read what changed and what it means for your answers, then say that they hold. Every answer is kept.",
    ),
    "return_points_answered.answer": (
        "{point}: the point of the return is not answered.",
        "Say what you did about it: changed as asked, changed in another way, or not changed.",
    ),
    "return_points_answered.why": (
        "{point}: it is not said what was changed instead, or why not.",
        "Write it in a sentence; the supervisor reads it beside the point.",
    ),
    "return_points_answered.unchanged": (
        "{point}: it is answered with 'changed as asked', but nothing in {section} differs from what was returned.",
        "Change it, or answer that it was not changed and say why.",
    ),
    "stops_halt_adverse_steps": (
        "A stop halts this step: {sign}",
        "{way_out} The draft is kept; declining or a release stays possible at once.",
    ),
}


def unmet(key: str, *, step: str, field: str, clause: str, **values: object) -> Unmet:
    """An `Unmet` with the words of `key` filled in; the rule is the part of `key` before the dot."""
    what, next_step = TEXTS[key]
    return Unmet(
        rule=key.partition(".")[0],
        step=step,
        field=field,
        clause=clause,
        what=what.format(**values),
        next=next_step.format(**values),
    )
