"""What makes a review certain, whatever the draw: one question for each trigger that an edition names.

A trigger says that somebody should look; it says nothing about what the decision should be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assessment import workflow
from assessment.after_signing import Signing
from assessment.carried_codes import CITIZENSHIP
from assessment.fields import factor_name
from assessment.models import Decision, Execution


def no_priority_found(signing: Signing) -> bool:
    return signing.draft.needs_second_review


def outside_the_lists(signing: Signing) -> bool:
    """An open factor that is said to decide, or to weigh materially: both carry a decision that no list names."""
    draft = signing.draft
    return any(
        draft.text(factor_name(factor.key, "presence")) == "present"
        and draft.text(factor_name(factor.key, "weight")) in ("decisive", "material")
        for factor in draft.edition.factors
        if factor.other
    )


def records_missing(signing: Signing) -> bool:
    """A record that was not read, although it applies."""
    draft = signing.draft
    reviewed = draft.reviewed_records()
    return any(
        kind.key not in reviewed and draft.text(f"record_{kind.key}_state") != "not_applicable"
        for kind in draft.edition.record_kinds
    )


def dispute(signing: Signing) -> bool:
    return signing.draft.text("dispute") == "yes" or signing.draft.dispute_source


def contested_text(signing: Signing) -> bool:
    return bool(signing.document.contested.value or signing.document.rewritten)


def returned_before(signing: Signing) -> bool:
    """Covers an outcome that changed after a return, and one that did not."""
    return signing.version.number > 1


def training_lapsed(signing: Signing) -> bool:
    return signing.document.training_lapsed


def citizenship_claim(signing: Signing) -> bool:
    """A claim or sign, settled or not."""
    return CITIZENSHIP in signing.decision.notices or _stopped(signing)


def _stopped(signing: Signing) -> bool:
    return signing.decision.case.stops.filter(kind="citizenship").exists()


def restarted_draft(signing: Signing) -> bool:
    """The same was begun before and withdrawn, on this case."""
    decision = signing.decision
    return (
        Decision.objects.filter(
            case=decision.case_id, type=decision.type, direction=decision.direction, state=workflow.WITHDRAWN
        )
        .exclude(pk=decision.pk)
        .exists()
    )


def mandate_lane(signing: Signing) -> bool:
    return signing.draft.mandated


def after_action(signing: Signing) -> bool:
    """It was carried out on an oral approval before anybody reviewed it."""
    return Execution.objects.filter(decision=signing.decision, before_review=True).exists()


TRIGGERS: Final[dict[str, Callable[[Signing], bool]]] = {
    "no_priority_found": no_priority_found,
    "outside_the_lists": outside_the_lists,
    "records_missing": records_missing,
    "dispute": dispute,
    "contested_text": contested_text,
    "returned_before": returned_before,
    "training_lapsed": training_lapsed,
    "citizenship_claim": citizenship_claim,
    "restarted_draft": restarted_draft,
    "mandate_lane": mandate_lane,
    "after_action": after_action,
}

# Asked under every edition, whatever it names: two supervisors look at the first, a return is never signed away, and
# what was done already is looked at afterwards.
ALWAYS: Final = frozenset({"no_priority_found", "returned_before", "after_action"})


def fired(signing: Signing) -> list[str]:
    """The triggers of the edition that hold, in the edition's order."""
    named = [term.key for term in signing.draft.edition.review_regime.triggers]
    named += sorted(ALWAYS.difference(named))
    return [key for key in named if key in TRIGGERS and TRIGGERS[key](signing)]
