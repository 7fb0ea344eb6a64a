"""The codes that a signed decision carries for the queue, with their words. `assessment.carried` sets them."""

from __future__ import annotations

DETAINED = "detained"
IMMINENT_REMOVAL = "imminent_removal"
URGENCIES = {
    DETAINED: "Detained",
    IMMINENT_REMOVAL: "Imminent removal",
}
# Both directions: a stay is as urgent as the removal that it would hold up.
REMOVES = frozenset({"removal_execution", "expedited_removal"})
HOLDS = frozenset({"custody", "detainer"})

RECORDS_MISSING = "records_missing"
CONTESTED_TEXT = "contested_text"
DISPUTE = "dispute"
CITIZENSHIP = "citizenship_claim"
OVERLAY = "overlay"
RETURNED_BEFORE = "returned_before"
TRAINING_LAPSED = "training_lapsed"
REWRITTEN = "rewritten"
MANDATE = "mandate_lane"
OUTSIDE_LISTS = "outside_the_lists"
NO_PRIORITIES = "no_priorities"
# Set by `review` on a version that waits; the others are set by the signature.
APPROVED_ORALLY = "approved_orally"
# In this order wherever they are listed.
NOTICES = {
    CITIZENSHIP: "Claim or sign of citizenship",
    RECORDS_MISSING: "Records missing",
    CONTESTED_TEXT: "Contested text",
    REWRITTEN: "Refused, then rewritten",
    DISPUTE: "Labor or housing dispute",
    OVERLAY: "Court order over the guidance",
    NO_PRIORITIES: "No priorities in force",
    OUTSIDE_LISTS: "Factor outside the lists",
    MANDATE: "Mandated by statute",
    RETURNED_BEFORE: "Returned before",
    TRAINING_LAPSED: "Training not current",
    APPROVED_ORALLY: "Approved orally, to be confirmed",
}
OF_THE_REASONS = frozenset({CONTESTED_TEXT, REWRITTEN})
