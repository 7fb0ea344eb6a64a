"""The rules that an assessment must meet before it can be signed.

One rule a file; the file's name is the function, its test is `tests/assessment/rules/test_<name>.py`. A rule
takes a `Draft` and returns what is unmet: field, step, clause, what is missing and what to do next. The words of all
rules are in `texts`. A rule says whether the reasoning is complete. No rule knows an outcome that it would prefer:
where one looks at the outcome at all, it is because the guidance or a statute halts that step, and its file says so.

To add a rule: write the file, add its texts and its name to `RULES`, write the test; `tests/assessment/test_rules.py`
fails while one of the three is missing.
"""

from __future__ import annotations

from collections.abc import Callable

from assessment.draft import Draft
from assessment.rules.both_sides import both_sides
from assessment.rules.conviction_or_database_hit_alone import conviction_or_database_hit_alone
from assessment.rules.current_threat_explained import current_threat_explained
from assessment.rules.dispute_answered import dispute_answered
from assessment.rules.factors_answered import factors_answered
from assessment.rules.fear_blocks_execution import fear_blocks_execution
from assessment.rules.mandate_lane import mandate_lane
from assessment.rules.not_found_names_a_record import not_found_names_a_record
from assessment.rules.outcome_chosen import outcome_chosen
from assessment.rules.pins_hold import pins_hold
from assessment.rules.place_and_certificate import place_and_certificate
from assessment.rules.priorities_answered import priorities_answered
from assessment.rules.priority_for_acting import priority_for_acting
from assessment.rules.prohibited_source_alone import prohibited_source_alone
from assessment.rules.protected_words import protected_words
from assessment.rules.reaffirmed_after_change import reaffirmed_after_change
from assessment.rules.records_complete_or_excused import records_complete_or_excused
from assessment.rules.removability_alone import removability_alone
from assessment.rules.return_points_answered import return_points_answered
from assessment.rules.status_before_assessment import status_before_assessment
from assessment.rules.stops_halt_adverse_steps import stops_halt_adverse_steps
from assessment.rules.suspicion_is_sourced import suspicion_is_sourced
from assessment.rules.unmet import Unmet
from assessment.rules.vacated_conviction_not_aggravating import vacated_conviction_not_aggravating

__all__ = ["RULES", "Rule", "Unmet", "halted", "unmet_rules"]

Rule = Callable[[Draft], list[Unmet]]

RULES: tuple[Rule, ...] = (
    reaffirmed_after_change,
    return_points_answered,
    status_before_assessment,
    records_complete_or_excused,
    priorities_answered,
    suspicion_is_sourced,
    current_threat_explained,
    factors_answered,
    not_found_names_a_record,
    vacated_conviction_not_aggravating,
    dispute_answered,
    outcome_chosen,
    both_sides,
    protected_words,
    pins_hold,
    removability_alone,
    conviction_or_database_hit_alone,
    priority_for_acting,
    prohibited_source_alone,
    place_and_certificate,
    mandate_lane,
    fear_blocks_execution,
    stops_halt_adverse_steps,
)

# Where a statute leaves no choice, nothing is weighed for show: only these ask.
IN_THE_MANDATE_LANE: tuple[Rule, ...] = (
    reaffirmed_after_change,
    return_points_answered,
    status_before_assessment,
    outcome_chosen,
    protected_words,
    pins_hold,
    mandate_lane,
    stops_halt_adverse_steps,
)

# What a stop or a statute halts, whatever was weighed: asked again when a supervisor approves.
HALTING: tuple[Rule, ...] = (stops_halt_adverse_steps, fear_blocks_execution, place_and_certificate)


def halted(draft: Draft) -> list[Unmet]:
    """What halts this decision on the record as it stands now; empty for a decline or a release."""
    return [unmet for rule in HALTING for unmet in rule(draft)] if draft.adverse else []


def unmet_rules(draft: Draft) -> list[Unmet]:
    """Everything that is unmet, in the order of the pages."""
    rules = IN_THE_MANDATE_LANE if draft.mandated else RULES
    return [unmet for rule in rules for unmet in rule(draft)]
