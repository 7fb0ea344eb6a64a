"""What a signed decision carries for the queue, so that a page of the queue reads one table and an index.

Set in the transaction of the signature, from the same draft and document. No rule reads it. None of it is the outcome
or follows from it. `OF_THE_REASONS` may come from words in the opposite case or the rationale, so a page leaves them
out where a supervisor must record a view before reading those.
"""

from __future__ import annotations

from assessment.carried_codes import (
    CITIZENSHIP,
    CONTESTED_TEXT,
    DETAINED,
    DISPUTE,
    HOLDS,
    IMMINENT_REMOVAL,
    MANDATE,
    NO_PRIORITIES,
    NOTICES,
    OUTSIDE_LISTS,
    OVERLAY,
    RECORDS_MISSING,
    REMOVES,
    RETURNED_BEFORE,
    REWRITTEN,
    TRAINING_LAPSED,
)
from assessment.document import Document
from assessment.fields import factor_name
from assessment.working import Working


def urgency_of(work: Working) -> str:
    """Why the decision cannot wait as long as others; empty when nothing says so."""
    kind = work.draft.decision_type
    if kind in REMOVES:
        return IMMINENT_REMOVAL
    return DETAINED if kind in HOLDS or work.record.in_custody else ""


def notices_of(work: Working, document: Document, number: int) -> list[str]:
    """What a supervisor wants to know of the decision before opening it, as codes in the order of `NOTICES`."""
    draft = work.draft
    reviewed = draft.reviewed_records()
    holds = {
        CITIZENSHIP: any(sign.key == "citizenship" and not sign.check_missing for sign in work.record.signs),
        RECORDS_MISSING: any(
            kind.key not in reviewed and draft.text(f"record_{kind.key}_state") != "not_applicable"
            for kind in draft.edition.record_kinds
        ),
        CONTESTED_TEXT: bool(document.contested.value),
        REWRITTEN: bool(document.rewritten),
        DISPUTE: document.dispute.value is not None and document.dispute.value.answer == "yes",
        OVERLAY: bool(work.footing.overlays),
        NO_PRIORITIES: not work.footing.in_force,
        OUTSIDE_LISTS: any(
            factor.other and draft.text(factor_name(factor.key, "presence")) == "present"
            for factor in draft.edition.factors
        ),
        MANDATE: draft.mandated,
        RETURNED_BEFORE: number > 1,
        TRAINING_LAPSED: document.training_lapsed,
    }
    return [code for code in NOTICES if holds.get(code)]
